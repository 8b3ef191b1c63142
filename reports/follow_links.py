"""Links by which an address without an account proves that it wants to hear of a report."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing

from reports.models import Report

SALT = "reports.follow"
LASTS_S = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Asked:
    report: Report
    address: str


def follow_address(report: Report, address: str) -> str:
    """The page that asks once more; good for a week, for this report and address only."""
    token = signing.dumps({"report": report.pk, "address": address}, salt=SALT)
    return f"{settings.PUBLIC_ORIGIN}/{report.city.slug}/follow/{token}/"


def opened(token: str) -> Asked | None:
    """Who wants to follow what; None for a link that is forged or over, or a report that isn't public any more."""
    try:
        said = signing.loads(token, salt=SALT, max_age=LASTS_S)
    except signing.BadSignature:
        return None
    report = Report.objects.public().select_related("city", "service").filter(pk=said["report"]).first()
    return Asked(report, said["address"]) if report else None
