"""Forms that programs fill in: how they are told from people's, and that nobody loses what was typed."""

import json
import time
from typing import Any

import pytest
from django.test import Client

from frontend.guards import STAMP
from reports.models import BlockedSender, Report
from tests.town import IN_THE_WEST, Town

FORM = "/horodok/report/"


def filled(**more: str) -> dict[str, str]:
    return {
        "lon": str(IN_THE_WEST.x),
        "lat": str(IN_THE_WEST.y),
        "service": "lamp",
        "text": "Не світить ліхтар",
        **more,
    }


def served(monkeypatch: pytest.MonkeyPatch, seconds_ago: int) -> str:
    """A stamp of a form that was served so long ago."""
    with monkeypatch.context() as then:
        now = time.time()
        then.setattr(time, "time", lambda: now - seconds_ago)
        return STAMP.sign("served")


def test_a_form_that_comes_back_at_once_is_asked_for_again_with_all_that_was_typed(
    visitor: Client, town: Town, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.QUICKEST_REPORT_S = 60
    page = visitor.post(FORM, filled(served=served(monkeypatch, 1)))
    assert page.status_code == 422
    body = page.content.decode()
    assert "This came very fast" in body
    assert "Не світить ліхтар" in body
    assert not Report.objects.exists()


def test_the_same_form_goes_through_a_little_later(
    visitor: Client, town: Town, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.QUICKEST_REPORT_S = 60
    assert visitor.post(FORM, filled(served=served(monkeypatch, 62))).status_code == 302
    assert Report.objects.count() == 1


@pytest.mark.parametrize("stamp", ["", "nonsense", "served:1xVp9H:duV2VylKIP3mftYl3Pb1d"])
def test_a_client_without_a_stamp_of_ours_is_not_timed(visitor: Client, town: Town, stamp: str) -> None:
    assert visitor.post(FORM, filled(served=stamp)).status_code == 302


def test_who_fills_in_what_nobody_sees_is_asked_again_and_the_field_is_empty_then(
    visitor: Client, town: Town
) -> None:
    page = visitor.post(FORM, filled(homepage="https://spam.example"))
    assert page.status_code == 422
    assert "https://spam.example" not in page.content.decode()
    assert "Не світить ліхтар" in page.content.decode()
    assert not Report.objects.exists()


def test_what_nobody_sees_is_no_stop_for_the_keyboard_and_nothing_to_a_screen_reader(
    visitor: Client, town: Town
) -> None:
    page = visitor.post(FORM, filled(text="")).content.decode()
    assert '<div class="unseen" aria-hidden="true">' in page
    field = page[page.index('name="homepage"') :]
    assert 'tabindex="-1"' in field[: field.index(">")]


def test_the_sixty_first_report_of_an_hour_is_kept_in_the_form_and_asked_to_wait(
    visitor: Client, town: Town, settings: Any
) -> None:
    settings.ANONYMOUS_REPORTS_AN_HOUR = 1
    visitor.post(FORM, filled())
    page = visitor.post(FORM, filled(text="Ще один"))
    assert page.status_code == 429
    assert 3590 < int(page["Retry-After"]) <= 3600
    assert "Ще один" in page.content.decode()
    assert Report.objects.count() == 1


def test_a_spoofed_address_makes_nobody_new(visitor: Client, town: Town, settings: Any) -> None:
    settings.ANONYMOUS_REPORTS_AN_HOUR = 1
    visitor.post(FORM, filled(), headers={"x-forwarded-for": "198.51.100.1"})
    assert visitor.post(FORM, filled(), headers={"x-forwarded-for": "198.51.100.2"}).status_code == 429


def test_the_api_answers_429_with_retry_after(visitor: Client, town: Town, settings: Any) -> None:
    settings.ANONYMOUS_REPORTS_AN_HOUR = 0
    body = {"city": "horodok", "service": "lamp", "text": "Темно", "lon": 30.305, "lat": 50.165}
    answer = visitor.post("/api/v1/reports/", json.dumps(body), content_type="application/json")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert answer["Content-Type"] == "application/problem+json"


def test_a_blocked_sender_is_told_politely_and_loses_nothing(visitor: Client, town: Town) -> None:
    BlockedSender.objects.create(city=town.city, kind="domain", value="spam.example", reason="Реклама")
    page = visitor.post(FORM, filled(contact_email="a@spam.example"))
    assert page.status_code == 422
    assert "takes nothing from this sender for the time being" in page.content.decode()
    assert "Не світить ліхтар" in page.content.decode()


def test_the_api_refuses_a_blocked_sender(visitor: Client, town: Town) -> None:
    BlockedSender.objects.create(city=town.city, kind="network", value="127.0.0.0/8", reason="Реклама")
    body = {"city": "horodok", "service": "lamp", "text": "Темно", "lon": 30.305, "lat": 50.165}
    answer = visitor.post("/api/v1/reports/", json.dumps(body), content_type="application/json")
    assert answer.status_code == 403


def test_too_many_flags_keep_what_was_typed(visitor: Client, town: Town, monkeypatch: Any) -> None:
    monkeypatch.setattr("reports.abuse.LIMITS", {"flag": 0})
    page = visitor.post(f"/horodok/reports/{town.published().pk}/flag/", {"flag-reason": "Тут чуже прізвище"})
    assert page.status_code == 429
    assert "Тут чуже прізвище" in page.content.decode()


def test_too_many_supports_are_told_on_the_page(resident: Client, town: Town, monkeypatch: Any) -> None:
    monkeypatch.setattr("reports.abuse.LIMITS", {"support": 0})
    report = town.published()
    page = resident.post(f"/horodok/reports/{report.pk}/support/", follow=True)
    assert "too often in one hour" in page.content.decode()
    assert report.supports.count() == 0
