"""What may happen to a report."""

from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from districts.models import Department
from districts.workdays import due
from layers.models import City
from reports import actions
from reports.errors import ForbiddenStep, KeyUsed, NeedsAReason, NotPlaced, OutsideTheCity
from reports.models import Letter, Report, StatusChange
from tests.conftest import box


def submission(town, **said):
    given = {"city": town.city, "service": town.holes, "text": "A hole", "point": town.place(), **said}
    return actions.Submission(**given)


def steps(report):
    return [(change.before, change.after, change.role) for change in report.changes.all()]


def test_a_new_report_waits_for_moderation(town):
    assert town.received().status == "received"


def test_a_report_may_come_with_an_address_only(town):
    assert town.received(point=None, address="вулиця Соборна, 3").point is None


def test_sending_twice_with_the_same_key_makes_one_report(town):
    first = actions.submit(submission(town, key="k"))
    second = actions.submit(submission(town, key="k"))
    assert (first.report.pk, first.created, second.created) == (second.report.pk, True, False)
    assert Report.objects.count() == 1


def test_the_same_key_for_something_else_is_refused_and_makes_no_report(town):
    first = actions.submit(submission(town, key="k"))
    with pytest.raises(KeyUsed) as refused:
        actions.submit(submission(town, key="k", text="Another hole"))
    assert refused.value.report == first.report
    assert Report.objects.count() == 1


def test_the_same_key_of_two_people_brings_two_reports(town):
    actions.submit(submission(town, key="k", reporter=town.worker))
    actions.submit(submission(town, key="k", reporter=town.moderator))
    assert Report.objects.count() == 2


def test_a_place_in_the_neighbours_territory_is_refused_by_name(town):
    with pytest.raises(OutsideTheCity, match="Next Door") as refused:
        town.received(point=town.place(30.35, 50.17))
    assert refused.value.neighbour == "Next Door"


def test_a_place_far_away_is_refused(town):
    with pytest.raises(OutsideTheCity, match="outside Town"):
        town.received(point=Point(0, 0, srid=4326))


def test_publishing_routes_to_who_answers_and_sets_the_due_date(town):
    report = town.published(point=town.place(30.305, 50.17))
    assert report.department == town.roads_body
    assert report.due_at == due(town.city, report.published_at, 10)


def test_publishing_keeps_the_decision_as_data(town):
    report = Report.objects.get(pk=town.published(point=town.place(30.305, 50.17)).pk)
    best = report.decision["candidates"][0]
    assert (best["department_code"], best["asset_reference"], round(best["distance_m"])) == ("roads", "r1", 0)


def test_publishing_remembers_the_district_of_the_day(town):
    assert [kept.district for kept in town.published().districts.all()] == [town.west]


def test_a_report_on_a_shared_border_has_one_district_in_each_set(town):
    assert town.published(point=town.place(30.32)).districts.count() == 1


def test_what_nobody_answers_for_is_published_into_a_queue_of_its_own(town):
    report = town.published(service=town.dark)
    assert report.department is None
    assert list(Report.objects.unanswered(town.city)) == [report]


def test_a_report_without_a_place_cannot_be_published(town):
    report = town.received(point=None, address="somewhere")
    with pytest.raises(NotPlaced):
        actions.publish(report.pk, town.moderator)


def test_a_moderator_places_a_report_and_publishes_it(town):
    report = town.received(point=None, address="somewhere")
    actions.place(report.pk, town.place(), town.moderator)
    assert actions.publish(report.pk, town.moderator).point == town.place()


def test_a_published_report_that_is_moved_is_routed_again(town):
    report = town.published(point=town.place(30.305, 50.17))
    moved = actions.place(report.pk, town.place(30.335, 50.165), town.moderator, "It is by the market")
    assert moved.department.code == "office-e"
    assert [kept.district for kept in moved.districts.all()] == [town.east]
    assert moved.changes.last().details == {"from": "roads", "to": "office-e"}


def test_a_rejected_report_cannot_be_placed(town):
    report = actions.reject(town.received().pk, town.moderator, "An advertisement")
    with pytest.raises(ForbiddenStep):
        actions.place(report.pk, town.place(), town.moderator)


def test_rejecting_needs_a_reason(town):
    with pytest.raises(NeedsAReason):
        actions.reject(town.received().pk, town.moderator, "  ")


def test_a_rejected_report_is_not_public(town):
    report = actions.reject(town.received().pk, town.moderator, "An advertisement")
    assert not Report.objects.public().filter(pk=report.pk).exists()


def test_the_whole_life_is_appended_step_by_step(town):
    report = town.published()
    actions.start(report.pk, town.worker)
    actions.resolve(report.pk, town.worker, "Filled")
    report = actions.reopen(report.pk, None, "It is back")
    assert steps(report) == [
        ("", "received", "reporter"),
        ("received", "published", "moderator"),
        ("published", "in_progress", "department"),
        ("in_progress", "resolved", "department"),
        ("resolved", "reopened", "reporter"),
    ]


def test_a_resolved_report_ends_its_clock_and_a_reopened_one_goes_on_with_the_same_due_date(town):
    report = town.published()
    due = report.due_at
    assert actions.resolve(report.pk, town.worker, "Filled").closed_at is not None
    reopened = actions.reopen(report.pk, None, "It is back")
    assert (reopened.closed_at, reopened.due_at) == (None, due)


def test_publishing_twice_is_a_conflict(town):
    report = town.published()
    with pytest.raises(ForbiddenStep):
        actions.publish(report.pk, town.moderator)


def test_a_refused_step_leaves_no_trace(town):
    report = town.published()
    with pytest.raises(NeedsAReason):
        actions.resolve(report.pk, town.worker, "")
    assert (report.changes.count(), Report.objects.get(pk=report.pk).status) == (2, "published")


def test_history_cannot_be_edited(town):
    change = town.received().changes.get()
    with pytest.raises(IntegrityError, match="appended"), transaction.atomic():
        StatusChange.objects.filter(pk=change.pk).update(reason="never happened")


def test_history_cannot_be_deleted(town):
    change = town.received().changes.get()
    with pytest.raises(IntegrityError, match="appended"), transaction.atomic():
        StatusChange.objects.filter(pk=change.pk).delete()


def test_a_person_who_leaves_is_forgotten_but_what_happened_stays(town):
    report = town.published()
    town.moderator.delete()
    assert steps(report)[-1] == ("received", "published", "moderator")


@pytest.mark.parametrize("change", [{"point": None}, {"status": "received"}, {"published_at": None}])
def test_the_database_keeps_a_published_report_published(town, change):
    report = town.published()
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(**change)


@pytest.mark.parametrize(
    "point",
    [
        "SRID=4326;POINT(NaN 50)",
        "SRID=4326;POINT(Infinity 50)",
        "SRID=4326;POINT(181 50)",
        "SRID=4326;POINT EMPTY",
    ],
)
def test_the_database_refuses_a_point_that_is_nowhere(town, point):
    report = town.received()
    with (
        pytest.raises(Exception, match=r"check constraint|NaN|Inf"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE reports_report SET point = %s::geometry WHERE id = %s", [point, report.pk])


def test_the_database_refuses_a_service_of_another_city(town):
    other = City.objects.create(slug="other", name_uk="Інше", boundary=box(20, 40, 21, 41), live=True)
    Report.objects.create(city=other, service=town.holes, text="x")
    with pytest.raises(IntegrityError, match="shares_city"):
        connection.check_constraints()


def test_the_database_refuses_a_department_of_another_city(town):
    other = City.objects.create(slug="other", name_uk="Інше", boundary=box(20, 40, 21, 41), live=True)
    foreign = Department.objects.create(city=other, code="f", name_uk="Чужий")
    with pytest.raises(IntegrityError, match="another city"), transaction.atomic():
        Report.objects.filter(pk=town.published().pk).update(department=foreign)


def test_a_department_without_a_city_serves_all(town):
    oblast = Department.objects.create(city=None, code="oblast", name_uk="Облавтодор")
    report = town.published()
    Report.objects.filter(pk=report.pk).update(department=oblast)
    assert Report.objects.get(pk=report.pk).department == oblast


def test_the_queue_holds_what_waits_the_earliest_due_first(town):
    later = town.published(point=town.place(30.305, 50.17))
    sooner = town.published(point=town.place(30.306, 50.17))
    Report.objects.filter(pk=sooner.pk).update(due_at=timezone.now() - timedelta(days=1))
    solved = town.published(point=town.place(30.307, 50.17))
    actions.resolve(solved.pk, town.worker, "Filled")
    queue = Report.objects.waiting_for(town.worker.departments_in(town.city), town.city)
    assert list(queue) == [sooner, later]


def test_a_letter_is_queued_by_the_transaction_that_publishes(town):
    town.published(point=town.place(30.305, 50.17))
    letter = Letter.objects.get(audience="department")
    assert ProcrastinateJob.objects.filter(args={"letter_id": letter.pk}).count() == 1


def test_a_rollback_leaves_no_letter(town):
    report = town.received(point=town.place(30.305, 50.17))
    with transaction.atomic():
        actions.publish(report.pk, town.moderator)
        transaction.set_rollback(True)
    assert not Letter.objects.exists()
    assert not ProcrastinateJob.objects.filter(task_name="reports.jobs.deliver").exists()


def test_submitting_costs_few_queries(town, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        town.received()


def test_publishing_costs_few_queries(town, django_assert_max_num_queries):
    report = town.received()
    with django_assert_max_num_queries(12):
        actions.publish(report.pk, town.moderator)
