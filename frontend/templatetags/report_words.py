"""What a page says about a report beyond its own fields."""

from django import template
from django.utils.translation import pgettext

from districts import wording
from districts.models import Role
from reports.models import Report, StatusChange
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
