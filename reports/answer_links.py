"""Links that let somebody answer one report in a department's name without an account, for a while."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.utils import timezone

from districts.models import Department
from reports.models import AnswerLink, Report

SALT = "reports.answer"
LASTS_S = 14 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Answerer:
    report: Report
    department: Department
    link: AnswerLink | None = None
    """What a contractor was given; None for the link in a department's letter."""


def answer_token(report: Report, department: Department) -> str:
    """A signed token, good for two weeks, for this report and body only."""
    return signing.dumps({"report": report.pk, "department": department.pk}, salt=SALT)


def answer_address(report: Report, department: Department) -> str:
    """The page where the token answers."""
    return f"{settings.PUBLIC_ORIGIN}/{report.city.slug}/answer/{answer_token(report, department)}/"


def link_token(link: AnswerLink) -> str:
    """The signed token of a contractor's link: good while the link is, and never longer than two weeks."""
    said = {"report": link.report_id, "department": link.department_id, "link": link.pk}
    return signing.dumps(said, salt=SALT)


def link_address(link: AnswerLink) -> str:
    """The page where a contractor's token answers."""
    return f"{settings.PUBLIC_ORIGIN}/{link.report.city.slug}/answer/{link_token(link)}/"


def opened(token: str) -> Answerer | None:
    """Whom the token lets answer what; None for one that is forged, over, or whose report went to another body."""
    try:
        said = signing.loads(token, salt=SALT, max_age=LASTS_S)
    except signing.BadSignature:
        return None
    report = Report.objects.select_related("city", "service", "department").filter(pk=said["report"]).first()
    if report is None or report.department is None or report.department.pk != said["department"]:
        return None
    link = _link(said)
    if link is None and "link" in said:
        return None
    return Answerer(report, report.department, link)


def _link(said: dict[str, Any]) -> AnswerLink | None:
    """The contractor's link of the token, if it is still good."""
    links = AnswerLink.objects.filter(revoked_at=None, expires_at__gt=timezone.now())
    return links.filter(pk=said["link"], report=said["report"]).first() if "link" in said else None
