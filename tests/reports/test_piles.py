"""Which points are piles of what nobody could place, and what becomes of them."""

from datetime import UTC, datetime

import pytest
from django.contrib.gis.geos import Point
from django.test import Client

from districts.models import Service
from layers.geometry import WGS84
from reports.models import Pile, Report
from reports.piles import piles_of
from reports.weighing import weigh
from tests.layers.test_tiles import features
from tests.town import IN_THE_WEST, Town, build_town

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def town(db: None) -> Town:
    return build_town()


def reports(town: Town, number: int, point: Point = IN_THE_WEST, service: Service | None = None) -> None:
    """Public reports on one point; of three categories in turn unless one is named."""
    services = [service] if service else [town.lamp, town.dump, town.pothole]
    Report.objects.bulk_create(
        Report(
            city=town.city,
            service=services[n % len(services)],
            text="Темно",
            status="published",
            point=point,
            priority=100,
            published_at=NOON,
        )
        for n in range(number)
    )


def around(town: Town, each: int) -> None:
    """Nine points 35 m apart north of the crowded one, with so many reports each."""
    for n in range(1, 10):
        reports(town, each, Point(IN_THE_WEST.x, IN_THE_WEST.y + n * 0.0003, srid=WGS84))


def found(town: Town) -> list[tuple[tuple[float, float], int]]:
    return [(point.coords, number) for point, number in piles_of(town.city)]


def test_many_reports_on_exactly_one_point_are_a_pile(town: Town) -> None:
    around(town, 1)
    reports(town, 20)
    assert found(town) == [(IN_THE_WEST.coords, 20)]


def test_nineteen_are_not(town: Town) -> None:
    around(town, 1)
    reports(town, 19)
    assert found(town) == []


def test_a_point_is_measured_by_the_median_point_around(town: Town) -> None:
    """Three at each point around: a pile begins at 8 x 3 = 24."""
    around(town, 3)
    reports(town, 23)
    assert found(town) == []
    reports(town, 1)
    assert found(town) == [(IN_THE_WEST.coords, 24)]


def test_points_farther_than_half_a_kilometre_say_nothing(town: Town) -> None:
    """0.0072 of a degree of longitude here is 514 m, 0.0068 are 486 m."""
    for offset in (0.0072, 0.0068):
        reports(town, 7, Point(IN_THE_WEST.x + offset, IN_THE_WEST.y, srid=WGS84))
        if offset == 0.0072:
            reports(town, 21)
            assert found(town) == [(IN_THE_WEST.coords, 21)]
    assert found(town) == []


def test_where_one_thing_keeps_breaking_is_no_pile(town: Town) -> None:
    reports(town, 20, service=town.lamp)
    assert found(town) == []


def test_a_pile_holds_a_two_hundredth_of_the_citys_reports_at_least(town: Town) -> None:
    """4,000 others elsewhere: 20 of 4,020 is less than half a percent, 21 of 4,021 is more."""
    for n in range(40):
        reports(town, 100, Point(30.312 + n * 0.0001, 50.178, srid=WGS84), town.lamp)
    reports(town, 20)
    assert found(town) == []
    reports(town, 1)
    assert found(town) == [(IN_THE_WEST.coords, 21)]


def test_private_reports_make_no_pile(town: Town) -> None:
    reports(town, 20)
    Report.objects.update(private=True)
    assert found(town) == []


def test_a_pile_weighs_nothing_and_is_weighed_again_when_it_is_none_any_more(town: Town) -> None:
    reports(town, 20)
    weigh(town.city, NOON)
    assert Pile.objects.get().reports == 20
    assert set(Report.objects.values_list("priority", flat=True)) == {0}
    Report.objects.filter(service=town.dump).update(point=Point(30.306, 50.166, srid=WGS84))
    weigh(town.city, NOON)
    assert not Pile.objects.exists()
    assert set(Report.objects.values_list("priority", flat=True)) == {100 * town.lamp.severity}


def test_private_reports_are_neither_in_the_heat_nor_among_its_piles(town: Town, client: Client) -> None:
    reports(town, 20)
    reports(town, 1, Point(30.306, 50.166, srid=WGS84))
    weigh(town.city, NOON)
    Report.objects.update(private=True)
    for layer in ("report-heat", "report-piles"):
        assert client.get(f"/tiles/{layer}/0/0/0.mvt", {"city": town.city.slug}).content == b""


def test_a_pile_is_counted_in_a_layer_of_its_own_under_the_filters(town: Town, client: Client) -> None:
    around(town, 1)
    reports(town, 20)
    weigh(town.city, NOON)
    counts = {}
    for layer in ("report-heat", "report-piles"):
        tile = client.get(f"/tiles/{layer}/0/0/0.mvt", {"city": town.city.slug, "service": "dump"})
        (cell,) = features(tile.content, layer)
        counts[layer] = (cell["properties"]["count"], cell["properties"].get("weight"))
    # Every third of the twenty is a dump; around there are lamps only.
    assert counts == {"report-heat": (7, 0), "report-piles": (7, None)}
