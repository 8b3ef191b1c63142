"""Hearing of a report without an account: asked for, proved by a letter, stopped with one click."""

from typing import Any

import pytest
from django.core import signing
from django.core.mail import EmailMessage
from django.test import Client

from layers.models import City
from reports import actions, drafts
from reports.follow_links import SALT, follow_address
from reports.mailing import send
from reports.models import Follower, Letter, Report
from tests.town import Town, box

OLENA = "olena@example.org"


@pytest.fixture(autouse=True)
def letters(settings: Any) -> None:
    settings.EMAIL_CONFIGURED = True


def ask(visitor: Client, report: Report, address: str = OLENA) -> Any:
    return visitor.post(f"/horodok/reports/{report.pk}/follow-by-mail/", {"email": address})


def link(report: Report, address: str = OLENA) -> str:
    return "/horodok/" + follow_address(report, address).partition("/horodok/")[2]


def test_asking_sends_a_letter_and_follows_nothing_yet(visitor: Client, town: Town) -> None:
    report = town.published()
    assert ask(visitor, report).status_code == 302
    letter = Letter.objects.get(audience="follow_asked")
    assert (letter.address, letter.report) == (OLENA, report)
    assert not Follower.objects.exists()


def test_asking_again_the_same_day_sends_no_second_letter(visitor: Client, town: Town) -> None:
    report = town.published()
    ask(visitor, report)
    ask(visitor, report)
    assert Letter.objects.filter(audience="follow_asked").count() == 1


def test_who_asks_for_letters_to_many_addresses_is_told_to_wait(
    visitor: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.abuse.LIMITS", {"ask-for-letters": 1})
    report = town.published()
    assert ask(visitor, report).status_code == 302
    page = ask(visitor, report, "ivan@example.org")
    assert page.status_code == 429
    assert "ivan@example.org" in page.content.decode()
    assert not Letter.objects.filter(address="ivan@example.org").exists()


def test_the_link_asks_and_its_button_follows(visitor: Client, town: Town) -> None:
    report = town.published()
    assert OLENA in visitor.get(link(report)).content.decode()
    assert not Follower.objects.exists()
    for _ in range(2):
        visitor.post(link(report))
    assert Follower.objects.get().email == OLENA


def test_who_follows_by_mail_hears_of_changes(visitor: Client, town: Town) -> None:
    report = town.published()
    visitor.post(link(report))
    actions.resolve(report.pk, town.electrician, "Готово")
    assert Letter.objects.filter(audience="follower", address=OLENA).exists()


def test_a_report_that_is_private_by_now_cannot_be_followed(visitor: Client, town: Town) -> None:
    report = town.published()
    actions.keep_private(report.pk, town.moderator, private=True)
    assert visitor.post(link(report)).status_code == 404
    assert ask(visitor, report).status_code == 404
    assert not Follower.objects.exists()


@pytest.mark.parametrize("token", ["x", signing.dumps({"report": 1, "address": OLENA}, salt="other")])
def test_a_forged_link_is_explained(visitor: Client, town: Town, token: str) -> None:
    answer = visitor.get(f"/horodok/follow/{token}/")
    assert answer.status_code == 404
    assert "This link is over" in answer.content.decode()


def test_a_link_of_another_city_is_not_found(visitor: Client, town: Town) -> None:
    City.objects.create(slug="sad", name_uk="Сад", boundary=box(31, 50, 31.1, 50.1), live=True)
    assert visitor.post(link(town.published()).replace("/horodok/", "/sad/")).status_code == 404


@pytest.mark.parametrize(("address", "sentence"), [("", "Write your e-mail address"), ("olena@", "in full")])
def test_an_address_that_is_none_is_explained(
    visitor: Client, town: Town, address: str, sentence: str
) -> None:
    answer = ask(visitor, town.published(), address)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_city_without_letters_says_so(visitor: Client, town: Town, settings: Any) -> None:
    settings.EMAIL_CONFIGURED = False
    report = town.published()
    ask(visitor, report)
    assert not Letter.objects.exclude(audience="department").exists()
    shown = visitor.get(f"/horodok/reports/{report.pk}/follow-by-mail/").content.decode()
    assert "sends no letters yet" in shown


def test_the_letter_holds_a_link_for_its_own_address(town: Town, mailoutbox: list[EmailMessage]) -> None:
    actions.ask_to_follow(town.published().pk, OLENA)
    send(Letter.objects.get(audience="follow_asked"))
    token = str(mailoutbox[0].body).partition("/follow/")[2].partition("/")[0]
    assert signing.loads(token, salt=SALT)["address"] == OLENA


def test_the_receipt_promises_who_answers_and_when(visitor: Client, town: Town) -> None:
    shown = visitor.get(f"/horodok/track/{town.report().token}/").content.decode()
    assert "City Lights answers for this in West." in shown
    assert "an answer is promised by" in shown


def test_drafts_are_listed_on_ones_own_page(resident: Client, town: Town) -> None:
    draft = drafts.start(town.city, town.resident, text="Темно", service="lamp", lon=30.305, lat=50.165)
    shown = resident.get("/me/").content.decode()
    assert "Not sent yet" in shown
    assert f"/horodok/report/{draft.token}/" in shown
