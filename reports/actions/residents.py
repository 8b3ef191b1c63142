"""What residents do with a public report: support, follow, comment, confirm, object, open again."""

from datetime import datetime, timedelta

from django.contrib.gis.geos import Point
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from districts.models import Department, Policy, User
from reports import notices, workflow
from reports.actions.steps import REPORTER, RESIDENT, given, locked, remark, resume, step
from reports.errors import NotAsked, NotYours, TooFar, TooLate
from reports.models import AbuseFlag, Comment, Follower, Note, Objection, Photo, Report, StatusChange, Support
from reports.text import clean
from reports.workflow import CLOSING, Status


@transaction.atomic
def support(pk: int, by: User) -> bool:
    """Count this person in, once, and let them hear of every change. False where they were in already."""
    report = locked(pk)
    if report.reporter_id == by.pk:
        raise NotYours.support()
    _, new = Support.objects.get_or_create(report=report, user=by)
    if new:
        Report.objects.filter(pk=pk).update(supporters=F("supporters") + 1)
        follow(pk, by)
    return new


@transaction.atomic
def withdraw_support(pk: int, by: User) -> bool:
    """Count this person out. False where they weren't in."""
    locked(pk)
    gone, _ = Support.objects.filter(report=pk, user=by).delete()
    if gone:
        Report.objects.filter(pk=pk).update(supporters=F("supporters") - 1)
    return bool(gone)


@transaction.atomic
def follow(pk: int, by: User) -> Follower:
    """Hear of every change."""
    follower, _ = Follower.objects.get_or_create(report_id=pk, user=by)
    return follower


def unfollow(token: str) -> bool:
    """Stop the letters that carry this token. False where they had stopped already."""
    gone, _ = Follower.objects.filter(token=token).delete()
    return bool(gone)


def unfollow_all(token: str) -> bool:
    """Stop all letters to whom this token's letters go. False where they had stopped already."""
    follower = Follower.objects.filter(token=token).first()
    if follower is None:
        return False
    whose = {"user": follower.user_id} if follower.user_id else {"user": None, "email": follower.email}
    gone, _ = Follower.objects.filter(**whose).delete()
    return bool(gone)


@transaction.atomic
def comment(pk: int, by: User, text: str, department: Department | None = None) -> Comment:
    """Say something; an official answer is shown at once, a resident's after moderation. Raises NeedsAReason."""
    state = Comment.State.PUBLISHED if department else Comment.State.RECEIVED
    return Comment.objects.create(
        report_id=pk, author=by, department=department, text=clean(given(text)), state=state
    )


@transaction.atomic
def judge_comment(pk: int, *, publish: bool) -> Comment:
    """Let a comment through, or keep it from the public."""
    said = Comment.objects.select_for_update().get(pk=pk)
    said.state = Comment.State.PUBLISHED if publish else Comment.State.REJECTED
    said.save(update_fields=["state"])
    return said


def flag(pk: int, by: User | None, reason: str, said: Comment | None = None) -> AbuseFlag:
    """Tell the moderators that something breaks the rules. Raises NeedsAReason."""
    return AbuseFlag.objects.create(report_id=pk, comment=said, user=by, reason=clean(given(reason))[:500])


def see_flag(pk: int, at: datetime) -> None:
    """A moderator looked at it."""
    AbuseFlag.objects.filter(pk=pk, seen_at=None).update(seen_at=at)


@transaction.atomic
def confirm(pk: int, by: User | None) -> Report:
    """Its reporter says that it is solved. Raises ForbiddenStep."""
    report = locked(pk)
    change = step(report, Status.CONFIRMED, by=by, role=REPORTER)
    notices.changed(report, change)
    return report


@transaction.atomic
def reopen(pk: int, by: User | None, reason: str) -> Report:
    """Its reporter says that it isn't solved; the clock goes on.

    Raises NeedsAReason, TooLate after the city's period or once the reporter had confirmed it, or ForbiddenStep.
    """
    report = locked(pk)
    if report.status == Status.CONFIRMED:
        raise TooLate.after_confirming()
    days = Policy.of(report.city).reopen_days
    if report.closed_at is not None and report.closed_at < timezone.now() - timedelta(days=days):
        raise TooLate.after(days)
    return _reopened(report, by, REPORTER, clean(given(reason)))


@transaction.atomic
def answer(pk: int, by: User | None, text: str) -> Report:
    """The reporter answers what was asked; the clock goes on. Raises NotAsked or NeedsAReason."""
    report = locked(pk)
    if report.asked_at is None:
        raise NotAsked
    resume(report)
    change = remark(report, Note.ANSWERED, by=by, role=REPORTER, reason=clean(given(text)))
    notices.changed(report, change, to_department=True)
    return report


@transaction.atomic
def object_to(
    pk: int, by: User, reason: str, point: Point | None = None, photo: Photo | None = None
) -> Report:
    """A neighbour says that it isn't solved, with a photo or from nearby; enough of them open it again.

    Until then the report is disputed. Raises ForbiddenStep for a report that isn't closed, TooFar, or NeedsAReason.
    """
    report = locked(pk)
    closing = _closing(report)
    policy = Policy.of(report.city)
    if photo is None and not _is_near(report, point, policy.objection_radius_m):
        raise TooFar(policy.objection_radius_m)
    objection, new = Objection.objects.get_or_create(
        against=closing, user=by, defaults={"report": report, "reason": clean(given(reason)), "point": point}
    )
    if photo is not None:
        Photo.objects.filter(pk=photo.pk).update(objection=objection)
    number = Objection.objects.filter(against=closing).count()
    if number >= policy.objections_needed:
        return _reopened(report, None, RESIDENT, objection.reason, objections=number)
    if new:
        report.disputed = True
        remark(
            report,
            Note.DISPUTED,
            by=by,
            role=RESIDENT,
            reason=objection.reason,
            details={"objections": number},
        )
    return report


def _reopened(report: Report, by: User | None, role: str, reason: str, objections: int = 0) -> Report:
    details = {"objections": objections} if objections else {}
    change = step(report, Status.REOPENED, by=by, role=role, reason=reason, details=details)
    notices.changed(report, change, to_department=True)
    return report


def _closing(report: Report) -> StatusChange:
    """The step that closed it. Raises ForbiddenStep where it isn't closed, or can't be opened again."""
    workflow.check(Status(report.status), Status.REOPENED)
    last = report.changes.filter(after__in=CLOSING, note="").exclude(after=Status.CONFIRMED).last()
    assert last is not None
    return last


def _is_near(report: Report, point: Point | None, radius_m: float) -> bool:
    if point is None or report.point is None:
        return False
    return Report.objects.filter(pk=report.pk).near(point, radius_m).exists()
