"""The life of a report after publication: departments, reporters, neighbours, merges, letters."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.gis.geos import Point
from django.utils import timezone

from districts.models import Department, Holiday, Policy, Reporters, Section, Service, User
from districts.workdays import due, later
from reports import actions
from reports.errors import (
    Claimed,
    ForbiddenStep,
    MayNotReport,
    NeedsADate,
    NeedsAPhoto,
    NotAsked,
    NotMergeable,
    NotOffered,
    NotServing,
    NotYours,
    TooFar,
    TooLate,
)
from reports.models import Objection, Photo, Report

KYIV = ZoneInfo("Europe/Kyiv")


@pytest.fixture
def people(db):
    return [User.objects.create_user(f"p{number}@town.example") for number in range(4)]


def resolved(town, **said):
    report = town.published(**said)
    return actions.resolve(report.pk, town.worker, "Filled")


# Working days


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


# Departments


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


# Honest reopening


def test_the_reporter_opens_it_again_within_the_citys_period(town):
    report = resolved(town)
    assert actions.reopen(report.pk, None, "It is back").status == "reopened"


def test_after_the_citys_period_it_is_too_late(town):
    report = resolved(town)
    Report.objects.filter(pk=report.pk).update(closed_at=timezone.now() - timedelta(days=31))
    with pytest.raises(TooLate):
        actions.reopen(report.pk, None, "It is back")


def test_confirming_ends_the_reporters_window_but_not_the_neighbours(town, people):
    report = resolved(town)
    actions.confirm(report.pk, None)
    with pytest.raises(TooLate):
        actions.reopen(report.pk, None, "It is back")
    for person in people[:3]:
        actions.object_to(report.pk, person, "It is back", point=town.place())
    assert Report.objects.get(pk=report.pk).status == "reopened"


def test_one_objection_makes_it_disputed_and_the_third_opens_it_again(town, people):
    report = resolved(town)
    seen = []
    for person in people[:3]:
        report = actions.object_to(report.pk, person, "Still a hole", point=town.place())
        seen.append((report.status, report.disputed))
    assert seen == [("resolved", True), ("resolved", True), ("reopened", False)]


def test_the_same_person_objects_once(town, people):
    report = resolved(town)
    for _ in range(3):
        report = actions.object_to(report.pk, people[0], "Still a hole", point=town.place())
    assert (report.status, Objection.objects.count()) == ("resolved", 1)


def test_an_objection_from_afar_needs_a_photo(town, people):
    report = resolved(town)
    # 0.0028 degrees of longitude at 50.165 degrees are 200.1 m, beyond the 200 m that count.
    with pytest.raises(TooFar):
        actions.object_to(report.pk, people[0], "Still a hole", point=town.place(30.305 + 0.0029))
    photo = Photo.objects.create(report=report, original="x.webp")
    assert actions.object_to(report.pk, people[0], "Still a hole", photo=photo).disputed


def test_objections_count_for_one_closing_only(town, people):
    report = resolved(town)
    for person in people[:2]:
        actions.object_to(report.pk, person, "Still a hole", point=town.place())
    actions.reopen(report.pk, None, "It is back")
    actions.resolve(report.pk, town.worker, "Filled again")
    again = actions.object_to(report.pk, people[2], "Still a hole", point=town.place())
    assert (again.status, again.disputed) == ("resolved", True)


def test_an_open_report_cannot_be_objected_to(town, people):
    with pytest.raises(ForbiddenStep):
        actions.object_to(town.published().pk, people[0], "Still a hole", point=town.place())


# Support, merge, comments


def test_support_counts_each_person_once_and_lets_them_follow(town, people):
    report = town.published()
    assert [actions.support(report.pk, person) for person in (people[0], people[0], people[1])] == [
        True,
        False,
        True,
    ]
    assert Report.objects.get(pk=report.pk).supporters == 2
    assert report.followers.count() == 2


def test_support_can_be_withdrawn(town, people):
    report = town.published()
    actions.support(report.pk, people[0])
    assert [actions.withdraw_support(report.pk, people[0]) for _ in range(2)] == [True, False]
    assert Report.objects.get(pk=report.pk).supporters == 0


def test_ones_own_report_is_not_supported(town, people):
    with pytest.raises(NotYours):
        actions.support(town.published(reporter=people[0]).pk, people[0])


def test_a_merge_makes_one_case_that_counts_each_person_once(town, people):
    case = town.published(reporter=people[0])
    duplicate = town.published(reporter=people[1])
    for person in (people[0], people[2]):
        actions.support(duplicate.pk, person)
    actions.support(case.pk, people[2])
    merged = actions.merge(duplicate.pk, case.pk, town.moderator)
    case = Report.objects.get(pk=case.pk)
    assert (merged.status, merged.duplicate_of) == ("duplicate", case)
    assert (case.supporters, case.changes.last().details) == (2, {"number": duplicate.pk})


def test_a_merge_can_be_undone(town, people):
    case, duplicate = town.published(reporter=people[0]), town.published(reporter=people[1])
    actions.start(duplicate.pk, town.worker)
    actions.merge(duplicate.pk, case.pk, town.moderator)
    apart = actions.unmerge(duplicate.pk, town.moderator, "Another hole")
    assert (apart.status, apart.duplicate_of) == ("in_progress", None)
    assert Report.objects.get(pk=case.pk).supporters == 0


def test_a_report_is_no_duplicate_of_itself_nor_of_a_duplicate(town):
    first, second, third = town.published(), town.published(), town.published()
    with pytest.raises(NotMergeable):
        actions.merge(first.pk, first.pk, town.moderator)
    actions.merge(second.pk, first.pk, town.moderator)
    with pytest.raises(NotMergeable):
        actions.merge(third.pk, second.pk, town.moderator)


def test_a_report_that_was_never_published_may_be_merged_into_a_case(town):
    case, received = town.published(), town.received(point=None, address="by the market")
    merged = actions.merge(received.pk, case.pk, town.moderator)
    assert (merged.status, merged.point) == ("duplicate", case.point)


def test_a_residents_comment_waits_an_official_one_does_not(town, people):
    report = town.published()
    said = actions.comment(report.pk, people[0], "Me too")
    official = actions.comment(report.pk, town.worker, "Tomorrow", town.roads_body)
    assert (said.state, official.state) == ("received", "published")
    assert actions.judge_comment(said.pk, publish=True).state == "published"


# Moderation


def test_a_claimed_report_is_left_alone_by_others_for_a_while(town, people):
    report = town.received()
    actions.claim(report.pk, town.moderator)
    with pytest.raises(Claimed):
        actions.claim(report.pk, people[0])
    with pytest.raises(Claimed):
        actions.publish(report.pk, people[0])
    Report.objects.filter(pk=report.pk).update(claimed_at=timezone.now() - timedelta(minutes=16))
    assert actions.claim(report.pk, people[0]).claimed_by == people[0]


def test_an_edited_report_keeps_what_came_in(town):
    report = town.received(text="Call me: 044 123")
    actions.edit(report.pk, town.moderator, "Call me: …")
    report = actions.edit(report.pk, town.moderator, "A hole")
    assert (report.text, report.original_text) == ("A hole", "Call me: 044 123")


def test_a_private_report_is_answered_but_public_nowhere(town):
    report = actions.keep_private(town.published().pk, town.moderator, private=True)
    assert not Report.objects.public().filter(pk=report.pk).exists()
    waiting = Report.objects.waiting_for(Department.objects.filter(pk=report.department_id), town.city)
    assert report in waiting


def test_another_category_is_routed_again(town):
    report = town.published(point=town.place(30.3301, 50.17))
    moved = actions.recategorise(report.pk, town.dark, town.moderator)
    assert (report.department.code, moved.department.code) == ("roads", "lights")


# Who may report


def test_a_city_may_ask_for_a_confirmed_address(town):
    Policy.objects.create(city=town.city, reporters=Reporters.CONFIRMED)
    with pytest.raises(MayNotReport):
        town.received()
    report = town.received(contact_email="olena@town.example")
    assert report not in Report.objects.awaiting_moderation(town.city)
    actions.confirm_address(report.token)
    assert report in Report.objects.awaiting_moderation(town.city)


def test_a_city_may_ask_for_registration(town, people):
    Policy.objects.create(city=town.city, reporters=Reporters.REGISTERED)
    with pytest.raises(MayNotReport):
        town.received(contact_email="olena@town.example")
    assert town.received(reporter=people[0]).confirmed_at is not None


def test_staff_write_down_what_somebody_calls_in(town):
    Policy.objects.create(city=town.city, reporters=Reporters.REGISTERED)
    report = town.received(written_by=town.moderator, contact_phone="044 123")
    assert report.on_behalf


def test_only_a_report_that_waits_for_an_answer_is_asked_about_or_sent_on(town):
    from reports.errors import NotOpen

    for report in (town.received(), resolved(town)):
        with pytest.raises(NotOpen):
            actions.ask(report.pk, town.worker, "Which yard?")
        with pytest.raises(NotOpen):
            actions.reroute(report.pk, town.worker, town.lights_body, "Theirs")


def test_what_was_merged_before_it_was_published_is_routed_when_it_leaves_the_case(town):
    case, duplicate = town.published(), town.received(point=town.place(30.305, 50.17))
    actions.merge(duplicate.pk, case.pk, town.moderator)
    apart = actions.unmerge(duplicate.pk, town.moderator, "Another hole")
    assert (apart.status, apart.department) == ("published", town.roads_body)
    assert apart.due_at is not None


def test_a_category_of_another_city_is_refused(town):
    from layers.models import City
    from tests.conftest import box

    other = City.objects.create(slug="other", name_uk="Інше", boundary=box(20, 40, 21, 41), live=True)
    section = Section.objects.create(city=other, code=Section.PROBLEMS, name_uk="Проблеми")
    foreign = Service.objects.create(city=other, section=section, code="holes", name_uk="Ями")
    with pytest.raises(NotOffered):
        actions.recategorise(town.published().pk, foreign, town.moderator)


@pytest.mark.parametrize("verb", ["publish", "start"])
def test_a_duplicate_leaves_its_case_by_undoing_the_merge_only(town, verb):
    case, duplicate = town.published(), town.received()
    actions.merge(duplicate.pk, case.pk, town.moderator)
    with pytest.raises(ForbiddenStep):
        getattr(actions, verb)(duplicate.pk, town.moderator)


def test_a_report_is_not_even_moved_where_publishing_is_refused(town, people):
    report = town.received()
    actions.claim(report.pk, people[0])
    with pytest.raises(Claimed):
        actions.publish(report.pk, town.moderator, at=Point(30.315, 50.165, srid=4326))
    assert Report.objects.get(pk=report.pk).point == report.point


def test_publishing_moves_the_report_to_where_the_moderator_saw_it(town):
    there = Point(30.315, 50.165, srid=4326)
    report = actions.publish(town.received().pk, town.moderator, at=there)
    assert report.point == there
