"""Accessibility of what test_every_page.py doesn't walk: accounts, mistakes, hosts that are asked."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Opens
from tests.town import Town

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_beside_the_matrix_breaks_a_rule(
    opens: Opens, town: Town, scheme: str, size: dict[str, int]
) -> None:
    page = opens(color_scheme=scheme, viewport=size).new_page()
    for address in ("/accounts/login/", "/accounts/signup/", "/atlantis/"):
        page.goto(address, wait_until="load")
        assert broken_rules(page) == [], address
        assert fits(page), f"{address} is wider than the window"


def test_a_form_with_errors_breaks_no_rule_and_shows_them_first(opens: Opens, town: Town) -> None:
    page = opens().new_page()
    page.goto("/horodok/report/?whole=1")
    page.get_by_role("button", name="Send the report").click()
    page.locator(".govuk-error-summary").wait_for()
    assert broken_rules(page) == []
    page.get_by_role("link", name="Choose what the problem is about.").click()
    assert page.evaluate("document.activeElement.name") == "service"


@pytest.mark.parametrize("address", ["/horodok/", "/horodok/report/", "/horodok/reports/"])
def test_no_page_asks_another_host_or_breaks_the_content_policy(
    opens: Opens, town: Town, live_server: object, address: str
) -> None:
    town.published()
    page = opens().new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if "Content Security" in message.text else None,
    )
    page.goto(address)
    page.wait_for_load_state("networkidle")
    own = (str(getattr(live_server, "url", "")), "data:", "blob:")
    assert [url for url in asked if not url.startswith(own)] == []
    assert complaints == []


def fits(page: Page) -> bool:
    """Whether nothing makes the page scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def broken_rules(page: Page) -> list[str]:
    """Rules that axe finds broken, each with the first element that breaks it."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['target']} {rule['nodes'][0]['any'][:1]}" for rule in found]
