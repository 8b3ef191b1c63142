from datetime import date

import pytest

from districts.models import District, DistrictSet
from districts.outlines import pictures
from layers.models import City
from tests.town import Town, box, build_town


@pytest.fixture
def town(db: None) -> Town:
    """Two districts side by side in a box twice as wide in degrees as a district; see tests/town.py."""
    return build_town()


def test_districts_are_drawn_in_one_grid_from_west_to_east(town: Town) -> None:
    [picture] = pictures(town.city)
    west, east = sorted(picture.shapes, key=lambda shape: shape.x)
    assert (west.x, east.x) == (250, 750)
    # 0.02 degrees wide, 0.02 high at 50.17 degrees north, where a degree of latitude is 1 / cos longer on the map.
    assert picture.height == pytest.approx(1000 / 0.6405, abs=2)
    assert west.path == f"M0 {picture.height}l0 -{picture.height} 500 0 0 {picture.height}z"


def test_every_shape_has_the_value_that_the_filter_knows(town: Town) -> None:
    [picture] = pictures(town.city)
    of = {f"{one.set.code}:{one.code}" for one in District.objects.within_the_city().select_related("set")}
    assert {shape.value for shape in picture.shapes} == of


def test_neighbours_and_districts_of_the_past_are_not_drawn(town: Town) -> None:
    first = District.objects.within_the_city().order_by("pk").first()
    assert first is not None
    District.objects.filter(pk=first.pk).update(valid_to=date(2020, 1, 1))
    [picture] = pictures(town.city)
    assert len(picture.shapes) == 1


def test_a_city_without_districts_is_drawn_by_its_outline(db: None) -> None:
    city = City.objects.create(slug="whole", name_uk="Ціле", boundary=box(30, 50, 31, 51), live=True)
    [picture] = pictures(city)
    [shape] = picture.shapes
    assert (picture.code, shape.value, shape.name_uk, shape.x) == ("", "", "Ціле", 500)


def test_the_set_that_covers_most_comes_first(town: Town) -> None:
    small = DistrictSet.objects.create(city=town.city, code="small", name_uk="Малі")
    District.objects.create(
        city=town.city, set=small, code="1", name_uk="Мале", geometry=box(30.30, 50.16, 30.301, 50.161)
    )
    assert [picture.name_uk for picture in pictures(town.city)][1:] == ["Малі"]


def test_a_district_that_moved_is_drawn_where_it_is_now(town: Town) -> None:
    [before] = pictures(town.city)
    District.objects.within_the_city().filter(name_uk__startswith="С").update(
        geometry=box(30.31, 50.16, 30.315, 50.18)
    )
    [after] = pictures(town.city)
    assert before != after
