"""Useful places: suggested, judged, found."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from reports.models import Place, PlaceKind
from tests.town import AT_THE_NEIGHBOURS, IN_THE_WEST, Town

SUGGEST = "/horodok/places/suggest/"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def shelter(town: Town) -> PlaceKind:
    names = {"name_uk": "Укриття", "name_en": "Shelter"}
    return PlaceKind.objects.get_or_create(city=None, code="shelter", defaults=names)[0]


@pytest.fixture
def place(town: Town, shelter: PlaceKind) -> Place:
    """A published shelter."""
    return kept(town, shelter, "Укриття ліцею", state="published", name_en="Lyceum shelter")


def kept(town: Town, kind: PlaceKind, name: str, **more: object) -> Place:
    about = {"city": town.city, "kind": kind, "name_uk": name, "point": IN_THE_WEST} | more
    return Place.objects.create(**about)


def said(**more: object) -> dict[str, object]:
    return {"kind": "shelter", "name": "Підвал", "lon": "30.305", "lat": "50.165"} | more


def picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(out, "PNG")
    return SimpleUploadedFile("p.png", out.getvalue())


def test_a_suggested_place_waits_for_a_moderator(
    resident: Client, visitor: Client, shelter: PlaceKind
) -> None:
    answer = resident.post(SUGGEST, said(photos=[picture()]), follow=True)
    assert "A moderator looks at the place" in answer.content.decode()
    place = Place.objects.get()
    assert (place.state, place.name_uk, place.photos.count()) == ("suggested", "Підвал", 1)
    assert visitor.get(f"/horodok/places/{place.pk}/").status_code == 404
    assert visitor.get(f"/horodok/places/photos/{place.photos.get().token}.webp").status_code == 404
    assert "Підвал" not in visitor.get("/horodok/places/").content.decode()


def test_a_visitor_is_asked_to_sign_in_before_suggesting(visitor: Client, town: Town) -> None:
    assert visitor.get(SUGGEST)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"lon": "", "lat": ""}, "Choose the place on the map"),
        ({"lon": str(AT_THE_NEIGHBOURS.x)}, "This place is not in"),
        ({"name": " "}, "Write what the place is called."),
        ({"kind": "palace"}, "This choice is no longer offered"),
        ({"website": "javascript:alert(1)"}, "Write the website"),
    ],
)
def test_a_place_that_is_refused_keeps_what_was_typed(
    resident: Client, shelter: PlaceKind, wrong: dict[str, object], told: str
) -> None:
    answer = resident.post(SUGGEST, said(details="Вхід з двору") | wrong)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert "Вхід з двору" in answer.content.decode()
    assert not Place.objects.exists()


def test_too_many_suggestions_in_an_hour_keep_what_was_typed(
    resident: Client, shelter: PlaceKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.abuse.LIMITS", {"suggest": 0})
    answer = resident.post(SUGGEST, said(details="Вхід з двору"))
    assert answer.status_code == 429
    assert "Вхід з двору" in answer.content.decode()


def test_a_moderator_publishes_a_place_with_its_photos(
    moderator: Client, visitor: Client, resident: Client, shelter: PlaceKind
) -> None:
    resident.post(SUGGEST, said(photos=[picture()]))
    place = Place.objects.get()
    assert "Підвал" in moderator.get("/horodok/moderation/places/").content.decode()
    moderator.post(f"/horodok/moderation/places/{place.pk}/publish/")
    assert "Підвал" in visitor.get("/horodok/places/").content.decode()
    photo = visitor.get(f"/horodok/places/photos/{place.photos.get().token}.webp")
    assert (photo.status_code, photo["Content-Type"]) == (200, "image/webp")


def test_a_place_is_rejected_with_a_reason_only(moderator: Client, town: Town, shelter: PlaceKind) -> None:
    place = kept(town, shelter, "Підвал")
    moderator.post(f"/horodok/moderation/places/{place.pk}/reject/", {"reason": " "})
    assert Place.objects.get().state == "suggested"
    moderator.post(f"/horodok/moderation/places/{place.pk}/reject/", {"reason": "Немає такого"})
    assert (Place.objects.get().state, Place.objects.get().reason) == ("rejected", "Немає такого")


def test_of_two_moderators_the_second_is_told_that_it_is_decided(moderator: Client, place: Place) -> None:
    answer = moderator.post(f"/horodok/moderation/places/{place.pk}/reject/", {"reason": "Ні"}, follow=True)
    assert "Somebody has decided about this already" in answer.content.decode()
    assert Place.objects.get().state == "published"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=ліцею", True),
        ("q=LYCEUM shelter", True),
        ("q=аптека", False),
        ("kind=shelter", True),
        ("kind=no", False),
    ],
)
def test_places_are_found_by_words_and_kind(visitor: Client, place: Place, query: str, found: bool) -> None:
    assert ("Lyceum shelter" in visitor.get(f"/horodok/places/?{query}").content.decode()) is found


def test_a_place_has_a_page_and_a_card(visitor: Client, place: Place) -> None:
    Place.objects.filter(pk=place.pk).update(hours_uk="цілодобово", phone="+380 44 123")
    page = visitor.get(f"/horodok/places/{place.pk}/").content.decode()
    assert all(words in page for words in ("Lyceum shelter", "цілодобово", "tel:+38044123"))
    card = visitor.get(f"/horodok/places/{place.pk}/?fragment=card").content.decode()
    assert "Lyceum shelter" in card
    assert "<html" not in card


def test_published_places_are_on_the_map_and_suggested_ones_are_not(
    visitor: Client, town: Town, shelter: PlaceKind
) -> None:
    from layers.geometry import Tile

    at = Tile.covering(IN_THE_WEST.x, IN_THE_WEST.y, 14)
    tile = f"/tiles/places/{at.z}/{at.x}/{at.y}.mvt?city=horodok"
    waiting = kept(town, shelter, "Підвал")
    assert visitor.get(tile).content == b""
    Place.objects.filter(pk=waiting.pk).update(state="published")
    assert "Підвал".encode() in visitor.get(tile).content


def test_a_moderator_puts_a_place_right_in_both_languages(
    moderator: Client, visitor: Client, place: Place
) -> None:
    edit = f"/horodok/moderation/places/{place.pk}/"
    assert "Укриття ліцею" in moderator.get(edit).content.decode()
    right = {
        "kind": "shelter",
        "name_uk": "Укриття школи",
        "name_en": "School shelter",
        "hours_en": "day and night",
    }
    moderator.post(edit, right | {"lon": "30.306", "lat": "50.166"})
    page = visitor.get(f"/horodok/places/{place.pk}/").content.decode()
    assert "School shelter" in page
    assert "day and night" in page
    assert Place.objects.get().point.coords == (30.306, 50.166)


def test_a_place_moved_out_of_the_city_is_refused_and_what_was_typed_stays(
    moderator: Client, place: Place
) -> None:
    edit = f"/horodok/moderation/places/{place.pk}/"
    answer = moderator.post(
        edit, {"kind": "shelter", "name_uk": "Новий підвал", "lon": "30.33", "lat": "50.165"}
    )
    assert answer.status_code == 422
    assert "Новий підвал" in answer.content.decode()
    assert Place.objects.get().name_uk == "Укриття ліцею"


def test_a_place_that_is_taken_back_waits_again(moderator: Client, visitor: Client, place: Place) -> None:
    answer = moderator.post(f"/horodok/moderation/places/{place.pk}/take-back/", follow=True)
    assert "Lyceum shelter" in answer.content.decode()
    assert visitor.get(f"/horodok/places/{place.pk}/").status_code == 404


def test_a_moderator_hears_that_a_reason_is_missing(
    moderator: Client, town: Town, shelter: PlaceKind
) -> None:
    place = kept(town, shelter, "Підвал")
    answer = moderator.post(f"/horodok/moderation/places/{place.pk}/reject/", {"reason": ""})
    assert answer.status_code == 422
    assert "Write why the place is not published." in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "found"), [("kind=shelter", True), ("kind=no", False), ("q=lyceum", True), ("q=church", False)]
)
def test_the_map_of_places_obeys_the_lists_filters(
    visitor: Client, place: Place, query: str, found: bool
) -> None:
    from layers.geometry import Tile

    at = Tile.covering(IN_THE_WEST.x, IN_THE_WEST.y, 14)
    tile = visitor.get(f"/tiles/places/{at.z}/{at.x}/{at.y}.mvt?city=horodok&{query}")
    assert bool(tile.content) is found
    assert f'data-query="{query}"' in visitor.get(f"/horodok/places/?{query}").content.decode()


def test_what_a_person_suggested_is_among_their_data(resident: Client, shelter: PlaceKind) -> None:
    resident.post(SUGGEST, said())
    data = resident.get("/me/privacy/data.json").json()
    assert [place["name_uk"] for place in data["places_suggested"]] == ["Підвал"]


def test_a_citys_own_kind_takes_the_place_of_every_citys(
    resident: Client, town: Town, shelter: PlaceKind
) -> None:
    PlaceKind.objects.create(city=town.city, code="shelter", name_uk="Сховок", name_en="Hideout")
    page = resident.get(SUGGEST).content.decode()
    assert "Hideout" in page
    assert "Shelter" not in page


def test_a_new_city_has_kinds_of_places_to_choose_from(resident: Client, town: Town) -> None:
    assert "Drinking water" in resident.get(SUGGEST).content.decode()
