"""The life of a report as one table. Pure: no database, no models."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from districts.errors import Refused


class Status(TextChoices):
    RECEIVED = "received", _("received")
    REJECTED = "rejected", _("rejected")
    PUBLISHED = "published", _("published")
    IN_PROGRESS = "in_progress", _("in progress")
    PLANNED = "planned", _("planned")
    PASSED_ON = "passed_on", _("passed on")
    RESOLVED = "resolved", _("resolved")
    CONFIRMED = "confirmed", _("confirmed as resolved")
    REOPENED = "reopened", _("reopened")
    DECLINED = "declined", _("declined")
    DUPLICATE = "duplicate", _("duplicate")


class Group(TextChoices):
    """What the public distinguishes: five groups, each with a colour, a shape and a word."""

    PUBLISHED = "published", pgettext_lazy("group of reports", "Published")
    IN_WORK = "in_work", pgettext_lazy("group of reports", "In work")
    RESOLVED = "resolved", pgettext_lazy("group of reports", "Resolved")
    REOPENED = "reopened", pgettext_lazy("group of reports", "Reopened")
    CLOSED = "closed", pgettext_lazy("group of reports", "Closed")


S = Status
_WORKING = frozenset({S.IN_PROGRESS, S.PLANNED, S.PASSED_ON, S.RESOLVED, S.DECLINED, S.DUPLICATE})

NEXT: Mapping[Status, frozenset[Status]] = {
    S.RECEIVED: frozenset({S.PUBLISHED, S.REJECTED, S.DUPLICATE}),
    S.REJECTED: frozenset(),
    S.PUBLISHED: _WORKING,
    S.IN_PROGRESS: _WORKING - {S.IN_PROGRESS},
    S.PLANNED: _WORKING - {S.PLANNED},
    S.PASSED_ON: _WORKING - {S.PASSED_ON},
    S.RESOLVED: frozenset({S.REOPENED, S.CONFIRMED}),
    S.CONFIRMED: frozenset({S.REOPENED}),
    S.REOPENED: _WORKING,
    S.DECLINED: frozenset({S.REOPENED}),
    S.DUPLICATE: frozenset(),
}
"""What may follow what. A confirmed report ends its reporter's window to reopen, not the neighbours'."""
UNMERGED: frozenset[Status] = frozenset({S.PUBLISHED, S.IN_PROGRESS, S.PLANNED, S.PASSED_ON, S.REOPENED})
"""Where a duplicate goes back to when its merge is undone, and by nothing else."""

GROUPS: Mapping[Group, tuple[Status, ...]] = {
    Group.PUBLISHED: (S.PUBLISHED,),
    Group.IN_WORK: (S.IN_PROGRESS, S.PLANNED, S.PASSED_ON),
    Group.RESOLVED: (S.RESOLVED, S.CONFIRMED),
    Group.REOPENED: (S.REOPENED,),
    Group.CLOSED: (S.DECLINED, S.DUPLICATE),
}

PUBLIC: tuple[Status, ...] = tuple(status for group in GROUPS.values() for status in group)
"""What everybody may see; received and rejected reports are nobody's but their sender's and the staff's."""
WAITING: tuple[Status, ...] = (S.PUBLISHED, S.IN_PROGRESS, S.PLANNED, S.PASSED_ON, S.REOPENED)
"""What a department still has to answer; its clock runs."""

CLOSING: frozenset[Status] = frozenset({S.REJECTED, S.RESOLVED, S.CONFIRMED, S.DECLINED, S.DUPLICATE})
"""What ends the clock, until somebody reopens it."""

_GROUP_OF: Mapping[Status, Group] = {
    status: group for group, statuses in GROUPS.items() for status in statuses
}


class ForbiddenStep(Refused):
    """The report's status doesn't allow this step."""

    def __init__(self, now: Status, then: Status) -> None:
        super().__init__(
            _("A report that is “%(now)s” can't become “%(then)s”.") % {"now": now.label, "then": then.label}
        )
        self.now, self.then = now, then


def check(now: Status, then: Status) -> None:
    """Raise ForbiddenStep unless `then` may follow `now`."""
    if then not in NEXT[now]:
        raise ForbiddenStep(now, then)


def check_unmerge(now: Status, then: Status) -> None:
    """Raise ForbiddenStep unless a merge that is undone may lead there."""
    if now is not S.DUPLICATE or then not in UNMERGED:
        raise ForbiddenStep(now, then)


def group_of(status: Status) -> Group | None:
    """The public group, None for what isn't public."""
    return _GROUP_OF.get(status)
