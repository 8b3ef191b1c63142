"""The public map in a browser: one state for map, list and address, by mouse, by keyboard, and without either aid."""

import re

import pytest
from django.contrib.gis.geos import Point
from playwright.sync_api import Page, expect

from reports import actions
from reports.models import Report
from tests.browser.conftest import Opens, signed_in
from tests.browser.test_accessibility import DESK, PHONE, broken_rules, fits
from tests.town import Town

CANVAS = "city-map canvas"
STEPS = "[data-steps]"
OPTIONS = f"{STEPS} [role=option]"
"""All but the chosen one are hidden, so they have no role."""
CARD = "[data-card]"
MIDDLE = (50.165, 30.305)
NO_WEBGL2 = """
const real = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  return kind === "webgl2" ? null : real.call(this, kind, ...rest);
};
"""


@pytest.fixture
def reports(town: Town) -> list[Report]:
    """Six lamps on a line to the east, 71 m apart, the first in the middle; the last two are being mended."""
    places = [Point(MIDDLE[1] + 0.001 * at, MIDDLE[0], srid=4326) for at in range(6)]
    found = [town.published(f"Lamp {at}", point=place) for at, place in enumerate(places)]
    for report in found[4:]:
        actions.start(report.pk, by=town.electrician)
    return found


def at_zoom(zoom: float, **asked: str) -> str:
    """The address of the map that looks at the first report from that zoom."""
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"/horodok/?map={zoom}/{MIDDLE[0]}/{MIDDLE[1]}&{query}".rstrip("&")


def opened(page: Page, address: str) -> Page:
    """The page with its map drawn and its list following it."""
    page.goto(address)
    page.locator(CANVAS).wait_for()
    page.locator("heat-switch:not([hidden])").wait_for()
    page.locator("report-results:not([aria-busy])").wait_for()
    return page


def listed(page: Page) -> int:
    """How many reports the list says there are within the map, once it follows the map."""
    count = page.locator("[data-first]").filter(has_text="within the map")
    text = count.inner_text()
    return int(re.findall(r"of (\d+)", text)[0])


@pytest.mark.parametrize(("zoom", "query", "number"), [
    (15, {}, 6), (16, {}, 5), (17, {}, 3), (18.5, {}, 1), (15, {"status": "in_work"}, 2), (15, {"q": "Lamp+3"}, 1),
])  # fmt: skip
def test_the_list_holds_what_the_map_shows(
    opens: Opens, reports: list[Report], zoom: float, query: dict[str, str], number: int
) -> None:
    """896 pixels: 686 m to each side at zoom 15, 343 m at 16, 171 m at 17 and 61 m at 18.5."""
    page = opened(opens().new_page(), at_zoom(zoom, **query))
    expect(page.locator(OPTIONS)).to_have_count(number)
    assert listed(page) == number


def test_a_choice_goes_into_the_address_and_comes_back_with_it(opens: Opens, reports: list[Report]) -> None:
    page = opened(opens().new_page(), at_zoom(15))
    page.locator("#status-in_work").check()
    expect(page).to_have_url(re.compile("status=in_work"))
    expect(page.locator(".report-row")).to_have_count(2)
    page.reload()
    expect(page.locator("#status-in_work")).to_be_checked()
    expect(page.locator(".report-row")).to_have_count(2)
    page.go_back()
    expect(page.locator("#status-in_work")).not_to_be_checked()
    expect(page.locator(".report-row")).to_have_count(6)
    page.go_forward()
    expect(page.locator(".report-row")).to_have_count(2)


def test_switches_of_the_map_go_back_with_the_browser(opens: Opens, reports: list[Report]) -> None:
    page = opened(opens().new_page(), at_zoom(15))
    page.locator("summary", has_text="Also on the map").click()
    for switch in ("#heat", "#show-places"):
        page.locator(switch).check()
    page.go_back()
    expect(page.locator("#show-places")).not_to_be_checked()
    expect(page.locator("#heat")).to_be_checked()
    page.go_back()
    expect(page.locator("#heat")).not_to_be_checked()


def test_a_chip_takes_its_filter_back_without_leaving_the_page(opens: Opens, reports: list[Report]) -> None:
    page = opened(opens().new_page(), at_zoom(15, status="in_work"))
    page.locator(".set-filters__one").click()
    expect(page).not_to_have_url(re.compile("status"))
    expect(page.locator(".report-row")).to_have_count(6)
    expect(page.locator("#status-in_work")).not_to_be_checked()


def test_counts_follow_the_other_filters(opens: Opens, reports: list[Report]) -> None:
    page = opened(opens().new_page(), at_zoom(15))
    page.locator("#q").fill("Lamp 5")
    page.keyboard.press("Enter")
    expect(page.locator("[data-count-of='status=in_work']")).to_have_text("1")
    expect(page.locator("[data-count-of='status=published']")).to_have_text("0")
    expect(page.locator("#service option[value=lamp]")).to_have_text("Street lamp is out (1)")


def test_months_narrow_map_and_list(opens: Opens, reports: list[Report]) -> None:
    Report.objects.filter(pk=reports[0].pk).update(published_at="2026-01-15T12:00Z")
    page = opened(opens().new_page(), at_zoom(15))
    page.locator("#from").select_option("2026-01")
    page.locator("#to").select_option("2026-01")
    expect(page).to_have_url(re.compile("from=2026-01&to=2026-01"))
    expect(page.locator(".report-row")).to_have_count(1)
    expect(page.locator(OPTIONS)).to_have_count(1)
    page.get_by_role("link", name="All the time").click()
    expect(page.locator(".report-row")).to_have_count(6)


def test_the_chosen_report_is_one_for_map_list_and_address(opens: Opens, reports: list[Report]) -> None:
    page = opened(opens().new_page(), at_zoom(17, report=str(reports[1].pk)))
    expect(page.locator(CARD)).to_contain_text("Lamp 1")
    expect(page.locator(f"[data-report='{reports[1].pk}'][aria-current=true]")).to_have_count(1)
    page.locator(f"[data-select='{reports[2].pk}']").click()
    expect(page.locator(CARD)).to_contain_text("Lamp 2")
    expect(page).to_have_url(re.compile(f"report={reports[2].pk}"))
    page.go_back()
    expect(page.locator(CARD)).to_contain_text("Lamp 1")
    page.locator(CARD).get_by_role("button", name="Close").click()
    expect(page.locator(CARD)).to_be_hidden()
    expect(page).not_to_have_url(re.compile("report="))


def test_a_chosen_report_out_of_sight_is_brought_into_it(opens: Opens, reports: list[Report]) -> None:
    page = opened(opens().new_page(), f"/horodok/?map=18/50.178/30.301&report={reports[0].pk}")
    expect(page).to_have_url(re.compile(r"map=18/50\.165"))


def test_arrows_move_the_map_plus_and_minus_zoom_and_enter_opens_the_middle(
    opens: Opens, reports: list[Report]
) -> None:
    page = opened(opens().new_page(), at_zoom(17))
    expect(page.locator(OPTIONS)).to_have_count(3)
    page.locator(CANVAS).focus()
    page.keyboard.press("Enter")
    expect(page.locator(CARD)).to_contain_text("Lamp 0")
    page.keyboard.press("Escape")
    expect(page.locator(CARD)).to_be_hidden()
    expect(page.locator(CANVAS)).to_be_focused()
    page.keyboard.press("+")
    expect(page).to_have_url(re.compile("map=18/"))
    page.keyboard.press("-")
    expect(page).to_have_url(re.compile("map=17/"))
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"map=17/50\.16500/30\.3055"))


def test_reports_in_sight_are_stepped_through_by_the_keyboard(opens: Opens, reports: list[Report]) -> None:
    page = opened(opens().new_page(), at_zoom(15))
    options = page.locator(OPTIONS)
    expect(options).to_have_count(6)
    page.locator(STEPS).focus()
    first = options.first.text_content() or ""
    assert re.fullmatch(r"№ \d+: Street lamp is out, (Published|In work)", first)
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.locator(CARD)).to_be_visible()
    expect(page).to_have_url(re.compile(r"report=\d+"))


def test_near_me_asks_the_browser_only_on_a_click(opens: Opens, reports: list[Report]) -> None:
    place = {"latitude": MIDDLE[0], "longitude": MIDDLE[1]}
    page = opened(opens(geolocation=place, permissions=["geolocation"]).new_page(), at_zoom(15))
    assert "near" not in page.url
    page.get_by_text("More filters").click()
    page.get_by_role("button", name="Near me").click()
    expect(page).to_have_url(re.compile("near=50.16500,30.30500,500"))
    expect(page.locator("#near")).to_have_value("50.16500,30.30500,500")


def test_near_me_that_is_refused_says_what_to_do(opens: Opens, reports: list[Report]) -> None:
    page = opened(opens().new_page(), at_zoom(15))
    page.get_by_text("More filters").click()
    page.get_by_role("button", name="Near me").click()
    expect(page.locator("near-me [role=status]")).to_contain_text("did not tell where you are")


def test_ones_own_reports_are_a_filter_of_map_and_list(
    opens: Opens, town: Town, reports: list[Report]
) -> None:
    Report.objects.filter(pk=reports[3].pk).update(reporter=town.resident)
    page = opened(signed_in(opens(), town.resident), at_zoom(15, mine="1"))
    expect(page.locator(".report-row")).to_have_count(1)
    expect(page.locator(OPTIONS)).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_map_with_a_card_and_all_filters_breaks_no_rule(
    opens: Opens, reports: list[Report], scheme: str, size: dict[str, int]
) -> None:
    page = opened(
        opens(color_scheme=scheme, viewport=size).new_page(), at_zoom(15, report=str(reports[0].pk))
    )
    expect(page.locator(CARD)).to_be_visible()
    assert broken_rules(page) == []
    assert fits(page)
    page.locator(CARD).get_by_role("button", name="Close").click()
    page.get_by_text("More filters").click()
    assert broken_rules(page) == []
    assert fits(page)


def test_on_a_phone_the_card_and_the_filters_are_sheets_at_the_bottom(
    opens: Opens, reports: list[Report]
) -> None:
    page = opened(opens(viewport=PHONE).new_page(), at_zoom(15, report=str(reports[0].pk)))
    expect(page.locator(CARD)).to_be_visible()
    assert ends_at_the_bottom(page, CARD)
    page.locator(CARD).get_by_role("button", name="Close").click()
    page.get_by_text("More filters").click()
    assert ends_at_the_bottom(page, ".filters__sheet")
    page.keyboard.press("Escape")
    expect(page.locator(".filters__sheet")).to_be_hidden()


def test_forced_colours_and_less_motion_keep_every_function(opens: Opens, reports: list[Report]) -> None:
    page = opens(forced_colors="active", reduced_motion="reduce").new_page()
    opened(page, at_zoom(15, report=str(reports[0].pk)))
    expect(page.locator(CARD)).to_contain_text("Lamp 0")
    marked = page.locator(f"[data-report='{reports[0].pk}']")
    assert marked.evaluate("row => getComputedStyle(row).outlineStyle") == "solid"
    assert broken_rules(page) == []


def test_without_webgl2_the_list_takes_the_maps_place(opens: Opens, reports: list[Report]) -> None:
    context = opens()
    context.add_init_script(NO_WEBGL2)
    page = context.new_page()
    page.goto("/horodok/?status=in_work")
    expect(page.locator("city-map")).to_contain_text("The list holds everything that is on it.")
    expect(page.locator(".report-row")).to_have_count(2)
    page.locator("#status-published").check()
    expect(page.locator(".report-row")).to_have_count(6)
    assert broken_rules(page) == []


@pytest.fixture
def plain(opens: Opens) -> Page:
    return opens(java_script_enabled=False).new_page()


def test_all_filters_work_without_javascript(plain: Page, reports: list[Report]) -> None:
    plain.goto("/horodok/")
    plain.locator("#status-published").check()
    plain.locator("#q").fill("Lamp")
    plain.locator("#sort").select_option("waiting")
    plain.get_by_role("button", name="Find", exact=True).click()
    expect(plain).to_have_url(re.compile("q=Lamp.*status=published.*sort=waiting"))
    assert plain.locator(".report-row__text").all_inner_texts() == ["Lamp 0", "Lamp 1", "Lamp 2", "Lamp 3"]
    plain.locator(".set-filters__one", has_text="Lamp").click()
    expect(plain).not_to_have_url(re.compile("q="))


def test_nonsense_is_mended_in_place_without_javascript(plain: Page, reports: list[Report]) -> None:
    plain.goto("/horodok/reports/?q=a&near=here")
    assert plain.locator("#q").input_value() == "a"
    assert plain.locator("#near").input_value() == "here"
    plain.locator("#q").fill("Lamp 2")
    plain.locator("#near").fill("")
    plain.get_by_role("button", name="Find", exact=True).click()
    expect(plain.locator(".report-row")).to_have_count(1)


def ends_at_the_bottom(page: Page, selector: str) -> bool:
    script = "box => Math.abs(box.getBoundingClientRect().bottom - innerHeight) < 2"
    return bool(page.locator(selector).evaluate(script))
