"""What a sender is promised before a moderator has looked: who would answer, and by when."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from districts.models import Section
from districts.routing import route
from districts.wording import reason
from districts.workdays import due
from reports.models import Report


@dataclass(frozen=True, slots=True)
class Promise:
    goes_to: str
    answered_by: datetime | None
    """If it is published today; None where the rule names no time."""


def promise(report: Report) -> Promise | None:
    """For a report that waits for a moderator and will be routed; None for others."""
    if report.status != "received" or report.point is None or report.service.section.code != Section.PROBLEMS:
        return None
    decision = route(report.point, report.service, report.asset)
    best, now = decision.best, timezone.now()
    days = best.due_days if best else None
    by = due(report.city, now, days) if days is not None else None
    return Promise(reason(decision.as_data(), public=True), by)
