"""Places, news and ideas in a browser: on the map, beside their lists, and without JavaScript."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from districts.models import Policy, Service
from reports.models import Announcement, Place, PlaceKind, Report
from tests.browser.conftest import Opens, signed_in
from tests.browser.test_accessibility import PHONE, broken_rules, fits
from tests.town import IN_THE_WEST, Town, box

STEPS = "[data-steps]"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def shelter(town: Town) -> Place:
    """A published shelter in the west."""
    names = {"name_uk": "Укриття", "name_en": "Shelter"}
    kind, _ = PlaceKind.objects.get_or_create(city=None, code="shelter", defaults=names)
    return Place.objects.create(
        city=town.city, kind=kind, name_uk="Підвал", name_en="Cellar", point=IN_THE_WEST, state="published"
    )


@pytest.fixture
def message(town: Town) -> Announcement:
    """No water in the west, just now."""
    west = box(30.30, 50.16, 30.31, 50.18)
    about = {"title_uk": "Води не буде", "title_en": "No water", "text_uk": "До вечора", "kind": "water"}
    return Announcement.objects.create(city=town.city, area=west, published_at=timezone.now(), **about)


def map_of(page: Page, address: str) -> Page:
    """The page with its map drawn."""
    page.goto(address)
    page.locator("overlay-switches").wait_for()
    return page


def test_a_switch_brings_places_onto_the_map_and_into_the_address(
    opens: Opens, town: Town, shelter: Place
) -> None:
    page = map_of(opens().new_page(), "/horodok/")
    page.locator("overlay-switches summary").click()
    page.locator("#show-places").check(force=True)
    expect(page).to_have_url(re.compile("show=announcements,places"))
    page.locator(STEPS).get_by_role("option", name="Підвал").wait_for(state="attached")


def test_news_stand_on_the_map_until_they_are_switched_off(opens: Opens, town: Town) -> None:
    page = map_of(opens().new_page(), "/horodok/")
    page.locator("overlay-switches summary").click()
    expect(page.locator("#show-announcements")).to_be_checked()
    page.locator("#show-announcements").uncheck(force=True)
    expect(page).to_have_url(re.compile("show=none"))


def test_the_territory_is_offered_for_one_chosen_department(opens: Opens, town: Town) -> None:
    page = map_of(opens().new_page(), f"/horodok/?department={town.roads.code}&show=territory")
    page.locator("overlay-switches summary").click()
    expect(page.get_by_text("Territory of the chosen department")).to_be_visible()
    page = map_of(opens().new_page(), "/horodok/?show=territory")
    page.locator("overlay-switches summary").click()
    expect(page.get_by_text("Territory of the chosen department")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_switches_break_no_rule_and_fit_a_phone(opens: Opens, town: Town, scheme: str) -> None:
    page = map_of(opens(color_scheme=scheme, viewport=PHONE).new_page(), "/horodok/")
    page.locator("overlay-switches summary").click()
    assert broken_rules(page) == []
    assert fits(page)


def test_a_place_on_the_map_is_opened_by_keyboard_in_a_card(opens: Opens, town: Town, shelter: Place) -> None:
    page = map_of(opens().new_page(), "/horodok/?show=places,announcements")
    page.locator(STEPS).get_by_role("option").first.wait_for(state="attached")
    expect(page.locator("#show-announcements")).to_be_checked()
    page.locator(STEPS).focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-card]")).to_contain_text("Cellar")
    assert broken_rules(page) == []


def test_an_area_that_is_clicked_tells_its_news_in_a_card(
    opens: Opens, town: Town, message: Announcement
) -> None:
    view = f"map=16/{IN_THE_WEST.y}/{IN_THE_WEST.x}"
    page = map_of(opens().new_page(), f"/horodok/?show=announcements&{view}")
    canvas = page.locator("city-map canvas")
    canvas.wait_for()

    def shown() -> bool:
        canvas.click(position={"x": 300, "y": 300})
        page.wait_for_timeout(500)
        return page.locator("[data-card]").is_visible()

    assert any(shown() for _ in range(20))
    expect(page.locator("[data-card]")).to_contain_text("No water")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forms_of_the_sections_break_no_rule_where_something_is_wrong(
    opens: Opens, town: Town, shelter: Place, scheme: str
) -> None:
    Policy.objects.create(city=town.city, takes_ideas=True)
    page = signed_in(opens(color_scheme=scheme, viewport=PHONE), town.moderator)
    for address, button in [
        ("/horodok/places/suggest/", "Suggest the place"),
        ("/horodok/ideas/new/", "Propose the idea"),
        ("/horodok/moderation/news/new/", "Preview"),
    ]:
        page.goto(address)
        page.get_by_role("button", name=button, exact=True).click()
        page.locator(".govuk-error-summary").wait_for()
        assert broken_rules(page) == [], address
        assert fits(page), address


def test_a_preview_of_a_message_breaks_no_rule(opens: Opens, town: Town) -> None:
    page = signed_in(opens(), town.moderator)
    page.goto("/horodok/moderation/news/new/")
    page.fill("[name=title_uk]", "Води не буде")
    page.fill("[name=text_uk]", "До вечора")
    page.get_by_role("radio", name="Some districts").check()
    page.get_by_text("Choose districts").click()
    page.get_by_role("checkbox", name="West").check()
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.locator(".news-preview")).to_contain_text("Води не буде")
    page.locator("area-map canvas").wait_for()
    assert broken_rules(page) == []


def test_a_place_and_an_idea_are_sent_without_javascript(opens: Opens, town: Town, shelter: Place) -> None:
    Policy.objects.create(city=town.city, takes_ideas=True)
    page = signed_in(opens(java_script_enabled=False, viewport=PHONE), town.resident)
    page.goto("/horodok/places/suggest/")
    page.select_option("[name=kind]", "shelter")
    page.fill("[name=name]", "Льох")
    page.get_by_text("I know the coordinates").click()
    page.fill("[name=lat]", "50.165")
    page.fill("[name=lon]", "30.305")
    page.get_by_role("button", name="Suggest the place", exact=True).click()
    page.get_by_text("A moderator looks at the place").wait_for()
    page.goto("/horodok/ideas/new/")
    page.fill("[name=title]", "Лавки")
    page.fill("[name=address]", "Берег річки")
    page.get_by_role("button", name="Propose the idea", exact=True).click()
    page.get_by_text("A moderator reads your idea").wait_for()
    assert Place.objects.filter(name_uk="Льох", state="suggested").exists()
    assert Report.objects.get().address == "Берег річки"
    assert Service.objects.filter(section__code="ideas").exists()
