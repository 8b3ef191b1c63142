"""Where departments answer, as drawn on their map."""

from districts.models import Responsibility, Territory
from districts.territories import rebuild
from tests.conftest import box


def shapes(town):
    return {
        t.department.code: t.geometry for t in Territory.objects.filter(city=town.city, service=town.holes)
    }


def test_a_district_rule_gives_the_district(town):
    rebuild(town.city)
    assert shapes(town)["office-w"].equals(box(30.30, 50.16, 30.32, 50.18))


def test_a_rule_about_assets_has_no_polygon(town):
    rebuild(town.city)
    assert "roads" not in shapes(town)


def test_the_fallback_gets_what_the_districts_leave(town):
    Responsibility.objects.filter(district=town.east).delete()
    Responsibility.objects.create(city=town.city, service=town.holes, department=town.lights_body)
    rebuild(town.city)
    assert shapes(town)["lights"].equals(box(30.32, 50.16, 30.34, 50.18))


def test_a_fallback_that_is_asked_first_takes_all(town):
    Responsibility.objects.create(city=town.city, service=town.holes, department=town.lights_body, rank=1)
    rebuild(town.city)
    assert set(shapes(town)) == {"lights"}


def test_rebuilding_twice_changes_nothing(town):
    assert rebuild(town.city) == rebuild(town.city) == 2
