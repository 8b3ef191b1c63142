"""The search of the map and of the report form, by keyboard and as a screen reader meets it."""

import re

import pytest
from django.contrib.gis.geos import Point
from playwright.sync_api import Locator, Page, expect

from layers.models import Address
from tests.browser.conftest import Opens
from tests.browser.test_accessibility import broken_rules
from tests.town import Town


@pytest.fixture
def houses(town: Town) -> None:
    for number, lon in (("12", 30.305), ("14", 30.315)):
        point = Point(lon, 50.165, srid=4326)
        Address.objects.create(city=town.city, street="вулиця Соборна", house_number=number, point=point)


def typed(page: Page, words: str) -> Locator:
    box = page.locator("place-search").get_by_role("combobox", name=re.compile("Address"))
    box.press_sequentially(words, delay=5)
    page.locator("place-search").get_by_role("option").first.wait_for()
    return box


@pytest.mark.usefixtures("houses")
def test_the_map_goes_to_what_was_chosen_by_keyboard_and_the_address_follows(opens: Opens) -> None:
    page = opens().new_page()
    page.goto("/horodok/")
    page.locator(".maplibregl-canvas").wait_for()
    box = typed(page, "soborna 14")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("place-search [role=status]")).to_have_text("2 suggestions")
    assert broken_rules(page) == []
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", re.compile(r"-0$"))
    expect(page.locator("place-search").get_by_role("option", selected=True)).to_contain_text(
        "вулиця Соборна, 14"
    )
    box.press("Enter")
    page.wait_for_url(re.compile(r"map=17/50\.165\d*/30\.315"))
    expect(box).to_have_value("вулиця Соборна, 14")
    expect(box).to_have_attribute("aria-expanded", "false")


@pytest.mark.usefixtures("houses")
def test_escape_closes_the_suggestions_and_keeps_the_words(opens: Opens) -> None:
    page = opens().new_page()
    page.goto("/horodok/")
    box = typed(page, "soborna")
    box.press("Escape")
    expect(page.get_by_role("listbox", name="Places found")).to_be_hidden()
    expect(box).to_have_value("soborna")


@pytest.mark.usefixtures("houses")
def test_a_house_chosen_in_the_report_form_is_its_place(opens: Opens) -> None:
    page = opens(viewport={"width": 360, "height": 740}).new_page()
    page.goto("/horodok/report/")
    page.locator(".maplibregl-canvas").wait_for()
    typed(page, "soborna 12")
    page.locator("place-search").get_by_role("option").first.click()
    expect(page.locator("[name=lon]")).to_have_value("30.305000")
    expect(page.locator("[name=address]")).to_have_value("вулиця Соборна, 12")


@pytest.mark.usefixtures("houses")
def test_without_scripts_the_button_leads_to_a_page_of_what_was_found(opens: Opens) -> None:
    page = opens(java_script_enabled=False).new_page()
    page.goto("/horodok/")
    search = page.locator("place-search")
    search.get_by_role("searchbox").fill("soborna 12")
    search.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="вулиця Соборна, 12").click()
    page.wait_for_url(re.compile(r"/horodok/\?map=17/50\.16500/30\.30500"))
