"""The moderators' screen: what waits, one report at a time."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from districts.models import User
from districts.routing import route
from districts.wording import reason
from frontend.answers import number_in, refusals_told
from frontend.coordinates import CoordinatesForm
from frontend.moderators.forms import PlaceForm, RejectForm
from frontend.moderators.mending import for_moderators, mending_context
from frontend.moderators.tabs import counters
from frontend.shown import shown
from layers.models import City
from reports import actions
from reports.models import Report

PAGE = 20


@never_cache
@require_safe
@for_moderators
def moderation(request: HttpRequest, city: City, moderator: User) -> HttpResponse:
    """The queue, longest waiting first, with the report that `?report=` names, else its first one."""
    asked = number_in(request, "report")
    waiting = shown(Report.objects.awaiting_moderation(city))
    chosen = waiting.filter(pk=asked).first() if asked else None
    return _screen(request, city, chosen or waiting.first())


@require_POST
@for_moderators
def place(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Put a report on the map."""
    report = get_object_or_404(Report, city=city, pk=pk)
    form = PlaceForm(request.POST, city=city)
    if form.is_valid():
        with refusals_told(request, _("The place is kept."), form):
            actions.place(report.pk, form.cleaned_data["point"], by=moderator)
    return _screen(request, city, report, place_form=form) if form.errors else _back(city, report)


@require_POST
@for_moderators
def publish(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Let everybody see a report, at the place shown on the moderator's map, and send it to whoever answers for it."""
    report = get_object_or_404(Report, city=city, pk=pk)
    form = CoordinatesForm(request.POST, city=city, initial=_coordinates(report))
    if form.is_valid():
        with refusals_told(request, _("Report № %(number)s is published.") % {"number": report.pk}, form):
            if form.cleaned_data["point"] is not None and form.has_changed():
                actions.place(report.pk, form.cleaned_data["point"], by=moderator)
            actions.publish(report.pk, by=moderator)
    return _screen(request, city, report, place_form=form) if form.errors else _back(city, report)


@require_POST
@for_moderators
def reject(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Keep a report from the public, and tell its sender why."""
    report = get_object_or_404(Report, city=city, pk=pk)
    form = RejectForm(request.POST, city=city)
    if form.is_valid():
        with refusals_told(request, _("Report № %(number)s is rejected.") % {"number": report.pk}, form):
            actions.reject(report.pk, by=moderator, reason=form.cleaned_data["reason"])
    return _screen(request, city, report, reject_form=form) if form.errors else _back(city, report)


def _screen(
    request: HttpRequest,
    city: City,
    report: Report | None,
    place_form: CoordinatesForm | None = None,
    reject_form: RejectForm | None = None,
) -> HttpResponse:
    """The queue beside one report; with a form that has errors, status 422."""
    waiting = Report.objects.awaiting_moderation(city).select_related("service")
    context = {
        **mending_context(city, report),
        "city": city,
        "counters": counters(city),
        "tab": "reports",
        "page": Paginator(waiting, PAGE).get_page(request.GET.get("page")),
        "report": report,
        "will_go": _preview(report),
        "place_form": place_form or PlaceForm(city=city, initial=_coordinates(report)),
        "reject_form": reject_form or RejectForm(city=city),
    }
    status = 422 if place_form or reject_form else 200
    return render(request, "moderators/moderation.html", context, status=status)


def _coordinates(report: Report | None) -> dict[str, float]:
    return {"lon": report.point.x, "lat": report.point.y} if report and report.point else {}


def _preview(report: Report | None) -> str:
    """Who would get the report if it were published now, and why; empty for one without a place."""
    if report is None or report.point is None:
        return ""
    return reason(route(report.point, report.service, report.asset).as_data(), public=False)


def _back(city: City, report: Report) -> HttpResponse:
    return redirect(f"{reverse('moderation', args=[city.slug])}?report={report.pk}")
