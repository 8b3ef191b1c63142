"""How often anybody may do a thing, who is blocked, and whose attempt it is."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from districts.models import User
from reports import abuse, jobs
from reports.abuse import Act, Sender
from reports.errors import Blocked, TooOften
from reports.models import AttemptCount, BlockedSender

SOMEWHERE = Sender(None, "203.0.113.7")


def attempts(act: Act, sender: Sender, times: int) -> int:
    """How many of so many attempts go through."""
    through = 0
    for _ in range(times):
        try:
            abuse.count(act, sender, timezone.now())
            through += 1
        except TooOften:
            pass
    return through


def test_sixty_anonymous_reports_go_through_in_an_hour(db):
    assert attempts(Act.REPORT, SOMEWHERE, 62) == 60


def test_it_says_how_long_to_wait(db, settings):
    settings.ANONYMOUS_REPORTS_AN_HOUR = 1
    now = timezone.now()
    abuse.count(Act.REPORT, SOMEWHERE, now)
    with pytest.raises(TooOften, match="in 20 minutes") as refused:
        abuse.count(Act.REPORT, SOMEWHERE, now + timedelta(minutes=40))
    assert refused.value.wait_s == 20 * 60


def test_after_the_hour_it_goes_on(db, settings):
    settings.ANONYMOUS_REPORTS_AN_HOUR = 1
    now = timezone.now()
    abuse.count(Act.REPORT, SOMEWHERE, now)
    abuse.count(Act.REPORT, SOMEWHERE, now + timedelta(minutes=61))
    assert AttemptCount.objects.count() == 1


def test_each_act_is_counted_apart(db):
    assert attempts(Act.FLAG, SOMEWHERE, 21) == 20
    assert attempts(Act.COMMENT, SOMEWHERE, 1) == 1


def test_a_person_is_counted_as_such_wherever_they_are(db):
    person = User.objects.create_user("p@town.example")
    assert attempts(Act.FLAG, Sender(person, "203.0.113.7"), 20) == 20
    assert attempts(Act.FLAG, Sender(person, "198.51.100.1"), 1) == 0
    assert attempts(Act.FLAG, Sender(None, "203.0.113.7"), 1) == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("203.0.113.7", "203.0.113.8", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("", "not an address", True),
    ],
)
def test_of_ipv6_the_first_64_bits_make_the_sender(one, other, same):
    assert (Sender(None, one).digest == Sender(None, other).digest) is same


def test_nothing_that_is_kept_holds_the_address(db):
    abuse.count(Act.REPORT, SOMEWHERE, timezone.now())
    kept = AttemptCount.objects.get()
    assert "203.0.113" not in f"{kept.who}{kept.act}"
    assert len(kept.who) == 64


def test_counts_are_thrown_away_after_a_day(db):
    abuse.count(Act.REPORT, SOMEWHERE, timezone.now() - timedelta(hours=25))
    abuse.count(Act.FLAG, SOMEWHERE, timezone.now() - timedelta(hours=23))
    jobs.forget_counts(timestamp=0)
    assert list(AttemptCount.objects.values_list("act", flat=True)) == ["flag"]


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_no_more_than_the_limit_go_through(settings):
    settings.ANONYMOUS_REPORTS_AN_HOUR = 5
    through: list[int] = []

    def run() -> None:
        through.append(attempts(Act.REPORT, SOMEWHERE, 3))
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(through) == 5


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "address"),
    [
        (False, "198.51.100.66", "203.0.113.7"),
        (True, "198.51.100.66", "198.51.100.66"),
        (True, "10.0.0.1, 198.51.100.66", "198.51.100.66"),
        (True, "", "203.0.113.7"),
    ],
)
def test_only_a_proxy_that_is_known_of_says_whom_it_saw(settings, behind_proxy, forwarded, address):
    settings.BEHIND_PROXY = behind_proxy
    meta = {"REMOTE_ADDR": "203.0.113.7", "HTTP_X_FORWARDED_FOR": forwarded}
    assert abuse.client_address(meta) == address


def admitted(town: Any, act: Act = Act.REPORT, email: str = "", person: User | None = None) -> bool:
    request = RequestFactory().post("/", REMOTE_ADDR="203.0.113.7")
    request.user = person
    try:
        abuse.admit(request, act, town.city, email)
    except Blocked:
        return False
    return True


@pytest.mark.parametrize(
    ("kind", "value", "email", "let_in"),
    [
        ("email", "bad@spam.example", "Bad@Spam.example", False),
        ("email", "bad@spam.example", "good@spam.example", True),
        ("domain", "spam.example", "x@mail.spam.example", False),
        ("domain", "spam.example", "x@notspam.example", True),
        ("network", "203.0.113.0/24", "", False),
        ("network", "198.51.100.0/24", "", True),
        ("network", "2001:db8::/32", "", True),
    ],
)
def test_a_block_covers_what_it_says_and_no_more(town, kind, value, email, let_in):
    BlockedSender.objects.create(city=town.city, kind=kind, value=value, reason="Spam")
    assert admitted(town, email=email) is let_in


def test_a_block_holds_for_a_person_too(town):
    person = User.objects.create_user("bad@spam.example")
    BlockedSender.objects.create(city=town.city, kind="email", value="bad@spam.example", reason="Spam")
    assert not admitted(town, Act.COMMENT, person=person)


def test_a_blocked_sender_may_still_support(town):
    BlockedSender.objects.create(city=town.city, kind="network", value="203.0.113.0/24", reason="Spam")
    assert admitted(town, Act.SUPPORT)


@pytest.mark.parametrize("over", ["lifted_at", "until"])
def test_a_block_that_is_over_holds_nobody(town, over):
    now = timezone.now()
    given = {"kind": "network", "value": "203.0.113.0/24", "reason": "Spam", over: now}
    BlockedSender.objects.create(city=town.city, at=now - timedelta(days=1), **given)
    assert admitted(town)
