"""The queue under its filters: the address is the whole state."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from reports import actions
from reports.models import Report
from tests.town import IN_THE_EAST, Town

DESK = "/horodok/work/"


def found(browser: Client, query: str) -> list[Report]:
    return list(browser.get(f"{DESK}?{query}").context["page"])


def counts(browser: Client, query: str, sort: str) -> dict[str, int]:
    choices = getattr(browser.get(f"{DESK}?{query}").context["choices"], sort)
    return {choice.value: choice.count for choice in choices if choice.count}


def soon(report: Report) -> Report:
    """The report, due the day after tomorrow."""
    Report.objects.filter(pk=report.pk).update(due_at=timezone.now() + timedelta(days=2))
    return report


def test_statuses_may_be_asked_for_together(electrician: Client, town: Town) -> None:
    fresh, begun, done = (town.published() for _ in range(3))
    actions.start(begun.pk, town.electrician)
    actions.resolve(done.pk, town.electrician, "Готово")
    assert found(electrician, "") == [fresh, begun]
    assert found(electrician, "status=in_progress&status=resolved") == [begun, done]


def test_each_status_says_how_many_it_holds_under_the_other_filters(electrician: Client, town: Town) -> None:
    town.overdue("Давнє")
    actions.start(town.published().pk, town.electrician)
    assert counts(electrician, "status=in_progress", "statuses") == {"published": 1, "in_progress": 1}
    assert counts(electrician, "only=overdue", "statuses") == {"published": 1}


def test_a_mark_says_how_many_it_would_leave(electrician: Client, town: Town) -> None:
    town.overdue("Давнє")
    mine = soon(town.published())
    actions.assign(mine.pk, town.electrician)
    assert counts(electrician, "", "marks") == {"overdue": 1, "soon": 1, "mine": 1}
    assert counts(electrician, "only=mine", "marks") == {"soon": 1, "mine": 1}


def test_mine_are_those_given_to_me(electrician: Client, town: Town) -> None:
    town.published()
    mine = town.published()
    actions.assign(mine.pk, town.electrician)
    assert found(electrician, "only=mine") == [mine]


def test_what_is_due_in_three_days_is_not_what_is_late(electrician: Client, town: Town) -> None:
    town.overdue("Давнє")
    near, later = soon(town.published()), town.published()
    Report.objects.filter(pk=later.pk).update(due_at=timezone.now() + timedelta(days=4))
    assert found(electrician, "only=soon") == [near]


def test_a_report_whose_sender_is_asked_is_not_overdue_and_comes_after_those_that_are(
    electrician: Client, town: Town
) -> None:
    asked, late = town.overdue("Питаємо"), town.overdue("Давнє")
    actions.ask(asked.pk, town.electrician, "Де саме?")
    Report.objects.filter(pk=asked.pk).update(due_at=timezone.now() - timedelta(days=9))
    assert found(electrician, "") == [late, asked]
    assert found(electrician, "only=overdue") == [late]
    assert found(electrician, "only=asked") == [asked]


def test_disputed_ones_are_found_though_they_are_closed(electrician: Client, town: Town) -> None:
    report = actions.resolve(town.published().pk, town.electrician, "Готово")
    actions.object_to(report.pk, town.resident, "Темно", point=report.point)
    assert found(electrician, "") == []
    assert found(electrician, "only=disputed") == [report]


def test_the_district_is_the_one_that_held_it(electrician: Client, town: Town) -> None:
    ours = town.published()
    assert counts(electrician, "", "districts") == {"wards:west": 1}
    assert found(electrician, "district=wards:west") == [ours]
    assert found(electrician, "district=wards:east") == []


def test_only_categories_of_the_queue_are_offered(electrician: Client, town: Town) -> None:
    report = town.published()
    assert counts(electrician, "", "services") == {"lamp": 1}
    assert found(electrician, "service=lamp") == [report]
    assert found(electrician, "service=pothole") == []


@pytest.mark.parametrize("words", ["КУТОВИЙ", "Соборна", "{pk}", "№ {pk}"])
def test_words_addresses_and_numbers_are_found(electrician: Client, town: Town, words: str) -> None:
    town.published()
    report = town.published("Кутовий ліхтар", address="вулиця Соборна, 5")
    query = electrician.get(DESK, {"text": words.format(pk=report.pk)})
    assert list(query.context["page"]) == [report]


def test_a_filter_that_is_set_can_be_taken_off_alone(electrician: Client, town: Town) -> None:
    town.published()
    page = electrician.get(f"{DESK}?status=published&only=mine&text=x")
    assert f'href="{DESK}?status=published&amp;text=x"' in page.content.decode()


def test_an_empty_result_names_the_filter_that_emptied_it(electrician: Client, town: Town) -> None:
    town.overdue("Давнє")
    page = electrician.get(f"{DESK}?only=overdue&status=planned").content.decode()
    assert "Without “Planned” there is 1" in page
    assert "Without “Overdue” there are 0" in page


@pytest.mark.parametrize(
    "query", ["status=x", "only=%00", "district=%00", "text=%00", "service=%00&page=zz", "text=" + "9" * 300]
)
def test_nonsense_in_the_address_is_not_asked_for(electrician: Client, town: Town, query: str) -> None:
    report = town.published()
    assert found(electrician, query) == [report]


def test_the_counters_say_what_there_is_whatever_is_filtered(electrician: Client, town: Town) -> None:
    town.overdue("Давнє")
    again = actions.resolve(town.published(reporter=town.resident).pk, town.electrician, "Готово")
    actions.reopen(soon(again).pk, town.resident, "Темно")
    town.published(point=IN_THE_EAST)
    counters = electrician.get(f"{DESK}?status=planned").context["counters"]
    assert counters == {"open": 2, "overdue": 1, "soon": 1, "reopened": 1}


def test_the_filters_stay_when_something_is_done(electrician: Client, town: Town) -> None:
    report = town.published()
    answer = electrician.post(f"{DESK}{report.pk}/start/?status=published&only=soon", {"reason": ""})
    assert answer.headers["Location"] == f"{DESK}?status=published&only=soon&report={report.pk}"


def test_a_refused_step_asked_again_opens_its_report(electrician: Client, town: Town) -> None:
    report = town.published()
    answer = electrician.get(f"{DESK}{report.pk}/start/?only=soon")
    assert answer.headers["Location"] == f"{DESK}?only=soon&report={report.pk}"


def test_links_of_a_refused_step_lead_to_the_desk(electrician: Client, town: Town) -> None:
    report = town.published()
    page = electrician.post(f"{DESK}{report.pk}/resolve/", {"reason": ""}).content.decode()
    assert f'href="{DESK}?report={report.pk}#report"' in page
