"""What a report's page shows besides the report: photos, comments, and what this visitor may do."""

from typing import Any

from django import forms

from districts.models import Policy, User
from frontend.citizens.help_context import help_with
from frontend.citizens.help_forms import CleanupForm, HelpForm
from frontend.citizens.resident_forms import AnswerForm, CommentForm, FlagForm, ObjectionForm, ReopenForm
from reports.models import Comment, Follower, Photo, Report, Support
from reports.workflow import Status


def report_context(
    report: Report, visitor: User | None, *, is_own: bool, refused: forms.Form | None = None
) -> dict[str, Any]:
    """For the templates; comments that wait for a moderator and hidden photos are left out for everybody.

    A form that was refused is shown as it was filled in, even where it would no longer be offered.
    """
    photos = Photo.objects.filter(report=report, hidden=False, comment=None).order_by("at", "pk")
    comments = Comment.objects.filter(report=report, state=Comment.State.PUBLISHED).select_related(
        "department"
    )
    helping = help_with(report, visitor)
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
        "merged": list(report.duplicates.order_by("pk").values_list("pk", flat=True)),
        "help": helping,
        "may_help": (visitor is not None and report.takes_help and helping.own is None)
        or isinstance(refused, (HelpForm, CleanupForm)),
        **_offered(report, visitor, is_own=is_own, refused=refused),
        **_forms(report, refused),
    }


def _offered(
    report: Report, visitor: User | None, *, is_own: bool, refused: forms.Form | None
) -> dict[str, bool]:
    """Which forms stand on the page."""
    # Nobody's work is reopened where an idea was answered.
    again = report.can_become(Status.REOPENED) and report.section_is_routed
    objects = visitor is not None and not is_own and report.is_public and again
    return {
        "may_answer_idea": _may_answer_idea(report, visitor),
        "may_confirm": is_own and report.status == Status.RESOLVED and report.section_is_routed,
        "may_object": objects or isinstance(refused, ObjectionForm),
        "may_reopen": (is_own and again) or isinstance(refused, ReopenForm),
        "is_asked": (is_own and report.asked_at is not None) or isinstance(refused, AnswerForm),
    }


def _may_answer_idea(report: Report, visitor: User | None) -> bool:
    """Whether they work for a department, which may answer any idea of the city."""
    if report.section_is_routed or visitor is None or not report.is_public:
        return False
    return visitor.departments_in(report.city).exists()


def _forms(report: Report, refused: forms.Form | None) -> dict[str, forms.Form | None]:
    """The forms by their names in the templates: empty ones, but the refused one as it was filled in."""
    fresh: dict[str, forms.Form] = {
        "comment_form": CommentForm(),
        "answer_form": AnswerForm(),
        "flag_form": FlagForm(),
        "objection_form": ObjectionForm(city=report.city),
        "reopen_form": ReopenForm(),
        "help_form": HelpForm(),
        "cleanup_form": CleanupForm(),
    }
    kept = {name: refused for name, form in fresh.items() if type(form) is type(refused)}
    return {**fresh, **kept, "refused": refused}


def _author(report: Report) -> str:
    """The name of who reported it, where they asked to be named; else nothing."""
    if not report.shows_name:
        return ""
    return report.contact_name or (report.reporter.name if report.reporter else "")
