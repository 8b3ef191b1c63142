"""Honest reopening: by its reporter, and by neighbours who object."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reports import actions
from reports.errors import (
    ForbiddenStep,
    TooFar,
    TooLate,
)
from reports.models import Objection, Photo, Report


def resolved(town, **said):
    report = town.published(**said)
    return actions.resolve(report.pk, town.worker, "Filled")


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
