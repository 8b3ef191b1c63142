"""The heat map with its legend: its numbers add up, it can be had by keyboard, and no rule is broken."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page

from reports import actions
from reports.models import Report
from reports.weighing import weigh
from tests.browser.conftest import Opens
from tests.browser.test_accessibility import DESK, PHONE, broken_rules, fits
from tests.town import IN_THE_EAST, IN_THE_WEST, Town

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SHOWN = "[data-legend-scale] tr"


@pytest.fixture
def weighed(town: Town) -> Town:
    """Three open reports in two spots, one that is solved, and a pile of twenty of which ten are solved."""
    for _ in range(2):
        town.published()
    town.published(point=IN_THE_EAST)
    actions.resolve(town.published().pk, town.electrician, "Готово")
    pile = IN_THE_WEST.clone()
    pile.y += 0.01
    services = [town.lamp, town.dump, town.pothole]
    Report.objects.bulk_create(
        Report(
            city=town.city, service=services[n % 3], text="Десь", point=pile,
            status="published" if n < 10 else "resolved", published_at=NOON,
        )
        for n in range(20)
    )  # fmt: skip
    weigh(town.city, NOON)
    return town


def legend(page: Page) -> dict[str, str]:
    """What the legend counts in all, and of that without an exact place."""
    page.locator(SHOWN).first.wait_for(state="attached")
    page.locator("[data-legend-piles]:not([hidden])").wait_for(state="attached")
    return {name: page.locator(f"[data-legend-{name}]").inner_text() for name in ("total", "piled")}


def test_open_reports_are_weighed_and_their_numbers_add_up(opens: Opens, weighed: Town) -> None:
    page = opens(viewport=DESK).new_page()
    page.goto("/horodok/?heat=1")
    assert legend(page) == {"total": "13", "piled": "10"}
    counted = page.locator(f"{SHOWN} td").all_inner_texts()
    assert sum(map(int, counted)) == 3


def test_chosen_groups_are_weighed_instead(opens: Opens, weighed: Town) -> None:
    page = opens(viewport=DESK).new_page()
    page.goto("/horodok/?heat=1&status=resolved")
    assert legend(page) == {"total": "11", "piled": "10"}
    assert page.locator("[data-legend-chosen]").is_visible()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_heat_map_breaks_no_rule(opens: Opens, weighed: Town, scheme: str, size: dict[str, int]) -> None:
    page = opens(viewport=size, color_scheme=scheme).new_page()
    page.goto("/horodok/?heat=1")
    legend(page)
    if size == PHONE:
        page.locator("[data-legend] summary").press("Enter")
    page.get_by_label("Map", exact=True).get_by_role("link", name="How this is counted").wait_for()
    assert broken_rules(page) == []
    assert fits(page)
