"""Which reports are like one, and in which order they are named."""

import pytest
from django.contrib.gis.geos import Point

from districts.models import Service
from reports.models import Report
from reports.similar import similar
from tests.town import Town, build_town

HERE = Point(30.305, 50.165, srid=4326)


@pytest.fixture
def town(db: None) -> Town:
    return build_town()


def named(town: Town, service: Service | None, most: int = 9) -> list[str]:
    found = similar(Report.objects.public(), HERE, service, within_m=100, most=most)
    return [report.text for report in found]


def test_the_same_category_comes_before_its_group_and_that_before_all_else(town: Town) -> None:
    """A dump 7 m away, a pothole of the lamps' group at 14 m, a lamp at 71 m."""
    Service.objects.filter(pk__in=[town.lamp.pk, town.pothole.pk]).update(group_uk="Вулиця")
    Service.objects.filter(pk=town.dump.pk).update(group_uk="Двір")
    town.lamp.refresh_from_db()
    town.published("dump", service=town.dump, point=Point(30.3051, 50.165, srid=4326))
    town.published("pothole", service=town.pothole, point=Point(30.3052, 50.165, srid=4326))
    town.published("lamp", service=town.lamp, point=Point(30.306, 50.165, srid=4326))
    assert named(town, town.lamp) == ["lamp", "pothole", "dump"]
    assert named(town, town.lamp, most=1) == ["lamp"]


def test_without_a_category_the_nearest_come_first(town: Town) -> None:
    town.published("far", point=Point(30.306, 50.165, srid=4326))
    town.published("near", service=town.dump, point=Point(30.3051, 50.165, srid=4326))
    assert named(town, None) == ["near", "far"]


def test_what_lies_beyond_the_radius_is_not_like_it(town: Town) -> None:
    """0.0015 degrees of longitude are 107 m here."""
    town.published("beyond", point=Point(30.3065, 50.165, srid=4326))
    assert named(town, town.lamp) == []
