"""The departments’ desk in a browser: filters that apply at once, many reports in one go, and no need of JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from districts.models import CannedText, Purpose
from reports import actions
from reports.models import AnswerLink, Report
from tests.browser.conftest import Opens, signed_in
from tests.browser.test_accessibility import PHONE, broken_rules, fits
from tests.town import Town

DESK = "/horodok/work/"


def desk_of(opens: Opens, town: Town, address: str = DESK, **options: object) -> Page:
    page = signed_in(opens(**options), town.electrician)
    page.goto(address)
    return page


def sentence(town: Town) -> None:
    CannedText.objects.create(
        city=town.city, purpose=Purpose.RESOLVE, title_uk="Лампа", text_uk="Замінено.", text_en="Replaced."
    )


def statuses(*reports: Report) -> list[str]:
    return [Report.objects.get(pk=report.pk).status for report in reports]


def test_a_filter_applies_at_once_and_the_address_says_so(opens: Opens, town: Town) -> None:
    town.published("Свіже")
    actions.start(town.published("Почате").pk, town.electrician)
    page = desk_of(opens, town)
    page.wait_for_selector("work-filter:defined", state="attached")
    page.locator("#status-in_progress").check(force=True)
    expect(page.get_by_role("heading", name="1 report found")).to_be_visible()
    expect(page.locator("#status-in_progress")).to_be_focused()
    assert page.url.endswith("?status=in_progress")
    page.get_by_role("link", name=re.compile("In progress.*remove this filter")).click()
    expect(page.get_by_role("heading", name="2 reports wait")).to_be_visible()


def test_going_back_brings_back_the_queue_as_it_was(opens: Opens, town: Town) -> None:
    town.published("Свіже")
    page = desk_of(opens, town)
    page.wait_for_selector("work-filter:defined", state="attached")
    page.locator("#only-mine").check(force=True)
    expect(page.get_by_text("Nothing here under these filters.")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="1 report waits")).to_be_visible()


def test_a_whole_page_is_ticked_and_planned_with_only_the_fields_that_it_needs(
    opens: Opens, town: Town
) -> None:
    first, second = town.published("Перше"), town.published("Друге")
    page = desk_of(opens, town)
    page.get_by_role("button", name="Tick all on this page").click()
    page.get_by_text("Do the same with the ticked ones (2)").click()
    expect(page.get_by_label("To whom")).to_be_hidden()
    page.get_by_label("What to do with them").select_option("pass-on")
    page.get_by_label("To whom").fill("Обленерго")
    page.get_by_role("button", name="Do it").click()
    page.get_by_text("2 reports are done.").wait_for()
    assert statuses(first, second) == ["passed_on", "passed_on"]


def test_a_sentence_is_inserted_into_what_is_written(opens: Opens, town: Town) -> None:
    sentence(town)
    report = town.published(reporter=town.resident)
    page = desk_of(opens, town, f"{DESK}?report={report.pk}")
    form = page.locator("form", has=page.get_by_role("heading", name="Say that it is solved"))
    form.get_by_label("What was done").fill("Були о 9:00.")
    form.get_by_label("A text you use often").select_option(label="Лампа")
    form.get_by_role("button", name="Insert").click()
    expect(form.get_by_label("What was done")).to_have_value("Були о 9:00.\n\nЗамінено.")
    expect(form.get_by_label("What was done")).to_be_focused()
    assert statuses(report) == ["published"]


def test_a_link_for_a_contractor_is_made_and_copied(opens: Opens, town: Town) -> None:
    report = town.published()
    page = desk_of(
        opens, town, f"{DESK}?report={report.pk}", permissions=["clipboard-read", "clipboard-write"]
    )
    page.get_by_text("Make a link").first.click()
    page.get_by_label("For whom").fill("Бригада № 3")
    page.get_by_role("button", name="Make a link").click()
    page.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.get_by_label("Address for Бригада № 3").input_value()
    assert AnswerLink.objects.get(report=report).is_good


def test_filtering_many_in_one_go_and_sentences_need_no_javascript(opens: Opens, town: Town) -> None:
    sentence(town)
    ours, begun = town.published("Свіже"), town.published("Почате")
    actions.start(begun.pk, town.electrician)
    page = desk_of(opens, town, java_script_enabled=False)
    page.locator("#status-published").check(force=True)
    page.get_by_role("button", name="Show").click()
    page.get_by_role("heading", name="1 report found").wait_for()
    page.get_by_label(f"№ {ours.pk}").check(force=True)
    page.get_by_text("Do the same with the ticked ones").click()
    page.get_by_label("What to do with them").select_option("resolve")
    page.get_by_label("A text you use often").select_option(label="Лампа")
    page.get_by_role("button", name="Insert").click()
    expect(page.get_by_label("One text for all of them")).to_have_value("Замінено.\n\nReplaced.")
    expect(page.get_by_label(f"№ {ours.pk}")).to_be_checked()
    page.get_by_role("button", name="Do it").click()
    page.get_by_text("1 report is done.").wait_for()
    assert statuses(ours, begun) == ["resolved", "in_progress"]
    assert page.url.endswith("?status=published")


def test_what_was_refused_has_the_keyboard_and_stays_ticked(opens: Opens, town: Town) -> None:
    report = town.published()
    page = desk_of(opens, town)
    page.get_by_label(f"№ {report.pk}").check(force=True)
    page.get_by_text("Do the same with the ticked ones (1)").click()
    actions.start(report.pk, town.electrician)
    page.get_by_role("button", name="Do it").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    expect(page.get_by_label(f"№ {report.pk}")).to_be_checked()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_desk_with_all_of_it_open_breaks_no_rule_and_fits_a_phone(
    opens: Opens, town: Town, scheme: str
) -> None:
    sentence(town)
    report, _near, late = town.published(reporter=town.resident), town.published(), town.overdue("Давнє")
    actions.welcome_help(report.pk, welcome=True)
    actions.offer_help(report.pk, town.resident, "Маю драбину")
    actions.note(report.pk, town.electrician, "Ключ у чергового")
    actions.hand_link(report.pk, town.electrician, "Бригада № 3", 7)
    page = desk_of(opens, town, f"{DESK}?report={report.pk}&only=soon", color_scheme=scheme, viewport=PHONE)
    for folded in page.locator("main summary.govuk-details__summary").all():
        folded.click()
    assert (broken_rules(page), fits(page)) == ([], True)
    page.goto(f"{DESK}print/?start={late.pk}")
    page.get_by_text("Start somewhere else").click()
    assert (broken_rules(page), fits(page)) == ([], True)


def test_paper_has_the_round_and_none_of_the_screens_tools(opens: Opens, town: Town) -> None:
    town.published("Перше")
    page = desk_of(opens, town, f"{DESK}print/")
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(page.locator(".site-top")).to_be_hidden()
    expect(page.locator(".sketch")).to_be_visible()
    expect(page.get_by_text("Перше")).to_be_visible()
