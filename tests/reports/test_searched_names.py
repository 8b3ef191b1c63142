"""Names of districts and useful places in the search, as long as everybody may see them."""

from datetime import date

import pytest

from districts.models import District, User
from layers.gazetteer import suggest
from layers.naming import VIEWS, rebuild
from reports import places
from reports.models import Place, PlaceKind
from tests.conftest import Town
from tests.town import IN_THE_WEST


def names(town: Town, words: str) -> list[str]:
    return [found.name for found in suggest(town.city, words)]


@pytest.fixture
def library(town: Town) -> Place:
    kind = PlaceKind.objects.create(city=town.city, code="library", name_uk="Бібліотека")
    said = places.Suggestion(city=town.city, kind=kind, name="Книгарня «Їжачок»", point=IN_THE_WEST)
    return places.suggest(said, by=User.objects.create_user("resident@town.example"))


def test_a_place_is_found_from_its_publishing_to_its_taking_back(town: Town, library: Place) -> None:
    assert names(town, "їжачок") == []
    places.publish_place(library.pk)
    [found] = suggest(town.city, "Yizhachok")
    assert (found.name, found.kind, found.key) == ("Книгарня «Їжачок»", "place", str(library.pk))
    places.take_back_place(library.pk)
    assert names(town, "їжачок") == []
    places.reject_place(library.pk, "Такого місця немає.")
    assert names(town, "їжачок") == []


def test_a_place_renamed_is_found_by_its_new_name_only(town: Town, library: Place) -> None:
    places.publish_place(library.pk)
    Place.objects.filter(pk=library.pk).update(name_uk="Читальня", name_en="Reading room")
    assert names(town, "їжачок") == []
    assert names(town, "reading") == ["Reading room"]


def test_districts_are_found_in_both_languages_but_neighbours_are_not(town: Town) -> None:
    west = District.objects.get(name_uk__startswith="Захід")
    District.objects.filter(pk=west.pk).update(name_en="Westend")
    assert [(found.kind, found.key) for found in suggest(town.city, "westend")] == [
        ("district", str(west.pk))
    ]
    neighbour = District.objects.get(set__code="neighbours")
    assert neighbour.name not in names(town, neighbour.name)


def test_a_district_is_found_on_its_days(town: Town) -> None:
    west = District.objects.get(name_uk__startswith="Захід")
    District.objects.filter(pk=west.pk).update(valid_to=date(2020, 1, 1))
    assert west.name not in names(town, west.name)


def test_making_all_names_anew_finds_nothing_wrong(town: Town, library: Place) -> None:
    places.publish_place(library.pk)
    assert VIEWS == ["gazetteer_of_layers", "gazetteer_of_districts", "gazetteer_of_places"]
    assert rebuild(town.city)[1:] == (0, 0)
