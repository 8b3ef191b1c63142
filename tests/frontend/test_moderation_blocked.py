"""The moderators' list of blocked senders, and the letters that did not arrive."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from districts.models import User
from layers.models import City
from reports import actions
from reports.models import BlockedSender, Letter
from tests.town import Town, box

BLOCKED = "/horodok/moderation/blocked/"
LETTERS = "/horodok/moderation/letters/"


@pytest.mark.parametrize(
    ("written", "kind", "value"),
    [
        ("Spam@Example.org", "email", "spam@example.org"),
        ("example.org", "domain", "example.org"),
        ("@example.org", "domain", "example.org"),
        ("203.0.113.7", "network", "203.0.113.7/32"),
        ("203.0.113.7/24", "network", "203.0.113.0/24"),
        ("2001:db8::1/64", "network", "2001:db8::/64"),
    ],
)
def test_what_is_blocked_is_told_by_how_it_is_written(
    moderator: Client, town: Town, written: str, kind: str, value: str
) -> None:
    moderator.post(f"{BLOCKED}add/", {"sender": written, "reason": "Реклама", "until": "30"})
    kept = BlockedSender.objects.get()
    assert (kept.kind, kept.value, kept.by) == (kind, value, town.moderator)


@pytest.mark.parametrize(
    ("sender", "sentence"),
    [
        ("", "Write whom to block."),
        ("no one", "Write an e-mail address, a domain or a network address"),
        ("olena@", "Write an e-mail address, a domain or a network address"),
        ("a@b@c", "Write the e-mail address in full"),
        ("gmail.com", "Block the single address instead."),
        ("0.0.0.0/0", "choose at least /16"),
        ("2000::/3", "choose at least /32"),
    ],
)
def test_what_cannot_be_blocked_is_refused_in_words_and_kept_in_the_form(
    moderator: Client, town: Town, sender: str, sentence: str
) -> None:
    page = moderator.post(f"{BLOCKED}add/", {"sender": sender, "reason": "Дуже багато реклами"})
    body = page.content.decode()
    assert page.status_code == 422
    assert sentence in body
    assert "Дуже багато реклами" in body
    assert not BlockedSender.objects.exists()


def test_a_block_for_a_week_ends_in_a_week(moderator: Client, town: Town) -> None:
    moderator.post(f"{BLOCKED}add/", {"sender": "example.org", "reason": "Реклама", "until": "7"})
    until = BlockedSender.objects.get().until
    assert until is not None
    assert timedelta(days=6, hours=23) < until - timezone.now() < timedelta(days=7, minutes=1)


def test_the_same_sender_is_not_blocked_twice(moderator: Client, town: Town) -> None:
    for _ in range(2):
        page = moderator.post(f"{BLOCKED}add/", {"sender": "example.org", "reason": "Реклама", "until": ""})
    assert page.status_code == 422
    assert "blocked already" in page.content.decode()
    assert BlockedSender.objects.count() == 1


def test_a_lifted_block_stays_in_the_list_with_who_lifted_it(moderator: Client, town: Town) -> None:
    kept = actions.block(town.city, "domain", "example.org", "Реклама", town.moderator, until=None)
    moderator.post(f"{BLOCKED}{kept.pk}/lift/")
    kept.refresh_from_db()
    assert kept.lifted_by == town.moderator
    page = moderator.get(BLOCKED).content.decode()
    assert "Nobody is blocked." in page
    assert "example.org" in page


def test_another_citys_block_is_not_found(moderator: Client, town: Town) -> None:
    other = City.objects.create(slug="inshe", name_uk="Інше", boundary=box(20, 40, 21, 41), live=True)
    kept = actions.block(other, "domain", "spam.example", "Реклама", town.moderator, until=None)
    assert moderator.post(f"{BLOCKED}{kept.pk}/lift/").status_code == 404
    assert "spam.example" not in moderator.get(BLOCKED).content.decode()


def test_a_department_does_not_see_the_list(electrician: Client, town: Town) -> None:
    assert electrician.get(BLOCKED).status_code == 403


@pytest.fixture
def refused(town: Town) -> Letter:
    """A letter to the sender of a report, whose mailbox is gone."""
    town.report(contact_email="olena@example.org")
    Letter.objects.update(failure="550 5.1.1 no such mailbox")
    return Letter.objects.get()


def test_a_refused_letter_is_shown_with_the_servers_words(moderator: Client, refused: Letter) -> None:
    page = moderator.get(LETTERS).content.decode()
    assert "olena@example.org" in page
    assert "550 5.1.1 no such mailbox" in page


def test_it_can_be_sent_again(moderator: Client, refused: Letter) -> None:
    ProcrastinateJob.objects.all().delete()
    moderator.post(f"{LETTERS}{refused.pk}/again/")
    assert list(Letter.objects.to_send()) == [refused]
    assert ProcrastinateJob.objects.get().args == {"letter_id": refused.pk}


def test_what_was_refused_long_ago_is_not_shown(moderator: Client, refused: Letter) -> None:
    Letter.objects.update(created_at=timezone.now() - timedelta(days=31))
    assert "No letter was refused" in moderator.get(LETTERS).content.decode()


def test_another_citys_refused_letter_is_not_shown(town: Town, refused: Letter) -> None:
    other = City.objects.create(slug="inshe", name_uk="Інше", boundary=box(20, 40, 21, 41), live=True)
    User.objects.create_superuser("platform@example.org")
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(User.objects.get(email="platform@example.org"))
    assert "olena@example.org" not in browser.get(f"/{other.slug}/moderation/letters/").content.decode()


@pytest.mark.parametrize("configured", [True, False])
def test_moderators_are_told_where_no_mail_is_set_up(
    moderator: Client, town: Town, settings: Any, configured: bool
) -> None:
    settings.EMAIL_CONFIGURED = configured
    for page in (LETTERS, "/horodok/moderation/"):
        said = "No mail server is set up" in moderator.get(page).content.decode()
        assert said is not configured
