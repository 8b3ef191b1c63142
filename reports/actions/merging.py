"""Several reports of one problem become one case, and can be taken apart again."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from districts.models import Role, User
from reports import notices, workflow
from reports.actions.steps import (
    given,
    locked_two,
    refuse_claimed,
    remark,
    remember_districts,
    route_again,
    step,
)
from reports.errors import NotMergeable
from reports.models import Follower, Note, Report, Support
from reports.workflow import Status


@transaction.atomic
def merge(pk: int, into: int, by: User, role: str = Role.MODERATOR) -> Report:
    """The report becomes a duplicate of the other; its reporter, supporters and followers go over to it, all told.

    Raises NotMergeable for itself, another city, or a case that is a duplicate already; Claimed; ForbiddenStep.
    """
    if not Report.objects.filter(pk=into).exists():
        raise NotMergeable
    report, case = locked_two(pk, into)
    if pk == into or report.city_id != case.city_id or case.duplicate_of_id or case.published_at is None:
        raise NotMergeable
    refuse_claimed(report, by)
    workflow.check(Status(report.status), Status.DUPLICATE)
    details = {"before": report.status, "of": case.pk}
    _make_presentable(report, case)
    report.duplicate_of = case
    change = step(report, Status.DUPLICATE, by=by, role=role, details=details)
    notices.changed(report, change)
    _move_people(report, case)
    notices.changed(case, remark(case, Note.MERGED_HERE, by=by, role=role, details={"number": report.pk}))
    return report


@transaction.atomic
def unmerge(pk: int, by: User, reason: str, role: str = Role.MODERATOR) -> Report:
    """Take a duplicate out of its case; it goes back to where it stood. Raises NotMergeable or NeedsAReason."""
    case_pk = Report.objects.values_list("duplicate_of", flat=True).get(pk=pk)
    if case_pk is None:
        raise NotMergeable
    report, case = locked_two(pk, case_pk)
    if report.duplicate_of_id != case_pk:
        raise NotMergeable
    brought, _ = Support.objects.filter(report=case, came_from=report).delete()
    Report.objects.filter(pk=case.pk).update(supporters=F("supporters") - brought)
    Follower.objects.filter(report=case, came_from=report).delete()
    report.duplicate_of = None
    if report.section_is_routed and not report.decision:
        # It became a duplicate before anybody asked who answers for it.
        route_again(report, timezone.now())
    change = step(report, _stood(report), by=by, role=role, reason=given(reason), undoing=True)
    notices.changed(report, change, to_department=True)
    return report


def _make_presentable(report: Report, case: Report) -> None:
    """A duplicate that was never published has no place or day of its own perhaps: it takes the case's."""
    if report.published_at is not None:
        return
    report.published_at = report.created_at
    report.point = report.point or case.point
    remember_districts(report, report.created_at)


def _stood(report: Report) -> Status:
    last = report.changes.filter(after=Status.DUPLICATE).last()
    before = last.details.get("before") if last else None
    return Status(before) if before in workflow.UNMERGED else Status.PUBLISHED


def _move_people(report: Report, case: Report) -> None:
    """Whoever had the report's problem has the case's; each person counts once."""
    people = set(report.supports.values_list("user_id", flat=True)) | {report.reporter_id}
    people -= {None, case.reporter_id, *case.supports.values_list("user_id", flat=True)}
    Support.objects.bulk_create(
        Support(report=case, user_id=user, came_from=report) for user in people if user
    )
    Report.objects.filter(pk=case.pk).update(supporters=F("supporters") + len(people))
    case.supporters += len(people)
    hearing = set(report.followers.values_list("user_id", flat=True)) | {report.reporter_id}
    hearing -= {None, *case.followers.values_list("user_id", flat=True)}
    Follower.objects.bulk_create(Follower(report=case, user_id=user, came_from=report) for user in hearing)
    if report.reporter_id is None and report.contact_email:
        Follower.objects.get_or_create(
            report=case, email=report.contact_email, defaults={"came_from": report}
        )
