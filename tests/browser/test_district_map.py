"""What stands in the map's place on a device that draws none."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opens
from tests.browser.test_accessibility import broken_rules, fits
from tests.town import IN_THE_WEST, Town

WITHOUT_WEBGL = "HTMLCanvasElement.prototype.getContext = () => null"


def opened(opens: Opens, **options: object) -> Page:
    page = opens(**options).new_page()
    page.add_init_script(WITHOUT_WEBGL)
    page.goto("/horodok/")
    page.locator(".district-map__picture").wait_for()
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_without_webgl_the_districts_are_shown_and_break_no_rule(
    opens: Opens, town: Town, scheme: str, width: int
) -> None:
    town.published(point=IN_THE_WEST)
    page = opened(opens, color_scheme=scheme, viewport={"width": width, "height": 800})
    assert broken_rules(page) == []
    assert fits(page)


def test_a_district_leads_to_its_reports_by_keyboard(opens: Opens, town: Town) -> None:
    town.published(point=IN_THE_WEST)
    page = opened(opens)
    district = page.get_by_role("link", name=re.compile(": 1 report")).first
    district.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"district="))
    expect(page.locator(".district-map__area--chosen")).to_have_count(1)


def test_without_scripts_the_districts_stand_before_the_list(opens: Opens, town: Town) -> None:
    town.published(point=IN_THE_WEST)
    page = opens(java_script_enabled=False).new_page()
    page.goto("/horodok/")
    page.get_by_role("link", name=re.compile(": 1 report")).first.click()
    page.wait_for_url(re.compile(r"district="))
