"""Who hears of what, and when: the rows of the outbox."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from districts.models import Policy, User
from reports import actions
from reports.models import Letter

KYIV = ZoneInfo("Europe/Kyiv")


@pytest.fixture
def people(db):
    return [User.objects.create_user(f"p{number}@town.example") for number in range(4)]


def recipients(audience):
    return sorted(Letter.objects.filter(audience=audience).values_list("address", flat=True))


def test_followers_hear_of_each_change_but_not_of_their_own(town, people):
    report = town.published()
    for person in people[:2]:
        actions.follow(report.pk, person)
    actions.start(report.pk, people[0])
    assert recipients("follower") == ["p1@town.example"]


def test_the_department_hears_when_a_report_comes_and_when_it_is_opened_again(town):
    report = town.published(point=town.place(30.305, 50.17))
    actions.resolve(report.pk, town.worker, "Filled")
    actions.reopen(report.pk, None, "It is back")
    assert recipients("department") == ["roads@town.example"] * 2


def test_nobody_but_the_reporter_hears_of_a_rejected_report(town):
    report = town.received(contact_email="olena@town.example")
    Letter.objects.all().delete()
    actions.reject(report.pk, town.moderator, "An advertisement")
    assert list(Letter.objects.values_list("address", flat=True)) == ["olena@town.example"]


def test_in_quiet_hours_letters_wait_for_the_morning(town, monkeypatch):
    now = timezone.localtime(timezone=KYIV)
    quiet_from, quiet_until = (now - timedelta(hours=1)).time(), (now + timedelta(hours=1)).time()
    Policy.objects.create(city=town.city, quiet_from=quiet_from, quiet_until=quiet_until)
    town.received(contact_email="olena@town.example")
    letter = Letter.objects.get()
    assert timedelta(minutes=58) < letter.send_after - letter.created_at < timedelta(minutes=62)


def test_who_wants_one_letter_a_day_waits_for_it(town, people):
    User.objects.filter(pk=people[0].pk).update(daily_digest=True)
    report = town.published()
    actions.follow(report.pk, people[0])
    actions.start(report.pk, town.worker)
    letter = Letter.objects.get(audience="follower")
    assert letter.daily
    assert letter.send_after.astimezone(KYIV).hour == 8


def test_a_message_id_is_the_same_however_often_it_is_worked_out_and_different_for_each_reader(town, people):
    report = town.published()
    for person in people[:2]:
        actions.follow(report.pk, person)
    actions.start(report.pk, town.worker)
    ids = set(Letter.objects.filter(audience="follower").values_list("message_id", flat=True))
    assert len(ids) == 2
    assert all(one.startswith("<") and one.endswith(">") for one in ids)
