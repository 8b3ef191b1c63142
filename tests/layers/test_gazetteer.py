import pytest
from django.contrib.gis.geos import LineString, Point

from layers.gazetteer import find
from layers.models import Address, Asset, AssetLayer, City, Visibility
from tests.town import box


@pytest.fixture
def city(db: None) -> City:
    """One street with the houses 12, 12А and 120, and one lane without houses."""
    city = City.objects.create(slug="misto", name_uk="Місто", boundary=box(30, 50, 31, 51), live=True)
    for number, lon in [("12", 30.1), ("12А", 30.2), ("120", 30.3)]:
        point = Point(lon, 50.5, srid=4326)
        Address.objects.create(city=city, street="вулиця Соборна", house_number=number, point=point)
    roads = AssetLayer.objects.create(
        city=city, slug="roads", name_uk="Дороги", kind="road", visibility=Visibility.PUBLIC
    )
    line = LineString((30.1, 50.6), (30.2, 50.6), srid=4326)
    Asset.objects.create(city=city, layer=roads, reference="1", name="провулок Соборний", geometry=line)
    return city


def names(city: City, words: str) -> list[str]:
    return [found.name for found in find(city, words)]


def test_a_house_is_found_by_street_and_number_whatever_their_order(city: City) -> None:
    assert names(city, "12, вул. соборна")[0] == "вулиця Соборна, 12"
    assert find(city, "Соборна 120")[0].point.x == 30.3


def test_the_very_number_comes_before_those_that_begin_with_it(city: City) -> None:
    assert names(city, "Соборна 12") == ["вулиця Соборна, 12", "вулиця Соборна, 120", "вулиця Соборна, 12А"]


def test_without_a_number_streets_are_found(city: City) -> None:
    assert [(found.name, found.is_house) for found in find(city, "соборний")] == [
        ("провулок Соборний", False)
    ]


def test_a_number_that_no_house_has_leads_to_the_street(city: City) -> None:
    assert names(city, "пров. Соборний, 7") == ["провулок Соборний"]


@pytest.mark.parametrize("words", ["", "12", "вулиця", "%", "'; --", "Невідома 5"])
def test_what_names_no_street_finds_nothing(city: City, words: str) -> None:
    assert find(city, words) == []


def test_streets_of_a_layer_that_is_not_public_stay_unnamed(city: City) -> None:
    AssetLayer.objects.update(visibility=Visibility.ROUTING)
    assert find(city, "Соборний") == []
