"""The last page: all that will be sent, who gets it, and sending it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from districts.answered import told
from frontend.citizens.around import goes_to
from frontend.citizens.reporting.forms import CheckForm
from frontend.citizens.reporting.sending import delivered
from frontend.citizens.reporting.steps import Step, unfinished
from frontend.citizens.reporting.visit import Visit
from layers.ground import Ground, ground
from reports import drafts
from reports.models import Report

CONTACT = ("contact_name", "contact_email", "contact_phone")


def check(visit: Visit) -> HttpResponse:
    """The summary with its warnings; when sent, the page that follows the new report."""
    missing = unfinished(visit.draft, visit.person)
    if missing is not None:
        return visit.go_to(missing)
    form = CheckForm(visit.request.POST if visit.is_sent else None)
    report = _sent(visit, form) if visit.is_sent else None
    if report is not None:
        return redirect("report-track", visit.city.slug, report.token)
    return visit.page(Step.CHECK, form, **_summary(visit))


def _sent(visit: Visit, form: CheckForm) -> Report | None:
    email = visit.draft.data.get("contact_email", "")
    return delivered(visit.request, visit.city, form, lambda: drafts.submit(visit.draft, visit.person), email)


def _summary(visit: Visit) -> dict[str, Any]:
    said, point, service = visit.draft.data, visit.draft.point, visit.service
    return {
        "said": said,
        "point": point,
        "service": service,
        "answers": told(service, said.get("answers", {})) if service else [],
        "contact": [said[name] for name in CONTACT if said.get(name)],
        "photos": list(visit.draft.photos.all()),
        "goes_to": goes_to(point, service) if point else "",
        "warning": _warning(visit) if point else "",
    }


def _warning(visit: Visit) -> str:
    assert visit.draft.point is not None
    match ground(visit.city, visit.draft.point):
        case Ground.WATER:
            return _(
                "The pin is in the water. If the problem isn’t there, move it; else send the report as it is."
            )
        case Ground.PRIVATE:
            return _(
                "The pin is on private land, where the city may not be able to help. You can send it all the same."
            )
    return ""
