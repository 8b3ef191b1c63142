"""What the department does that answers for a report; contractors and administrators do it in its name."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from districts.models import Department, Role, User
from reports import notices
from reports.actions.steps import due_in, given, locked, pause, remark, step
from reports.errors import NeedsADate, NeedsAPhoto, NotAMember, NotOpen, NotServing
from reports.models import Note, Report
from reports.workflow import Status


@transaction.atomic
def start(pk: int, by: User | None, reason: str = "") -> Report:
    """Work begins. Raises ForbiddenStep."""
    return _answer(locked(pk), Status.IN_PROGRESS, by, reason.strip())


@transaction.atomic
def plan(pk: int, by: User | None, day: date | None, reason: str = "") -> Report:
    """It will be done on a day. Raises NeedsADate for none, or one that is over, or ForbiddenStep."""
    report = locked(pk)
    if day is None or day < timezone.localdate():
        raise NeedsADate
    report.planned_for = day
    return _answer(report, Status.PLANNED, by, reason.strip())


@transaction.atomic
def pass_on(pk: int, by: User | None, to: str, reason: str = "") -> Report:
    """Somebody outside the portal has it now; it stays open. Raises NeedsAReason without a name, or ForbiddenStep."""
    report = locked(pk)
    report.passed_to = given(to)[:200]
    return _answer(report, Status.PASSED_ON, by, reason.strip())


@transaction.atomic
def resolve(pk: int, by: User | None, reason: str) -> Report:
    """What was done, in public words. Raises NeedsAReason, NeedsAPhoto where one is wanted, or ForbiddenStep."""
    report = locked(pk)
    if report.service.wants_photo and not report.photos.filter(role="outcome", hidden=False).exists():
        raise NeedsAPhoto
    return _answer(report, Status.RESOLVED, by, given(reason))


@transaction.atomic
def decline(pk: int, by: User | None, reason: str) -> Report:
    """It will not be done, and why. Raises NeedsAReason or ForbiddenStep."""
    return _answer(locked(pk), Status.DECLINED, by, given(reason))


@transaction.atomic
def reroute(pk: int, by: User, to: Department | None, reason: str, role: str = Role.DEPARTMENT) -> Report:
    """«Not ours»: to the named body, or back to the moderators. Raises NotOpen, NeedsAReason or NotServing."""
    report = _open(pk)
    if to is not None and to.city_id not in (None, report.city_id):
        raise NotServing
    before = report.department
    report.department, report.assignee = to, None
    report.due_at = due_in(report, timezone.now(), _days(report)) if to is not None else None
    rule = (report.decision.get("candidates") or [{}])[0].get("rule_id")
    details = {"from": before.code if before else None, "to": to.code if to else None, "rule": rule}
    change = remark(report, Note.REROUTED, by=by, role=role, reason=given(reason), details=details)
    notices.changed(report, change, to_department=True)
    return report


@transaction.atomic
def ask(pk: int, by: User, question: str) -> Report:
    """Ask the reporter something; the clock stops until they answer. Raises NotOpen or NeedsAReason."""
    report = _open(pk)
    pause(report)
    change = remark(report, Note.ASKED, by=by, role=Role.DEPARTMENT, reason=given(question))
    notices.changed(report, change)
    return report


@transaction.atomic
def assign(pk: int, to: User | None) -> Report:
    """Give it to one of the department's people, or to nobody. Raises NotAMember for somebody else."""
    report = locked(pk)
    if to is not None and not to.memberships.filter(department=report.department_id).exists():
        raise NotAMember(str(to))
    report.assignee = to
    report.save(update_fields=["assignee"])
    return report


@transaction.atomic
def welcome_help(pk: int, *, welcome: bool) -> Report:
    """Say that residents and partners may help with it."""
    report = locked(pk)
    report.welcomes_help = welcome
    report.save(update_fields=["welcomes_help"])
    return report


def _open(pk: int) -> Report:
    """The report, locked. Raises NotOpen unless a department has to answer it."""
    report = locked(pk)
    if not report.is_open:
        raise NotOpen
    return report


def _answer(report: Report, then: Status, by: User | None, reason: str) -> Report:
    change = step(report, then, by=by, role=Role.DEPARTMENT, reason=reason, details=_details(report, then))
    notices.changed(report, change)
    return report


def _details(report: Report, then: Status) -> dict[str, str]:
    if then == Status.PLANNED and report.planned_for:
        return {"planned_for": report.planned_for.isoformat()}
    return {"passed_to": report.passed_to} if then == Status.PASSED_ON else {}


def _days(report: Report) -> int | None:
    """The days the rules give the service, whoever does it."""
    candidates = report.decision.get("candidates") or []
    return next((c["due_days"] for c in candidates if c["due_days"] is not None), None)
