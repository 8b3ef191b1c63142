"""The same for many reports, each by itself; and sentences that are used often."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from districts.models import CannedText, Membership, Purpose, Role, User
from reports import actions
from reports.models import Report
from tests.town import IN_THE_EAST, Town

DESK = "/horodok/work/"
BULK = f"{DESK}bulk/"


def again(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


def with_two(town: Town) -> tuple[Report, Report]:
    return town.published("Перше"), town.published("Друге")


def test_all_that_are_ticked_are_resolved_with_one_text(electrician: Client, town: Town) -> None:
    first, second = with_two(town)
    sent = {"report": [first.pk, second.pk], "verb": "resolve", "reason": "Полагодили всю вулицю"}
    page = electrician.post(BULK, sent, follow=True)
    assert [again(report).status for report in (first, second)] == ["resolved", "resolved"]
    assert again(second).changes.last().reason == "Полагодили всю вулицю"
    assert "2 reports are done." in page.content.decode()


def test_what_is_refused_is_told_by_number_and_stays_ticked_with_what_was_typed(
    electrician: Client, town: Town
) -> None:
    first, second = with_two(town)
    actions.start(second.pk, town.electrician)
    sent = {"report": [first.pk, second.pk], "verb": "start", "reason": "Виїхали"}
    page = electrician.post(BULK, sent)
    assert (page.status_code, again(first).status) == (422, "in_progress")
    said = page.content.decode()
    assert "1 report is done." in said
    assert "A report that is “in progress” can&#x27;t become “in progress”." in said
    assert [report.pk for report in page.context["ticked"]] == [second.pk]
    assert "Виїхали</textarea>" in said


def test_a_refused_report_that_left_the_page_can_still_be_unticked(electrician: Client, town: Town) -> None:
    report = actions.resolve(town.published().pk, town.electrician, "Готово")
    page = electrician.post(BULK, {"report": [report.pk], "verb": "start"})
    assert f'value="{report.pk}" checked' in page.content.decode()


def test_ticked_ones_are_planned_for_a_day(electrician: Client, town: Town) -> None:
    first, second = with_two(town)
    day = timezone.localdate() + timedelta(days=4)
    electrician.post(BULK, {"report": [first.pk, second.pk], "verb": "plan", "day": day.isoformat()})
    assert {again(first).planned_for, again(second).planned_for} == {day}


def test_ticked_ones_are_passed_on(electrician: Client, town: Town) -> None:
    first, second = with_two(town)
    electrician.post(BULK, {"report": [first.pk, second.pk], "verb": "pass-on", "to": "Обленерго"})
    assert {again(first).passed_to, again(second).passed_to} == {"Обленерго"}


def test_ticked_ones_are_given_to_somebody(electrician: Client, town: Town) -> None:
    first, second = with_two(town)
    electrician.post(BULK, {"report": [first.pk, second.pk], "verb": "assign", "person": town.electrician.pk})
    assert {again(first).assignee, again(second).assignee} == {town.electrician}


def test_nobody_gets_a_report_of_a_body_they_do_not_work_for(visitor: Client, town: Town) -> None:
    """An administrator ticks reports of two bodies; the electrician works for one of them."""
    admin = User.objects.create_user("admin@town.example")
    Membership.objects.create(user=admin, city=town.city, role=Role.ADMINISTRATOR)
    visitor.force_login(admin)
    ours, other = town.published(), town.published(point=IN_THE_EAST)
    sent = {"report": [ours.pk, other.pk], "verb": "assign", "person": town.electrician.pk}
    page = visitor.post(BULK, sent)
    assert (again(ours).assignee, again(other).assignee) == (town.electrician, None)
    assert "doesn’t work for the department" in page.content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"verb": "resolve"}, "Write what was done"),
        ({"verb": "plan"}, "Give the day."),
        ({"verb": "pass-on"}, "Write who has it now."),
        ({"verb": "decline"}, "Select a valid choice."),
    ],
)
def test_what_a_verb_needs_is_asked_for_before_anything_is_done(
    electrician: Client, town: Town, sent: dict[str, str], said: str
) -> None:
    report = town.published()
    page = electrician.post(BULK, {"report": [report.pk], **sent})
    assert (page.status_code, again(report).status) == (422, "published")
    assert said in page.content.decode()
    assert f'value="{report.pk}" checked' in page.content.decode()


def test_nothing_ticked_is_explained_and_the_text_stays(electrician: Client, town: Town) -> None:
    town.published()
    page = electrician.post(BULK, {"verb": "start", "reason": "Виїхали", "report": ["x", "9" * 40]})
    assert page.status_code == 422
    assert "Tick the reports first." in page.content.decode()
    assert "Виїхали</textarea>" in page.content.decode()


def test_reports_of_other_bodies_are_not_among_them(electrician: Client, town: Town) -> None:
    other = town.published(point=IN_THE_EAST)
    assert electrician.post(BULK, {"report": [other.pk], "verb": "start"}).status_code == 422
    assert again(other).status == "published"


def sentence(town: Town, purpose: str = Purpose.RESOLVE) -> CannedText:
    words = {"text_uk": "Лампу замінено.", "text_en": "The lamp is replaced."}
    return CannedText.objects.create(city=town.city, purpose=purpose, title_uk="Лампа", **words)


def test_a_sentence_is_put_in_without_javascript_and_nothing_is_done(electrician: Client, town: Town) -> None:
    report = town.published(reporter=town.resident)
    sent = {"reason": "Були о 9:00.", "canned": sentence(town).pk, "insert": "1"}
    page = electrician.post(f"{DESK}{report.pk}/resolve/", sent)
    assert (page.status_code, again(report).status) == (200, "published")
    assert "Були о 9:00.\n\nЛампу замінено.</textarea>" in page.content.decode()


def test_a_sentence_for_somebody_unknown_is_in_both_languages(electrician: Client, town: Town) -> None:
    report = town.published()
    page = electrician.post(
        f"{DESK}{report.pk}/resolve/", {"canned": sentence(town).pk, "insert": "1", "reason": ""}
    )
    assert "Лампу замінено.\n\nThe lamp is replaced.</textarea>" in page.content.decode()


def test_a_sentence_is_offered_where_it_fits(electrician: Client, town: Town) -> None:
    report = town.published()
    sentence(town, Purpose.ASK)
    page = electrician.get(DESK, {"report": report.pk}).content.decode()
    assert 'data-field="id_ask_question"' in page
    assert 'data-field="id_resolve_reason"' not in page


def test_a_sentence_is_put_into_the_text_for_many(electrician: Client, town: Town) -> None:
    report = town.published()
    sent = {"report": [report.pk], "verb": "resolve", "canned": sentence(town).pk, "insert": "1"}
    page = electrician.post(BULK, sent).content.decode()
    assert "Лампу замінено.\n\nThe lamp is replaced.</textarea>" in page
    assert f'value="{report.pk}" checked' in page
    assert '<option value="resolve" selected>' in page


def test_asked_without_anything_to_do_it_is_the_queue(electrician: Client, town: Town) -> None:
    assert electrician.get(f"{BULK}?only=mine").headers["Location"] == f"{DESK}?only=mine"
