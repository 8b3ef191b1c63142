"""The page of the place: a pin, an address, a photo first."""

import pytest
from django.test import Client

from layers.models import Address
from reports.models import Draft, Report
from tests.frontend.reporting.steps import CLICK, FORM, SAID, leads_to, page, picture
from tests.town import AT_THE_NEIGHBOURS, IN_THE_WEST, Town


def test_a_link_that_knows_the_place_skips_the_page_of_the_place(visitor: Client, town: Town) -> None:
    answer = visitor.get(FORM, {"lon": "30.305", "lat": "50.165", "service": "pothole"})
    assert leads_to(answer) == "what"
    assert 'value="pothole" checked' in visitor.get(answer.headers["Location"]).content.decode()


def test_clicking_again_and_again_begins_one_draft(visitor: Client, town: Town) -> None:
    for lon in ("30.305", "30.306"):
        visitor.get(visitor.get(FORM, {"lon": lon, "lat": "50.165"}).headers["Location"])
    assert Draft.objects.get().data["lon"] == 30.306


def test_a_browser_that_only_looks_ahead_begins_nothing(visitor: Client, town: Town) -> None:
    link = {"lon": "30.305", "lat": "50.165"}
    assert visitor.get(FORM, link, headers={"sec-purpose": "prefetch"}).status_code == 200
    assert visitor.head(FORM, link).status_code == 200
    assert not Draft.objects.exists()


def test_a_pin_outside_names_the_neighbour_and_keeps_what_was_typed(visitor: Client, town: Town) -> None:
    outside = {"lon": str(AT_THE_NEIGHBOURS.x), "lat": str(AT_THE_NEIGHBOURS.y), "address": "Соборна, 99"}
    answer = visitor.post(FORM, CLICK | outside)
    assert answer.status_code == 422
    assert "not in Horodok but in Next Town" in answer.content.decode()
    assert "Соборна, 99" in answer.content.decode()


def test_a_page_of_the_place_sent_empty_says_how_to_go_on(visitor: Client, town: Town) -> None:
    answer = visitor.post(FORM, {"step": "place"})
    assert (answer.status_code, Draft.objects.exists()) == (422, False)
    assert "Show the place on the map, or write an address" in answer.content.decode()


def houses(town: Town, *numbers: str) -> None:
    for number in numbers:
        Address.objects.create(
            city=town.city, street="вулиця Соборна", house_number=number, point=IN_THE_WEST
        )


def test_an_address_that_is_one_house_is_taken_at_once(visitor: Client, town: Town) -> None:
    houses(town, "5", "51")
    assert leads_to(visitor.post(FORM, {"step": "place", "address": "соборна 5"})) == "what"
    assert Draft.objects.get().data["address"] == "вулиця Соборна, 5"
    assert Draft.objects.get().point == IN_THE_WEST


def test_of_several_houses_one_is_chosen(visitor: Client, town: Town) -> None:
    houses(town, "5А", "5Б")
    listed = visitor.post(FORM, {"step": "place", "address": "соборна 5"}).content.decode()
    assert "Which one is it?" in listed
    house = Address.objects.get(house_number="5Б").pk
    visitor.post(FORM, {"step": "place", "address": "соборна 5", "house": house})
    assert Draft.objects.get().data["address"] == "вулиця Соборна, 5Б"


def test_an_unknown_address_is_kept_for_a_moderator(visitor: Client, town: Town) -> None:
    answer = visitor.post(FORM, {"step": "place", "address": "За старим млином"}, follow=True)
    assert "A moderator will find the place" in answer.content.decode()
    visitor.post(page("what"), SAID)
    visitor.post(page("check"))
    report = Report.objects.get()
    assert (report.address, report.point) == ("За старим млином", None)


def test_an_unknown_address_that_is_looked_for_may_still_be_shown_on_the_map(
    visitor: Client, town: Town
) -> None:
    answer = visitor.post(FORM, {"step": "place", "address": "За млином", "find": "1"})
    assert "No house or street of that name" in answer.content.decode()


def test_a_photo_first_puts_the_pin_where_it_was_taken(visitor: Client, town: Town) -> None:
    answer = visitor.post(FORM, {"step": "place", "begin": "1", "photos": [picture(30.305)]}, follow=True)
    point = Draft.objects.get().point
    assert point is not None
    assert (round(point.x, 5), round(point.y, 5)) == (30.305, 50.165)
    assert "see the pin" in answer.content.decode()


@pytest.mark.parametrize(
    ("lon", "sentence"),
    [(None, "doesn’t say where it was taken"), (30.33, "not in Horodok but in Next Town")],
)
def test_a_photo_first_that_tells_no_place_here_is_kept_all_the_same(
    visitor: Client, town: Town, lon: float | None, sentence: str
) -> None:
    answer = visitor.post(FORM, {"step": "place", "begin": "1", "photos": [picture(lon)]}, follow=True)
    assert sentence in answer.content.decode()
    assert (Draft.objects.get().photos.count(), Draft.objects.get().point) == (1, None)


def test_a_photo_first_without_a_photo_says_so(visitor: Client, town: Town) -> None:
    answer = visitor.post(FORM, {"step": "place", "begin": "1", "address": "Соборна"})
    assert answer.status_code == 422
    assert "Choose a photo first." in answer.content.decode()
    assert "Соборна" in answer.content.decode()
