"""Every page against axe's rules, in light and dark, on a phone and on a desk."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from layers.models import City
from reports import actions
from tests.browser.conftest import Opens, signed_in
from tests.town import Town, box

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


def pages_of(town: Town) -> dict[str, str]:
    """Address by name of each public page, with something to show on it; two cities, so that there is a choice."""
    City.objects.create(
        slug="sad", name_uk="Сад", name_en="Sad", boundary=box(31.0, 50.0, 31.1, 50.1), live=True
    )
    report = town.published(reporter=town.resident)
    actions.resolve(report.pk, by=town.electrician, reason="Замінили лампу")
    return {
        "cities": "/",
        "map": "/horodok/",
        "list": "/horodok/reports/",
        "report": f"/horodok/reports/{report.pk}/",
        "form": "/horodok/report/",
        "tracking": f"/horodok/track/{town.report().token}/",
        "reopening": f"/horodok/track/{report.token}/",
        "sign-in": "/accounts/login/",
        "nowhere": "/atlantis/",
    }


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_public_page_breaks_a_rule_of_accessibility(
    opens: Opens, town: Town, scheme: str, size: dict[str, int]
) -> None:
    page = opens(color_scheme=scheme, viewport=size).new_page()
    broken = {}
    for name, address in pages_of(town).items():
        page.goto(address, wait_until="load")
        broken |= {name: found} if (found := broken_rules(page)) else {}
        assert fits(page), f"{name} is wider than the window"
    assert broken == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_staff_page_breaks_a_rule_of_accessibility(opens: Opens, town: Town, scheme: str) -> None:
    town.report()
    town.overdue("Давно темно")
    broken = {}
    for person, addresses in [
        (town.moderator, ["/horodok/moderation/"]),
        (town.electrician, ["/horodok/work/", "a.queue__link"]),
    ]:
        page = signed_in(opens(color_scheme=scheme), person)
        for address in addresses:
            page.goto(address) if address.startswith("/") else page.locator(address).first.click()
            page.wait_for_selector("h1")
            broken |= {address: found} if (found := broken_rules(page)) else {}
    assert broken == {}


def test_a_form_with_errors_breaks_no_rule_and_shows_them_first(opens: Opens, town: Town) -> None:
    page = opens().new_page()
    page.goto("/horodok/report/")
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
