"""What a report's page shows besides the report: photos, comments, and what this visitor may do."""

from typing import Any

from districts.models import Policy, User
from frontend.citizens.resident_forms import AnswerForm, CommentForm, FlagForm, ObjectionForm
from reports.models import Comment, Follower, Photo, Report, Support
from reports.workflow import Status


def report_context(report: Report, visitor: User | None, *, is_own: bool) -> dict[str, Any]:
    """For the templates; comments that wait for a moderator and hidden photos are left out for everybody."""
    photos = Photo.objects.filter(report=report, hidden=False, comment=None).order_by("at", "pk")
    comments = Comment.objects.filter(report=report, state=Comment.State.PUBLISHED).select_related(
        "department"
    )
    return {
        "city": report.city,
        "report": report,
        "is_own": is_own,
        "author": _author(report),
        "photos": photos,
        "comments": comments,
        "supports": visitor is not None and Support.objects.filter(report=report, user=visitor).exists(),
        "follows": visitor is not None and Follower.objects.filter(report=report, user=visitor).exists(),
        "policy": Policy.of(report.city),
        "may_confirm": is_own and report.status == Status.RESOLVED,
        "may_object": visitor is not None
        and not is_own
        and report.is_public
        and report.can_become(Status.REOPENED),
        "is_asked": is_own and report.asked_at is not None,
        "merged": list(report.duplicates.order_by("pk").values_list("pk", flat=True)),
        "comment_form": CommentForm(),
        "answer_form": AnswerForm(),
        "flag_form": FlagForm(),
        "objection_form": ObjectionForm(city=report.city),
    }


def _author(report: Report) -> str:
    """The name of who reported it, where they asked to be named; else nothing."""
    if not report.shows_name:
        return ""
    return report.contact_name or (report.reporter.name if report.reporter else "")
