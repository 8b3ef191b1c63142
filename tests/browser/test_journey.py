"""The way of a report in a browser: by a click on the map, and again with JavaScript switched off."""

from playwright.sync_api import BrowserContext, Page

from reports.models import Report
from tests.browser.conftest import Opens, signed_in
from tests.town import Town

MAP = "place-picker canvas.maplibregl-canvas"


def test_a_click_on_the_map_becomes_a_report_that_is_resolved_and_reopened(opens: Opens, town: Town) -> None:
    page = opens().new_page()
    page.goto("/horodok/")
    page.get_by_role("link", name="Report a problem").first.click()
    canvas = page.locator(MAP)
    canvas.wait_for()
    box = canvas.bounding_box()
    assert box is not None
    # The town fills the map's height; west of the middle lies the western district.
    canvas.click(position={"x": box["width"] / 2 - 40, "y": box["height"] / 2 + 40})
    page.get_by_text("Place chosen:").wait_for()
    tell_and_send(page)
    report = Report.objects.get()
    assert report.point is not None
    assert (30.30 < report.point.x < 30.31, 50.16 < report.point.y < 50.18) == (True, True)
    take_the_rest_of_the_way(page, opens(), opens(), town, report)


def test_the_whole_way_is_open_without_javascript(opens: Opens, town: Town) -> None:
    page = opens(java_script_enabled=False).new_page()
    page.goto("/horodok/")
    page.get_by_role("link", name="Report a problem").first.click()
    page.get_by_text("I know the coordinates").click()
    page.get_by_label("Latitude").fill("50,165")
    page.get_by_label("Longitude").fill("30,305")
    tell_and_send(page)
    report = Report.objects.get()
    blind, dark = opens(java_script_enabled=False), opens(java_script_enabled=False)
    take_the_rest_of_the_way(page, blind, dark, town, report)


def test_an_address_alone_is_placed_by_the_moderator_on_the_map(opens: Opens, town: Town) -> None:
    page = opens().new_page()
    page.goto("/horodok/report/")
    page.get_by_label("Address or landmark").fill("За старим млином, 5")
    tell_and_send(page)
    desk = signed_in(opens(), town.moderator)
    desk.goto("/horodok/moderation/")
    desk.locator(MAP).wait_for()
    desk.locator(MAP).click()
    desk.get_by_text("Place chosen:").wait_for()
    desk.get_by_role("button", name="Publish", exact=True).click()
    desk.get_by_text("is published").wait_for()
    report = Report.objects.get()
    assert (report.status, report.point is not None) == ("published", True)


def test_a_pin_is_placed_with_the_keyboard_alone(opens: Opens, town: Town) -> None:
    page = opens().new_page()
    page.goto("/horodok/report/")
    canvas = page.locator(MAP)
    canvas.wait_for()
    canvas.focus()
    page.keyboard.press("Enter")
    page.get_by_text("Place chosen:").wait_for()
    # The town's middle: the map opens with the whole town in it.
    assert abs(float(page.locator("[name=lon]").input_value()) - 30.31) < 0.001
    assert abs(float(page.locator("[name=lat]").input_value()) - 50.17) < 0.001


def tell_and_send(page: Page) -> None:
    """From the page of the place to the receipt."""
    page.get_by_role("button", name="Continue", exact=True).click()
    page.get_by_label("What happened?").fill("Темно біля школи")
    page.get_by_text("Lighting", exact=True).click()
    page.get_by_label("Street lamp is out").check()
    page.get_by_role("button", name="Straight to sending").click()
    page.get_by_role("button", name="Send the report").click()
    page.get_by_role("heading", name="Thank you").wait_for()


def take_the_rest_of_the_way(
    page: Page, moderators: BrowserContext, departments: BrowserContext, town: Town, report: Report
) -> None:
    """From the moderator's queue to the reopened report on the public list, by the pages' own buttons."""
    desk = signed_in(moderators, town.moderator)
    desk.goto("/horodok/moderation/")
    desk.get_by_role("button", name="Publish", exact=True).click()
    desk.get_by_text("is published").wait_for()

    bench = signed_in(departments, town.electrician)
    bench.goto("/horodok/work/")
    bench.get_by_role("link", name="Street lamp is out").click()
    bench.get_by_role("button", name="Start", exact=True).click()
    bench.get_by_text("is in work").wait_for()
    bench.get_by_label("What was done").fill("Замінили лампу")
    bench.get_by_role("button", name="Resolved", exact=True).click()
    bench.get_by_text("is resolved").wait_for()

    page.reload()
    page.get_by_text("Замінили лампу").wait_for()
    page.get_by_label("What is still wrong?").fill("Досі темно")
    page.get_by_role("button", name="Open the report again").click()
    page.get_by_text("The report is open again").wait_for()
    report.refresh_from_db()
    assert report.status == "reopened"
    page.goto("/horodok/reports/?status=reopened")
    page.get_by_role("link", name="Street lamp is out").first.wait_for()
