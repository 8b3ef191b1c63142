"""What a page says about a report beyond its own fields."""

from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext, pgettext

from districts import wording
from districts.models import Role
from reports.models import HelpOffer, Note, Report, StatusChange
from reports.workflow import Group, Status
from reports.workflow import group_of as public_group_of

register = template.Library()


@register.filter
def group_of(status: str) -> Group | None:
    """The public group of a status, None for one that isn't public."""
    return public_group_of(Status(status))


@register.simple_tag
def why(report: Report, *, public: bool = True) -> str:
    """Why the report went where it went, in the reader's language."""
    return wording.reason(report.decision, public=public)


@register.filter
def whose(change: StatusChange) -> str:
    """Who took a step: the department in whose name it was taken, else the role; never a person."""
    if change.role == Role.DEPARTMENT and change.department is not None:
        return str(change.department)
    return change.get_role_display() or pgettext("who took a step", "the portal")


@register.filter
def step_name(change: StatusChange) -> str:
    """The status a step led to, or what happened beside it."""
    if change.note == Note.HELPED and change.details.get("state") == HelpOffer.State.DONE:
        return gettext("help was given")
    return str(change.get_note_display() or change.get_after_display())


@register.filter
def told(change: StatusChange) -> str:
    """The facts of a step in a sentence; empty where there are none to tell."""
    details = change.details
    if "planned_for" in details:
        day = date_format(date.fromisoformat(details["planned_for"]), "DATE_FORMAT")
        return gettext("Planned for %(day)s.") % {"day": day}
    if details.get("passed_to"):
        return gettext("Passed on to: %(name)s.") % {"name": details["passed_to"]}
    if "objections" in details:
        number = details["objections"]
        words = ngettext("%(number)d resident objects.", "%(number)d residents object.", number)
        return words % {"number": number}
    if "number" in details:
        return gettext("Report № %(number)s was merged into this one.") % {"number": details["number"]}
    if "of" in details:
        return gettext("It is the same as report № %(number)s.") % {"number": details["of"]}
    return _thanks(details) if change.note == Note.HELPED else ""


def _thanks(details: dict[str, Any]) -> str:
    """Who helps or helped; residents are thanked without a name, as history is never edited."""
    name, given = details.get("partner"), details.get("state") == HelpOffer.State.DONE
    if get_language() == "en":
        name = details.get("partner_en") or name
    if details.get("cleanup") and not given:
        day = date_format(date.fromisoformat(details["cleanup"]), "DATE_FORMAT")
        words = (
            gettext("%(name)s invites to a clean-up on %(day)s.")
            if name
            else gettext("A resident invites to a clean-up on %(day)s.")
        )
        return words % {"name": name, "day": day}
    if name:
        return (gettext("Thank you, %(name)s!") if given else gettext("%(name)s will help.")) % {"name": name}
    return gettext("Thank you to the resident who helped!") if given else gettext("A resident will help.")


@register.filter
def may_reopen(report: Report) -> bool:
    """Whether the report's status lets its sender open it again."""
    return report.can_become(Status.REOPENED)


@register.filter
def may_start(report: Report) -> bool:
    """Whether work on it may begin."""
    return report.can_become(Status.IN_PROGRESS)


@register.filter
def may_resolve(report: Report) -> bool:
    """Whether it may be called solved."""
    return report.can_become(Status.RESOLVED)
