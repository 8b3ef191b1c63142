"""The rules of a city, its days off and its ready texts on the administrator's screens."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.test import Client

from districts.models import CannedText, Holiday, Policy
from districts.workdays import days_off, due
from tests.frontend.settings_world import SETTINGS, another_city
from tests.town import Town

TEXT = {"purpose": "reject", "title_uk": "Дубль", "title_en": "", "text_uk": "Про це вже є", "text_en": ""}


def rules(**changes: Any) -> dict[str, Any]:
    return {
        "reporters": "confirmed",
        "reopen_days": "14",
        "objections_needed": "5",
        "objection_radius_m": "150",
        "retention_months": "12",
        "quiet_from": "22:00",
        "quiet_until": "07:00",
        "takes_ideas": "on",
        **changes,
    }


def test_all_rules_of_a_city_are_kept(town: Town, administrator: Client) -> None:
    administrator.post(f"{SETTINGS}rules/", rules())
    kept = Policy.objects.get(city=town.city)
    assert (kept.reporters, kept.reopen_days, kept.objections_needed) == ("confirmed", 14, 5)
    assert (kept.objection_radius_m, kept.retention_months) == (150, 12)
    assert (kept.quiet_from, kept.quiet_until) == (time(22), time(7))
    assert (kept.takes_ideas, kept.is_formal_appeal) == (True, False)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"retention_months": "0"}, "Write a whole number from 1 to 240."),
        ({"reopen_days": "багато"}, "Write a whole number from 1 to 730."),
        ({"quiet_until": ""}, "Write both hours, or leave both empty."),
        ({"quiet_until": "22:00"}, "Choose another hour than the first one."),
        ({"quiet_from": "25:61"}, "Write the time like 22:00."),
    ],
)
def test_rules_that_make_no_sense_are_refused_and_kept_in_the_form(
    town: Town, administrator: Client, changes: dict[str, str], complaint: str
) -> None:
    answer = administrator.post(f"{SETTINGS}rules/", rules(**changes))
    assert answer.status_code == 422
    assert complaint in answer.content.decode()
    assert 'value="150"' in answer.content.decode()
    assert not Policy.objects.exists()


def test_a_day_off_moves_due_dates(town: Town, administrator: Client) -> None:
    """2026-11-24 is a Tuesday; two working days later is Thursday, or Friday where Wednesday is off."""
    start = datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert due(town.city, start, 2).date() == date(2026, 11, 26)
    administrator.post(f"{SETTINGS}days/", {"day": "2026-11-25", "name": "День міста"})
    assert due(town.city, start, 2).date() == date(2026, 11, 27)


def test_a_day_that_is_there_is_not_added_twice(town: Town, administrator: Client) -> None:
    for _ in range(2):
        answer = administrator.post(f"{SETTINGS}days/", {"day": "2031-05-12", "name": "День міста"})
    assert answer.status_code == 422
    assert "This day is in the list already" in answer.content.decode()
    assert Holiday.objects.count() == 1


def test_a_day_is_taken_out(town: Town, administrator: Client) -> None:
    row = Holiday.objects.create(city=town.city, day=date(2031, 5, 12))
    administrator.post(f"{SETTINGS}days/{row.pk}/remove/")
    assert not Holiday.objects.exists()


def test_days_off_of_a_year_of_peace_are_named_in_the_readers_language() -> None:
    """In 2021 the law still gave days off: eleven, and Independence Day on 24 August."""
    assert (date(2021, 8, 24), "Independence Day") in days_off(2021)


def test_the_calendar_says_why_there_are_no_days_off_in_war(town: Town, administrator: Client) -> None:
    assert "under martial law" in administrator.get(f"{SETTINGS}days/").content.decode()


def test_a_ready_text_is_written_changed_and_taken_out(town: Town, administrator: Client) -> None:
    administrator.post(f"{SETTINGS}texts/new/", TEXT)
    row = CannedText.objects.get(city=town.city, purpose="reject", title_uk="Дубль")
    administrator.post(f"{SETTINGS}texts/{row.pk}/", {**TEXT, "text_en": "Somebody told us already"})
    row.refresh_from_db()
    assert (row.text_uk, row.text_en) == ("Про це вже є", "Somebody told us already")
    administrator.post(f"{SETTINGS}texts/{row.pk}/remove/")
    assert not CannedText.objects.exists()


def test_a_ready_text_without_words_is_refused(town: Town, administrator: Client) -> None:
    answer = administrator.post(f"{SETTINGS}texts/new/", {**TEXT, "purpose": "", "text_uk": ""})
    assert answer.status_code == 422
    assert "Choose where it is offered." in answer.content.decode()
    assert "Write the text in Ukrainian." in answer.content.decode()


def test_days_and_texts_of_another_city_are_not_to_be_found(town: Town, administrator: Client) -> None:
    foreign = another_city()
    text = CannedText.objects.create(city=foreign, purpose="reject", title_uk="Ч", text_uk="Ч")
    day = Holiday.objects.create(city=foreign, day=date(2031, 5, 12))
    for address in (f"texts/{text.pk}/", f"texts/{text.pk}/remove/", f"days/{day.pk}/remove/"):
        assert administrator.post(f"{SETTINGS}{address}", TEXT).status_code == 404
