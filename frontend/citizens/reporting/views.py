"""Reporting a problem, page by page; the address of a draft is its key."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from districts.models import Service
from districts.suggesting import suggest
from frontend.cities import city_or_404, person
from frontend.citizens.around import around
from frontend.citizens.reporting import one_page, pages, place
from frontend.citizens.reporting.check import check
from frontend.citizens.reporting.forms import PlaceForm
from frontend.citizens.reporting.resuming import remember, remembered, resumable
from frontend.citizens.reporting.steps import Step, unfinished
from frontend.citizens.reporting.visit import Visit
from layers.models import City
from reports import drafts, retention
from reports.models import Draft
from reports.text import clean

PAGES: dict[str, Callable[[Visit], HttpResponse]] = {
    Step.PLACE: place.place,
    Step.SIMILAR: pages.similar_nearby,
    Step.WHAT: pages.what,
    Step.DETAILS: pages.details,
    Step.PHOTOS: pages.photos,
    Step.CONTACT: pages.contact,
    Step.CHECK: check,
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_new(request: HttpRequest, city: str) -> HttpResponse:
    """The first page, or the second for a link that knows the place; takes the form on one page as well."""
    town, visitor = city_or_404(request, city), person(request)
    if request.method == "POST" and "step" not in request.POST:
        return one_page.sent(request, town, visitor)
    if request.method == "POST":
        return place.answered(request, town, visitor, None)
    if "whole" in request.GET:
        return one_page.empty(request, town, visitor)
    linked = _linked(request, town)
    if linked is not None:
        return linked
    filled = {name: request.GET[name] for name in one_page.PREFILLED if name in request.GET}
    return place.place_page(request, town, PlaceForm(city=town, initial=filled), None)


def _linked(request: HttpRequest, city: City) -> HttpResponse | None:
    """The page after the place, where the link holds a place in the city; a draft is begun for it.

    A browser that only looks ahead begins none, and one draft is used again until it says more than a place.
    """
    if not (request.GET.get("lon") and request.GET.get("lat")) or request.method == "HEAD":
        return None
    form = PlaceForm(request.GET, city=city)
    if "prefetch" in request.headers.get("Sec-Purpose", "") or not form.is_valid():
        return None
    said = form.said() | place.service_asked_for(request.GET, city, None)
    earlier = remembered(request, city)
    if earlier is None or resumable(request, city):
        draft = drafts.start(city, person(request), **said)
    else:
        draft = drafts.keep(earlier, **said)
    return Visit(request, city, draft, person(request)).go_on(Step.PLACE)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_step(request: HttpRequest, city: str, token: str, step: str) -> HttpResponse:
    """One page of a draft; where the draft was sent, the report's own."""
    town, visitor = city_or_404(request, city), person(request)
    draft = drafts.of(town, token)
    if draft is None:
        return _gone(request, town)
    if draft.report is not None:
        return redirect("report-track", town.slug, draft.report.token)
    if step not in PAGES:
        raise Http404
    if visitor is not None:
        drafts.claim(draft, visitor)
    return remember(request, PAGES[step](Visit(request, town, draft, visitor)), draft)


@never_cache
@require_safe
def report_draft(request: HttpRequest, city: str, token: str) -> HttpResponse:
    """To where its writer left the draft."""
    town = city_or_404(request, city)
    draft = drafts.of(town, token)
    if draft is None:
        return _gone(request, town)
    step = unfinished(draft, person(request)) or Step.CHECK
    return redirect("report-step", town.slug, draft.token, step.value)


@require_POST
def report_drop(request: HttpRequest, city: str, token: str) -> HttpResponse:
    """Forget a draft."""
    town = city_or_404(request, city)
    retention.forget_drafts(Draft.objects.unsent().filter(city=town, token=token))
    messages.success(request, _("The unsent report is deleted."))
    return redirect("report-new", town.slug)


@never_cache
@require_safe
def draft_photo(request: HttpRequest, city: str, token: str, photo: str) -> HttpResponse:
    """A picture of a draft, for whoever holds the draft's address."""
    draft = drafts.of(city_or_404(request, city), token)
    found = draft.photos.filter(token=photo).first() if draft else None
    if found is None:
        raise Http404
    with found.image.open("rb") as picture:
        response = HttpResponse(picture.read(), content_type="image/webp")
    response["X-Content-Type-Options"] = "nosniff"
    return response


@never_cache
@require_GET
def report_around(request: HttpRequest, city: str) -> HttpResponse:
    """Who would get a report at a place, why, and what is reported there already: a piece of the form."""
    town = city_or_404(request, city)
    context = {"city": town, "around": around(town, request.GET)}
    return render(request, "citizens/report/_around.html", context)


@require_GET
def report_suggest(request: HttpRequest, city: str) -> JsonResponse:
    """The codes of the categories that a description speaks of, the likeliest first."""
    town = city_or_404(request, city)
    services = Service.objects.offered_in(town)
    found = suggest(services, clean(request.GET.get("text", ""))[:1000])
    return JsonResponse({"services": [service.code for service in found]})


def _gone(request: HttpRequest, city: City) -> HttpResponse:
    return render(request, "citizens/reporting/gone.html", {"city": city}, status=404)
