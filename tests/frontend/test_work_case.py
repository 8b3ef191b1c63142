"""Around a report: notes among staff, helpers, links for contractors, duplicates close by."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from districts.models import Question, Section, Service
from reports import actions, answer_links, retention
from reports.models import AnswerLink, HelpOffer, InternalNote, Report
from tests.town import IN_THE_EAST, Town

DESK = "/horodok/work/"


def again(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


def screen(browser: Client, report: Report) -> str:
    return browser.get(DESK, {"report": report.pk}).content.decode()


# Notes


def test_a_note_is_read_by_staff_and_nobody_else(
    electrician: Client, resident: Client, visitor: Client, town: Town
) -> None:
    report = town.published(reporter=town.resident)
    electrician.post(f"{DESK}{report.pk}/note/", {"text": "Ключ у чергового"})
    assert "Ключ у чергового" in screen(electrician, report)
    for browser in (resident, visitor):
        assert "Ключ у чергового" not in browser.get(f"/horodok/reports/{report.pk}/").content.decode()


def test_an_empty_note_is_explained(electrician: Client, town: Town) -> None:
    page = electrician.post(f"{DESK}{town.published().pk}/note/", {"text": " "})
    assert page.status_code == 422
    assert "Write the note." in page.content.decode()


def test_notes_are_visible_to_the_citys_staff_only(town: Town) -> None:
    note = actions.note(town.published().pk, town.electrician, "Ключ")
    assert list(InternalNote.objects.visible_to(town.moderator)) == [note]
    assert list(InternalNote.objects.visible_to(town.resident)) == []
    assert list(InternalNote.objects.visible_to(None)) == []


def test_notes_are_forgotten_together_with_the_sender(town: Town) -> None:
    report = town.published(contact_phone="067 000 00 00")
    actions.note(report.pk, town.electrician, "Дзвонити Олені на 067 000 00 00")
    retention.forget_senders([report.pk])
    assert not InternalNote.objects.exists()


# Contact data


def test_contact_data_are_shown_to_whoever_may_see_them(electrician: Client, town: Town) -> None:
    report = town.published(contact_phone="067 000 00 00")
    assert "067 000 00 00" in screen(electrician, report)


# Answers to the category's own questions


def test_what_the_sender_answered_stands_in_words(electrician: Client, town: Town) -> None:
    choices = [{"key": "wood", "uk": "Дерево", "en": "Wood"}, {"key": "steel", "uk": "Сталь", "en": ""}]
    asked = {"service": town.lamp, "datatype": "multivaluelist", "choices": choices}
    Question.objects.create(code="pole", label_uk="Опора", label_en="Pole", order=1, **asked)
    Question.objects.create(code="number", label_uk="Номер", label_en="Number", service=town.lamp, order=2)
    Question.objects.create(code="since", label_uk="Відколи", label_en="Since", service=town.lamp, order=3)
    report = town.published(answers={"pole": ["wood", "steel", "ivory"], "number": "<17>"})
    answered = electrician.get(DESK, {"report": report.pk}).context["answered"]
    assert answered == [("Pole", "Wood, Сталь, ivory"), ("Number", "<17>")]
    assert "&lt;17&gt;" in screen(electrician, report)


# Help


def offered(town: Town, report: Report) -> HelpOffer:
    actions.welcome_help(report.pk, welcome=True)
    return actions.offer_help(report.pk, town.resident, "Маю драбину")


def test_help_is_welcomed_and_not_any_more(electrician: Client, town: Town) -> None:
    report = town.published()
    electrician.post(f"{DESK}{report.pk}/help/", {"welcome": "1"})
    assert again(report).welcomes_help
    electrician.post(f"{DESK}{report.pk}/help/", {"welcome": "0"})
    assert not again(report).welcomes_help


def test_an_offer_is_accepted_and_then_thanked_for(electrician: Client, town: Town) -> None:
    report = town.published()
    offer = offered(town, report)
    address = f"{DESK}{report.pk}/offers/{offer.pk}/"
    electrician.post(address, {"judge": "accept"})
    electrician.post(address, {"judge": "helped"})
    offer.refresh_from_db()
    assert offer.state == "done"
    assert again(report).changes.last().note == "helped"


def test_an_offer_is_declined(electrician: Client, town: Town) -> None:
    report = town.published()
    offer = offered(town, report)
    electrician.post(f"{DESK}{report.pk}/offers/{offer.pk}/", {"judge": "decline"})
    offer.refresh_from_db()
    assert offer.state == "declined"


def test_an_offer_that_was_answered_meanwhile_is_a_clear_sentence(electrician: Client, town: Town) -> None:
    report = town.published()
    offer = offered(town, report)
    actions.decline_help(offer.pk, town.electrician)
    page = electrician.post(f"{DESK}{report.pk}/offers/{offer.pk}/", {"judge": "accept"}, follow=True)
    assert "This offer was answered or taken back meanwhile" in page.content.decode()


def test_offers_to_other_bodies_are_not_found(electrician: Client, town: Town) -> None:
    other = town.published(point=IN_THE_EAST)
    offer = offered(town, other)
    ours = town.published()
    for report in (other, ours):
        address = f"{DESK}{report.pk}/offers/{offer.pk}/"
        assert electrician.post(address, {"judge": "accept"}).status_code == 404


def test_reports_with_offers_are_found_by_a_mark(electrician: Client, town: Town) -> None:
    report = town.published()
    town.published()
    offered(town, report)
    assert list(electrician.get(f"{DESK}?only=offers").context["page"]) == [report]


# Links for contractors


def given(browser: Client, report: Report, days: int = 7) -> AnswerLink:
    browser.post(f"{DESK}{report.pk}/link/", {"to": "Бригада № 3", "days": days})
    return AnswerLink.objects.get(report=report)


def path(link: AnswerLink) -> str:
    return f"/horodok/answer/{answer_links.link_token(link)}/"


def test_a_link_for_a_contractor_answers_and_is_shown_with_its_end(
    electrician: Client, visitor: Client, town: Town
) -> None:
    report = town.published()
    link = given(electrician, report)
    assert link.expires_at - link.given_at == timedelta(days=7)
    assert "Бригада № 3" in screen(electrician, report)
    assert f"/horodok/answer/{answer_links.link_token(link).split(':')[0]}" in screen(electrician, report)
    visitor.post(path(link), {"verb": "resolve", "reason": "Замінили"})
    assert again(report).status == "resolved"


def test_a_link_that_was_taken_back_is_over(electrician: Client, visitor: Client, town: Town) -> None:
    report = town.published()
    link = given(electrician, report)
    electrician.post(f"{DESK}{report.pk}/link/{link.pk}/back/")
    assert visitor.get(path(link)).status_code == 410
    assert "Бригада № 3" not in screen(electrician, report)


def test_a_link_is_over_at_its_end(electrician: Client, visitor: Client, town: Town) -> None:
    report = town.published()
    link = given(electrician, report, days=3)
    past = timezone.now() - timedelta(days=4)
    AnswerLink.objects.update(given_at=past, expires_at=past + timedelta(days=3))
    assert visitor.get(path(link)).status_code == 410


@pytest.mark.parametrize("sent", [{"to": "", "days": "7"}, {"to": "Бригада", "days": "365"}])
def test_a_link_needs_a_name_and_one_of_the_periods(
    electrician: Client, town: Town, sent: dict[str, str]
) -> None:
    report = town.published()
    assert electrician.post(f"{DESK}{report.pk}/link/", sent).status_code == 422
    assert not AnswerLink.objects.exists()


def test_links_of_other_bodies_can_not_be_taken_back(electrician: Client, town: Town) -> None:
    other = town.published(point=IN_THE_EAST)
    link = actions.hand_link(other.pk, town.moderator, "Хтось", 3)
    ours = town.published()
    assert electrician.post(f"{DESK}{ours.pk}/link/{link.pk}/back/").status_code == 404
    link.refresh_from_db()
    assert link.is_good


# Duplicates close by


def test_a_report_close_by_can_be_merged_from_the_screen(electrician: Client, town: Town) -> None:
    case, report = town.published("Перше"), town.published("Те саме")
    far = town.published(point=IN_THE_EAST)
    assert electrician.get(DESK, {"report": report.pk}).context["nearby"] == [case]
    assert far.point != case.point
    electrician.post(f"{DESK}{report.pk}/merge/", {"into": case.pk})
    assert again(report).duplicate_of == case


def test_what_is_closed_or_an_idea_is_no_duplicate(electrician: Client, town: Town) -> None:
    actions.resolve(town.published().pk, town.electrician, "Готово")
    ideas = Section.objects.create(city=town.city, code=Section.IDEAS, name_uk="Ідеї")
    idea = Service.objects.create(city=town.city, section=ideas, code="idea", name_uk="Ідея")
    Report.objects.filter(pk=town.published().pk).update(service=idea)
    report = town.published()
    assert electrician.get(DESK, {"report": report.pk}).context["nearby"] == []


@pytest.mark.parametrize("verb", ["note", "help", "link"])
def test_asked_without_anything_to_do_they_lead_to_the_report(
    electrician: Client, town: Town, verb: str
) -> None:
    report = town.published()
    answer = electrician.get(f"{DESK}{report.pk}/{verb}/")
    assert answer.headers["Location"] == f"{DESK}?report={report.pk}"


@pytest.mark.parametrize("verb", ["note", "help", "link"])
def test_reports_of_other_bodies_are_not_found(electrician: Client, town: Town, verb: str) -> None:
    other = town.published(point=IN_THE_EAST)
    assert electrician.post(f"{DESK}{other.pk}/{verb}/", {"text": "x", "welcome": "1"}).status_code == 404
