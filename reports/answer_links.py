"""Links that let somebody answer one report in a department's name without an account, for a while."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing

from districts.models import Department
from reports.models import Report

SALT = "reports.answer"
LASTS_S = 14 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Answerer:
    report: Report
    department: Department


def answer_token(report: Report, department: Department) -> str:
    """A signed token, good for two weeks, for this report and body only."""
    return signing.dumps({"report": report.pk, "department": department.pk}, salt=SALT)


def answer_address(report: Report, department: Department) -> str:
    """The page where the token answers."""
    return f"{settings.PUBLIC_ORIGIN}/{report.city.slug}/answer/{answer_token(report, department)}/"


def opened(token: str) -> Answerer | None:
    """Whom the token lets answer what; None for one that is forged, over, or whose report went to another body."""
    try:
        said = signing.loads(token, salt=SALT, max_age=LASTS_S)
    except signing.BadSignature:
        return None
    report = Report.objects.select_related("city", "service", "department").filter(pk=said["report"]).first()
    if report is None or report.department is None or report.department.pk != said["department"]:
        return None
    return Answerer(report, report.department)
