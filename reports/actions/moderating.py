"""What moderators do before a report is public, and to put right what came in wrong."""

from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils import timezone

from districts.models import Role, Service, User
from layers.models import City
from reports import notices, workflow
from reports.actions.steps import (
    given,
    locked,
    refuse_claimed,
    remark,
    remember_districts,
    route_again,
    step,
)
from reports.borders import refuse_outside
from reports.errors import NotOffered, NotPlaced
from reports.models import Note, Report
from reports.priorities import weight_when_published
from reports.text import clean
from reports.workflow import Status


@transaction.atomic
def claim(pk: int, by: User) -> Report:
    """Keep a report for oneself for a quarter of an hour. Raises Claimed where somebody else holds it."""
    report = locked(pk)
    refuse_claimed(report, by)
    report.claimed_by, report.claimed_at = by, timezone.now()
    report.save(update_fields=["claimed_by", "claimed_at"])
    return report


@transaction.atomic
def release(pk: int, by: User) -> Report:
    """Give a claimed report back."""
    report = locked(pk)
    if report.claimed_by == by:
        report.claimed_by = report.claimed_at = None
        report.save(update_fields=["claimed_by", "claimed_at"])
    return report


@transaction.atomic
def place(pk: int, point: Point, by: User, reason: str = "") -> Report:
    """Put a report on the map, or move it; a public one is routed again. Raises OutsideTheCity or Claimed."""
    report = locked(pk)
    refuse_claimed(report, by)
    refuse_outside(report.city, point)
    report.point = point
    if report.published_at is None:
        workflow.check(Status(report.status), Status.PUBLISHED)
        report.save(update_fields=["point"])
        return report
    # What it is about stands elsewhere now; the rules will say what is near the new place.
    report.asset = None
    return _routed_again(report, Note.PLACED, by, reason)


@transaction.atomic
def publish(pk: int, by: User, at: Point | None = None, city: City | None = None) -> Report:
    """Show a received report to everybody, moved to `at` where that is elsewhere, and route it to who answers.

    Raises NotPlaced, OutsideTheCity, Claimed or ForbiddenStep; DoesNotExist where it isn't of the city, if one is told.
    """
    report = locked(pk, city)
    workflow.check(Status(report.status), Status.PUBLISHED)
    refuse_claimed(report, by)
    if at is not None and (report.point is None or at.coords != report.point.coords):
        refuse_outside(report.city, at)
        report.point = at
    if report.point is None:
        raise NotPlaced
    now = timezone.now()
    if report.section_is_routed:
        route_again(report, now)
    report.published_at = now
    report.priority = weight_when_published(report)
    report.claimed_by = report.claimed_at = None
    change = step(report, Status.PUBLISHED, by=by, role=Role.MODERATOR, at=now)
    remember_districts(report, now)
    notices.changed(report, change, to_department=True)
    return report


@transaction.atomic
def reject(pk: int, by: User, reason: str) -> Report:
    """Keep a received report from the public, telling its sender why. Raises NeedsAReason or ForbiddenStep."""
    report = locked(pk)
    refuse_claimed(report, by)
    change = step(report, Status.REJECTED, by=by, role=Role.MODERATOR, reason=given(reason))
    notices.changed(report, change)
    return report


@transaction.atomic
def edit(pk: int, by: User, text: str) -> Report:
    """Change the words that everybody reads, keeping those that came in. Raises NeedsAReason or Claimed."""
    report = locked(pk)
    refuse_claimed(report, by)
    words = clean(given(text))
    if words != report.text:
        report.original_text = report.original_text or report.text
        report.text = words
        remark(report, Note.EDITED, by=by, role=Role.MODERATOR)
    return report


@transaction.atomic
def keep_private(pk: int, by: User, *, private: bool) -> Report:
    """Hide a report from everybody but its reporter and the staff, or show it again; it is answered all the same."""
    report = locked(pk)
    refuse_claimed(report, by)
    report.private = private
    remark(report, Note.EDITED, by=by, role=Role.MODERATOR, details={"private": private})
    return report


@transaction.atomic
def recategorise(pk: int, service: Service, by: User, reason: str = "", role: str = Role.MODERATOR) -> Report:
    """Move a report to another category; a public one is routed again.

    Raises NotOffered for another city's, or Claimed.
    """
    report = locked(pk)
    refuse_claimed(report, by)
    if service.city_id != report.city_id:
        raise NotOffered
    before, report.service = report.service, service
    if report.published_at is None:
        remark(report, Note.RECATEGORISED, by=by, role=role, reason=reason, details={"from": before.code})
        return report
    return _routed_again(report, Note.RECATEGORISED, by, reason, role)


def _routed_again(report: Report, note: Note, by: User, reason: str, role: str = Role.MODERATOR) -> Report:
    before = report.department.code if report.department else None
    now = timezone.now()
    if report.section_is_routed:
        route_again(report, now)
    remember_districts(report, now)
    after = report.department.code if report.department else None
    change = remark(
        report, note, by=by, role=role, reason=reason.strip(), details={"from": before, "to": after}
    )
    notices.changed(report, change, to_department=before != after)
    return report
