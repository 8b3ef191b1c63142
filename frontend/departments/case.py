"""What stands around a report on the desk: notes, helpers, links for contractors, reports close by."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from districts.answered import told
from districts.models import User
from frontend.departments.case_forms import LinkForm, NoteForm
from reports import answer_links
from reports.models import AnswerLink, InternalNote, Photo, Report
from reports.workflow import WAITING

NEAR_M = 150
MOST_NEAR = 5


@dataclass(frozen=True, slots=True)
class GivenLink:
    """A link that is good, with the address to send."""

    pk: int
    given_to: str
    expires_at: datetime
    address: str


def around(report: Report, member: User) -> dict[str, Any]:
    """What the desk shows beside the report's own words and steps."""
    notes = InternalNote.objects.visible_to(member).filter(report=report)
    return {
        "answered": told(report.service, report.answers),
        "notes": notes.select_related("author", "department"),
        "note_form": NoteForm(),
        "offers": report.help_offers.select_related("user", "partner"),
        "links": _links(report),
        "link_form": LinkForm(),
        "nearby": _nearby(report) if report.is_open else [],
    }


def _links(report: Report) -> list[GivenLink]:
    good = AnswerLink.objects.filter(report=report, department=report.department, revoked_at=None)
    links = good.filter(expires_at__gt=timezone.now()).select_related("report__city")
    return [
        GivenLink(link.pk, link.given_to, link.expires_at, answer_links.link_address(link)) for link in links
    ]


def _nearby(report: Report) -> list[Report]:
    """Public reports close by that wait too and may be the same case, those of the same category first; no ideas."""
    if report.point is None:
        return []
    of_its_kind = {"city": report.city, "status__in": WAITING, "service__section": report.service.section_id}
    others = Report.objects.public().filter(**of_its_kind).exclude(pk=report.pk)
    photos = Photo.objects.filter(role="problem", hidden=False).order_by("at", "pk")
    near = others.near(report.point, NEAR_M).select_related("service")
    found = list(near.prefetch_related(Prefetch("photos", photos))[: MOST_NEAR * 4])
    return sorted(found, key=lambda other: other.service_id != report.service_id)[:MOST_NEAR]
