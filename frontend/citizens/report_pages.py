"""The page of a report for everybody, and the one for whoever holds its secret address."""

from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from districts.models import User
from frontend.answers import refusals_told
from frontend.cities import city_or_404, person
from frontend.citizens.promise import promise
from frontend.citizens.report_context import report_context
from frontend.citizens.resident_forms import ReopenForm
from frontend.citizens.signing_in import signed_in_first
from frontend.shown import shown
from reports import actions
from reports.models import Report


@require_GET
def report_page(request: HttpRequest, city: str, pk: int) -> HttpResponse:
    """One report with its history; `?fragment=card` gives only the card that the map shows."""
    place, visitor = city_or_404(request, city), person(request)
    report = get_object_or_404(shown(Report.objects.visible_to(visitor)), city=place, pk=pk)
    if request.GET.get("fragment") == "card":
        return render(request, "citizens/_report_card.html", {"city": place, "report": report})
    return page_of(request, report)


@never_cache
@require_GET
def report_track(request: HttpRequest, city: str, token: str) -> HttpResponse:
    """The report for whoever holds its secret address, published or not."""
    return tracking_page(request, tracked(request, city, token))


def tracked(request: HttpRequest, city: str, token: str) -> Report:
    """The report of that secret address, or 404."""
    return get_object_or_404(shown(Report.objects.all()), city=city_or_404(request, city), token=token)


def own_or_404(request: HttpRequest, city: str, visitor: User, pk: int) -> Report:
    """The visitor's own report, published or not."""
    return get_object_or_404(
        shown(Report.objects.all()), city=city_or_404(request, city), pk=pk, reporter=visitor
    )


def page_of(request: HttpRequest, report: Report, refused: forms.Form | None = None) -> HttpResponse:
    """The report's page; with a form that was refused, what was typed into it, and status 422."""
    visitor = person(request)
    is_own = visitor is not None and report.reporter_id == visitor.pk
    context = report_context(report, visitor, is_own=is_own, refused=refused)
    return render(request, "citizens/report_page.html", context, status=422 if refused else 200)


def tracking_page(request: HttpRequest, report: Report, refused: forms.Form | None = None) -> HttpResponse:
    """The same for its sender."""
    address = reverse("report-track", args=[report.city.slug, report.token])
    context: dict[str, Any] = {
        **report_context(report, person(request), is_own=True, refused=refused),
        "link": request.build_absolute_uri(address),
        "letters_are_sent": settings.EMAIL_CONFIGURED,
        "promise": promise(report),
    }
    return render(request, "citizens/report_track.html", context, status=422 if refused else 200)


@require_POST
@signed_in_first
def report_reopen(request: HttpRequest, visitor: User, city: str, pk: int) -> HttpResponse:
    """Open one's own report again."""
    report = own_or_404(request, city, visitor, pk)
    form = ReopenForm(request.POST, request.FILES)
    if _reopened(request, report, visitor, form):
        return redirect("report-page", city, pk)
    return page_of(request, report, form)


@require_POST
def track_reopen(request: HttpRequest, city: str, token: str) -> HttpResponse:
    """Open the report again whose secret address one holds."""
    report = tracked(request, city, token)
    form = ReopenForm(request.POST, request.FILES)
    if _reopened(request, report, None, form):
        return redirect("report-track", city, token)
    return tracking_page(request, report, form)


def _reopened(request: HttpRequest, report: Report, by: User | None, form: ReopenForm) -> bool:
    """Whether it is open again; else the form says why not, and no photo is kept."""
    if not form.is_valid():
        return False
    done = _("The report is open again. Those who answer for it will see why.")
    with refusals_told(request, done, form), transaction.atomic():
        actions.reopen(report.pk, by=by, reason=form.cleaned_data["reason"])
        if form.cleaned_data["photo"]:
            actions.attach(report, form.cleaned_data["photo"], role="outcome", author=by)
    return not form.errors
