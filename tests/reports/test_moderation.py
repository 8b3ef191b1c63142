"""What moderators do with a report, and who may send one."""

from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.utils import timezone

from districts.models import Department, Policy, Reporters, Section, Service
from reports import actions
from reports.errors import (
    Claimed,
    ForbiddenStep,
    MayNotReport,
    NotOffered,
)
from reports.models import Report


def resolved(town, **said):
    report = town.published(**said)
    return actions.resolve(report.pk, town.worker, "Filled")


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
