"""What bodies do with a report, in working days."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from districts.models import Department, Holiday, Service
from districts.workdays import due, later
from reports import actions
from reports.errors import (
    NeedsADate,
    NeedsAPhoto,
    NotAsked,
    NotServing,
)
from reports.models import Photo, Report

KYIV = ZoneInfo("Europe/Kyiv")


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (datetime(2026, 11, 24, 10, tzinfo=KYIV), 1, date(2026, 11, 25)),  # Tuesday -> Wednesday
        (datetime(2026, 11, 27, 10, tzinfo=KYIV), 1, date(2026, 11, 30)),  # Friday -> Monday
        (datetime(2026, 11, 28, 10, tzinfo=KYIV), 1, date(2026, 11, 30)),  # Saturday -> Monday
        (datetime(2026, 11, 24, 23, 59, tzinfo=KYIV), 5, date(2026, 12, 1)),
        (datetime(2026, 11, 24, 10, tzinfo=KYIV), 0, date(2026, 11, 24)),
    ],
)
def test_due_days_are_working_days_of_the_city(town, start, days, end):
    assert due(town.city, start, days) == datetime.combine(
        end, datetime.min.time().replace(hour=18), tzinfo=KYIV
    )


@pytest.mark.parametrize(
    ("asked", "answered", "end"),
    [
        # Due on Friday at 18. A day on which the city works moves it over the weekend.
        (datetime(2026, 11, 24, 10, tzinfo=KYIV), datetime(2026, 11, 25, 10, tzinfo=KYIV), (30, 18)),
        # Two hours are two hours.
        (datetime(2026, 11, 24, 10, tzinfo=KYIV), datetime(2026, 11, 24, 12, tzinfo=KYIV), (27, 20)),
        # A Saturday and a Sunday are nothing, Monday's first nine hours are nine: six of Friday, three of Monday.
        (datetime(2026, 11, 28, 0, tzinfo=KYIV), datetime(2026, 11, 30, 9, tzinfo=KYIV), (30, 3)),
    ],
)
def test_a_due_date_moves_by_the_working_time_that_was_waited(town, asked, answered, end):
    friday = datetime(2026, 11, 27, 18, tzinfo=KYIV)
    day, hour = end
    assert later(town.city, friday, asked, answered) == datetime(2026, 11, day, hour, tzinfo=KYIV)


def test_a_holiday_of_the_city_is_passed_over(town):
    Holiday.objects.create(city=town.city, day=date(2026, 11, 25))
    assert due(town.city, datetime(2026, 11, 24, 10, tzinfo=KYIV), 1).date() == date(2026, 11, 26)


def test_a_saturday_on_which_the_city_works_counts(town):
    Holiday.objects.create(city=town.city, day=date(2026, 11, 28), works=True)
    assert due(town.city, datetime(2026, 11, 27, 10, tzinfo=KYIV), 1).date() == date(2026, 11, 28)


def test_planning_needs_a_day_to_come(town):
    report = town.published()
    for day in (None, timezone.localdate() - timedelta(days=1)):
        with pytest.raises(NeedsADate):
            actions.plan(report.pk, town.worker, day)


def test_a_planned_report_tells_its_day(town):
    day = timezone.localdate() + timedelta(days=7)
    report = actions.plan(town.published().pk, town.worker, day, "Before the frost")
    assert (report.status, report.planned_for, report.changes.last().details) == (
        "planned",
        day,
        {"planned_for": day.isoformat()},
    )


def test_what_is_passed_on_stays_open(town):
    report = actions.pass_on(town.published().pk, town.worker, "Oblenergo")
    assert report.is_open
    assert report.passed_to == "Oblenergo"


def test_a_service_may_want_a_photo_of_the_outcome(town):
    Service.objects.filter(pk=town.holes.pk).update(wants_photo=True)
    report = town.published()
    with pytest.raises(NeedsAPhoto):
        actions.resolve(report.pk, town.worker, "Filled")
    Photo.objects.create(report=report, role="outcome", original="x.webp")
    assert actions.resolve(report.pk, town.worker, "Filled").status == "resolved"


def test_not_ours_goes_to_the_named_body_and_is_counted_with_its_rule(town):
    report = town.published(point=town.place(30.305, 50.17))
    rule = report.decision["candidates"][0]["rule_id"]
    moved = actions.reroute(report.pk, town.worker, town.lights_body, "A lamp fell")
    assert moved.department == town.lights_body
    assert moved.changes.last().details == {"from": "roads", "to": "lights", "rule": rule}


def test_not_ours_without_a_body_goes_to_the_queue_that_nobody_answers(town):
    report = actions.reroute(town.published().pk, town.worker, None, "No idea whose")
    assert list(Report.objects.unanswered(town.city)) == [report]


def test_a_body_of_another_city_is_refused(town):
    from layers.models import City
    from tests.conftest import box

    other = City.objects.create(slug="other", name_uk="Інше", boundary=box(20, 40, 21, 41), live=True)
    foreign = Department.objects.create(city=other, code="f", name_uk="Чужий")
    with pytest.raises(NotServing):
        actions.reroute(town.published().pk, town.worker, foreign, "Theirs")


@pytest.fixture
def every_day_works(town):
    today = timezone.localdate()
    Holiday.objects.bulk_create(
        Holiday(city=town.city, day=today + timedelta(days=days), works=True) for days in range(-7, 60)
    )


def test_while_the_reporter_is_asked_the_clock_stands_still(town, every_day_works):
    report = actions.ask(town.published().pk, town.worker, "Which yard?")
    due_at = report.due_at
    Report.objects.filter(pk=report.pk).update(asked_at=timezone.now() - timedelta(days=3))
    answered = actions.answer(report.pk, None, "The second one")
    assert answered.asked_at is None
    assert timedelta(days=3) <= answered.due_at - due_at < timedelta(days=3, minutes=1)


def test_what_is_sent_on_while_the_reporter_is_asked_waits_only_once(town, every_day_works):
    """Asked three days ago, sent on today: the new body has its days from the answer on."""
    report = actions.ask(town.published(point=town.place(30.305, 50.17)).pk, town.worker, "Which yard?")
    Report.objects.filter(pk=report.pk).update(asked_at=timezone.now() - timedelta(days=3))
    actions.reroute(report.pk, town.worker, town.lights_body, "Theirs")
    answered = actions.answer(report.pk, None, "The second one")
    assert answered.due_at - due(town.city, timezone.now(), 10) < timedelta(minutes=1)


def test_an_asked_report_is_not_overdue(town):
    report = actions.ask(town.published().pk, town.worker, "Which yard?")
    Report.objects.filter(pk=report.pk).update(due_at=timezone.now() - timedelta(days=1))
    assert not Report.objects.get(pk=report.pk).is_overdue
    assert not Report.objects.overdue(timezone.now()).exists()


def test_an_answer_that_nobody_waits_for_is_refused(town):
    with pytest.raises(NotAsked):
        actions.answer(town.published().pk, None, "Hello")
