"""What every action does inside: lock, check, write, append."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from districts.models import User
from districts.routing import Decision, holding, route
from districts.workdays import due, later
from layers.models import City
from reports import workflow
from reports.errors import Claimed, NeedsAReason
from reports.models import Note, Report, ReportDistrict, StatusChange
from reports.workflow import Status

REPORTER = "reporter"
RESIDENT = "resident"
CLAIM_LASTS = timedelta(minutes=15)


def locked(pk: int, city: City | None = None) -> Report:
    """The report, for one writer at a time: of two people acting at once the second sees what the first did.

    With a `city` that was read before, only a report of that city; it isn't read again.
    """
    reports = Report.objects.select_for_update(of=("self",)).select_related("service__section")
    if city is None:
        whole = reports.select_related("city__policy", "service__section")
        return whole.defer("point_mercator", "city__boundary", "city__boundary_mercator").get(pk=pk)
    report = reports.defer("point_mercator").get(pk=pk, city=city)
    report.city = city
    return report


def locked_two(first: int, second: int) -> tuple[Report, Report]:
    """Two reports, always locked in the order of their numbers, so that nobody waits for each other."""
    found = {pk: locked(pk) for pk in sorted({first, second})}
    return found[first], found[second]


def step(
    report: Report,
    then: Status,
    *,
    by: User | None,
    role: str,
    reason: str = "",
    at: datetime | None = None,
    details: dict[str, Any] | None = None,
    undoing: bool = False,
) -> StatusChange:
    """The only place where a status changes; `undoing` a merge has its own table. Raises ForbiddenStep."""
    before = Status(report.status)
    (workflow.check_unmerge if undoing else workflow.check)(before, then)
    report.status = then
    report.updated_at = at or timezone.now()
    report.closed_at = report.updated_at if then in workflow.CLOSING else None
    report.disputed = False
    _resume(report, report.updated_at)
    report.save()
    return append(
        report, before, then, by=by, role=role, reason=reason, at=report.updated_at, details=details
    )


def remark(
    report: Report,
    note: Note,
    *,
    by: User | None,
    role: str,
    reason: str = "",
    details: dict[str, Any] | None = None,
) -> StatusChange:
    """Keep the report's other changes, and append what happened beside the status."""
    report.updated_at = timezone.now()
    report.save()
    now = Status(report.status)
    return append(
        report, now, now, by=by, role=role, reason=reason, at=report.updated_at, note=note, details=details
    )


def append(
    report: Report,
    before: Status | None,
    then: Status,
    *,
    by: User | None,
    role: str,
    at: datetime,
    reason: str = "",
    note: str = "",
    details: dict[str, Any] | None = None,
) -> StatusChange:
    """One more line of the history."""
    return StatusChange.objects.create(
        report=report,
        at=at,
        before=before or "",
        after=then,
        actor=by,
        role=role,
        department_id=report.department_id,
        reason=reason,
        note=note,
        details=details or {},
    )


def pause(report: Report) -> None:
    """Stop the clock: the reporter is asked something."""
    report.asked_at = report.asked_at or timezone.now()


def _resume(report: Report, at: datetime) -> None:
    if report.asked_at is not None and report.due_at is not None:
        report.due_at = later(report.city, report.due_at, report.asked_at, at)
    report.asked_at = None


def resume(report: Report) -> None:
    """Let the clock go on; the due date moves by the working time that was waited for the reporter."""
    _resume(report, timezone.now())


def route_again(report: Report, now: datetime) -> Decision:
    """Ask the rules who answers, and hand the report over with a new due date."""
    assert report.point is not None
    decision = route(report.point, report.service, report.asset, timezone.localdate(now))
    report.decision = decision.as_data()
    report.department_id = decision.department_id
    report.due_at = None
    best = decision.best
    if best is not None:
        report.asset_id = best.asset_id or report.asset_id
        report.due_at = due_in(report, now, best.due_days)
    return decision


def due_in(report: Report, now: datetime, days: int | None) -> datetime | None:
    """When so many working days are over; counted from when the clock stopped, while the reporter is asked."""
    return due(report.city, report.asked_at or now, days) if days is not None else None


def remember_districts(report: Report, now: datetime) -> None:
    """Keep the district of each set that holds the report today; the smaller one where two of a set overlap."""
    assert report.point is not None
    found = holding(report.point, report.city, timezone.localdate(now))
    if report.published_at != now:
        report.districts.all().delete()
    ReportDistrict.objects.bulk_create(
        ReportDistrict(report=report, city_id=report.city_id, set_id=set_id, district_id=pk)
        for set_id, pk in found.items()
    )


def is_claimed(report: Report, now: datetime) -> bool:
    """Whether a moderator holds it at the moment."""
    return (
        report.claimed_by_id is not None
        and report.claimed_at is not None
        and report.claimed_at > now - CLAIM_LASTS
    )


def refuse_claimed(report: Report, by: User) -> None:
    """Raise Claimed where a moderator other than this person holds the report."""
    if is_claimed(report, timezone.now()) and report.claimed_by != by:
        raise Claimed(report.claimed_by)


def given(reason: str) -> str:
    """The reason without outer blanks; raises NeedsAReason where nothing is left."""
    if not reason.strip():
        raise NeedsAReason
    return reason.strip()
