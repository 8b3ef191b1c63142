"""The way back to a report that was begun in this browser."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from frontend.cities import person
from layers.models import City
from reports import drafts
from reports.models import Draft
from reports.retention import DRAFTS_KEPT_FOR

COOKIE = "report_draft"


def remember(request: HttpRequest, response: HttpResponse, draft: Draft) -> HttpResponse:
    """The answer with a signed cookie that leads back to the draft, sent to the pages of this city's reports only."""
    response.set_signed_cookie(
        COOKIE,
        draft.token,
        salt=draft.city.slug,
        max_age=DRAFTS_KEPT_FOR,
        path=reverse("report-new", args=[draft.city.slug]),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def remembered(request: HttpRequest, city: City) -> Draft | None:
    """The unsent draft this browser began in the city; not one of another account."""
    token = cast(str, request.get_signed_cookie(COOKIE, "", salt=city.slug))
    draft = drafts.of(city, token) if token else None
    if draft is None or draft.report_id is not None:
        return None
    visitor = person(request)
    is_ours = draft.user_id in (None, visitor.pk if visitor else None)
    return draft if is_ours else None


def resumable(request: HttpRequest, city: City) -> Draft | None:
    """The same, if it says more than a place."""
    draft = remembered(request, city)
    return draft if draft and Draft.objects.begun().filter(pk=draft.pk).exists() else None
