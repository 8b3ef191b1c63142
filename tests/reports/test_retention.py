"""Forgetting people: when the city's period is over, and when they leave."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from PIL import Image

from districts.models import Policy, User
from reports import actions, jobs, retention
from reports.models import BlockedSender, Comment, Draft, Letter, Objection, Photo, Report, Support
from tests.town import Town, build_town


@pytest.fixture
def town(db: None, settings: Any, tmp_path: Path) -> Town:
    settings.MEDIA_ROOT = tmp_path
    return build_town()


def closed(town: Town, days_ago: int, **said: object) -> Report:
    report = actions.resolve(town.published(**said).pk, town.electrician, "Готово")  # type: ignore[arg-type]
    Report.objects.filter(pk=report.pk).update(closed_at=timezone.now() - timedelta(days=days_ago))
    return report


def picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    out.seek(0)
    return out


@pytest.mark.parametrize(
    ("moment", "months", "before"),
    [
        (datetime(2026, 11, 24, 10, tzinfo=UTC), 36, datetime(2023, 11, 24, 10, tzinfo=UTC)),
        (datetime(2026, 3, 31, tzinfo=UTC), 1, datetime(2026, 2, 28, tzinfo=UTC)),
        (datetime(2026, 1, 15, tzinfo=UTC), 1, datetime(2025, 12, 15, tzinfo=UTC)),
        (datetime(2024, 2, 29, tzinfo=UTC), 12, datetime(2023, 2, 28, tzinfo=UTC)),
    ],
)
def test_months_are_counted_by_the_calendar(moment: datetime, months: int, before: datetime) -> None:
    assert retention.months_before(moment, months) == before


def test_after_the_period_nobody_knows_whose_a_report_was(town: Town) -> None:
    contact = {"contact_name": "Олена", "contact_email": "o@example.org", "contact_phone": "+380441234567"}
    report = closed(town, 36 * 31, reporter=town.resident, shows_name=True, **contact)
    assert retention.forget_due(town.city) == 1
    report.refresh_from_db()
    assert (report.reporter, report.contact_name, report.contact_email, report.contact_phone) == (
        None,
        "",
        "",
        "",
    )
    assert not report.shows_name
    assert report.text == "Не світить ліхтар"
    assert not report.changes.filter(actor=town.resident).exists()
    assert not Letter.objects.filter(address__in=["o@example.org", town.resident.email]).exists()


def test_before_the_period_is_over_nothing_is_forgotten(town: Town) -> None:
    closed(town, 20, contact_email="o@example.org")
    assert retention.forget_due(town.city) == 0


def test_an_open_report_keeps_its_sender_however_old_it_is(town: Town) -> None:
    report = town.published(contact_email="o@example.org")
    Report.objects.filter(pk=report.pk).update(created_at=timezone.now() - timedelta(days=4000))
    assert retention.forget_due(town.city) == 0


def test_a_city_sets_its_own_period(town: Town) -> None:
    Policy.objects.create(city=town.city, retention_months=1)
    closed(town, 40, contact_email="o@example.org")
    assert retention.forget_due(town.city) == 1


def test_what_is_forgotten_once_is_not_forgotten_again(town: Town) -> None:
    closed(town, 36 * 31, contact_email="o@example.org")
    assert retention.forget_due(town.city) == 1
    assert retention.forget_due(town.city) == 0


def test_a_dry_run_counts_and_forgets_nothing(town: Town) -> None:
    report = closed(town, 36 * 31, contact_email="o@example.org")
    said = io.StringIO()
    call_command("forget", "--dry-run", stdout=said)
    assert said.getvalue().splitlines()[0] == "horodok: to be forgotten: 1"
    assert Report.objects.get(pk=report.pk).contact_email == "o@example.org"


def test_the_nightly_job_forgets_in_every_city(town: Town) -> None:
    report = closed(town, 36 * 31, contact_email="o@example.org")
    jobs.forget_senders(timestamp=0)
    assert Report.objects.get(pk=report.pk).contact_email == ""


def test_what_was_masked_on_a_photo_is_gone_with_its_sender(
    town: Town, django_capture_on_commit_callbacks: Any
) -> None:
    report = town.published(contact_email="o@example.org")
    photo = actions.mask(actions.attach(report, picture()).pk, [(0, 0, 10, 10)])
    unmasked = Path(photo.original.path)
    with django_capture_on_commit_callbacks(execute=True):
        retention.forget_senders([report.pk])
    photo = Photo.objects.get(pk=photo.pk)
    assert photo.original.name == photo.image.name
    assert Path(photo.image.path).exists()
    assert not unmasked.exists()


def test_who_leaves_takes_supports_and_objections_and_leaves_reports_and_comments(town: Town) -> None:
    own = town.published(reporter=town.resident)
    other = closed(town, 0)
    actions.support(other.pk, town.resident)
    actions.comment(other.pk, town.resident, "Мені теж темно")
    actions.object_to(other.pk, town.resident, "Темно", point=own.point)
    retention.forget_person(town.resident)
    assert not User.objects.filter(pk=town.resident.pk).exists()
    assert Report.objects.get(pk=own.pk).reporter is None
    assert Report.objects.get(pk=other.pk).supporters == 0
    assert Comment.objects.get().author is None
    assert (Support.objects.count(), Objection.objects.count()) == (0, 0)


def test_no_letter_to_who_left_is_kept(town: Town) -> None:
    actions.follow(town.published().pk, town.resident)
    town.report(reporter=town.resident)
    retention.forget_person(town.resident)
    assert not Letter.objects.filter(address=town.resident.email).exists()


def test_an_address_that_nobody_proved_is_forgotten_after_a_month(town: Town) -> None:
    for days, word in ((31, "Давнє"), (29, "Нещодавнє")):
        report = town.report(word, contact_email="olena@example.org")
        Report.objects.filter(pk=report.pk).update(
            confirmed_at=None, created_at=timezone.now() - timedelta(days=days)
        )
    retention.forget_due(town.city)
    assert list(Report.objects.exclude(contact_email="").values_list("text", flat=True)) == ["Нещодавнє"]
    assert Letter.objects.count() == 1


def test_a_report_that_waits_for_a_moderator_keeps_its_sender(town: Town) -> None:
    report = town.report(contact_email="olena@example.org")
    Report.objects.update(created_at=timezone.now() - timedelta(days=400))
    retention.forget_due(town.city)
    assert Report.objects.get(pk=report.pk).contact_email == "olena@example.org"


def test_whom_a_city_had_blocked_is_forgotten_after_the_same_period(town: Town) -> None:
    Policy.objects.create(city=town.city, retention_months=1)
    now = timezone.now()
    past, recent, ancient = now - timedelta(days=40), now - timedelta(days=20), now - timedelta(days=900)
    for value, over in [
        ("lifted-long-ago", {"lifted_at": past}),
        ("over-long-ago", {"until": past}),
        ("lifted-lately", {"lifted_at": recent}),
        ("in-force", {}),
    ]:
        BlockedSender.objects.create(
            city=town.city, kind="domain", value=value, reason="Реклама", at=ancient, **over
        )
    retention.forget_due(town.city)
    assert set(BlockedSender.objects.values_list("value", flat=True)) == {"lifted-lately", "in-force"}


def test_the_command_counts_drafts_and_forgets_them_unless_it_only_looks(town: Town) -> None:
    draft = Draft.objects.create(city=town.city, data={"text": "Почате"})
    Draft.objects.update(updated_at=timezone.now() - timedelta(days=15))
    out = io.StringIO()
    call_command("forget", "--dry-run", stdout=out)
    assert "old drafts: 1" in out.getvalue()
    assert Draft.objects.filter(pk=draft.pk).exists()
    call_command("forget", stdout=out)
    assert not Draft.objects.filter(pk=draft.pk).exists()
