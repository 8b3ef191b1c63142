"""A resident's way: report a problem, follow it, say that it isn't solved."""

from uuid import uuid4

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from districts.models import User
from frontend.answers import refusals_told
from frontend.cities import city_or_404, person
from frontend.citizens.around import Around, around
from frontend.citizens.forms import ReopenForm, ReportForm
from frontend.citizens.report_context import report_context
from frontend.shown import shown
from layers.models import City
from reports import actions
from reports.errors import KeyUsed, Refused
from reports.models import Report

PREFILLED = ("lon", "lat", "service", "address")
"""What a link to the form may fill in: a click on the public map, a code on a lamp."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_new(request: HttpRequest, city: str) -> HttpResponse:
    """The form; when sent, the page that follows the new report."""
    place, visitor = city_or_404(request, city), person(request)
    if request.method != "POST":
        filled = {name: request.GET[name] for name in PREFILLED if name in request.GET}
        return _form_page(request, place, ReportForm(city=place, person=visitor, initial=filled))
    form = ReportForm(request.POST, request.FILES, city=place, person=visitor)
    if "preview" in request.POST:
        return _form_page(request, place, form, around=around(place, request.POST))
    report = _sent(form) if form.is_valid() else None
    if report is None:
        return _form_page(request, place, form, status=422)
    return redirect("report-track", place.slug, report.token)


def _sent(form: ReportForm) -> Report | None:
    """The report, the same one for the same form; None where it was refused, with the reason in the form."""
    try:
        with transaction.atomic():
            submitted = actions.submit(form.submission())
            # The same form sent again brings the same report, with the photos it has.
            for prepared in form.cleaned_data["photos"] if submitted.created else []:
                actions.keep_photo(submitted.report, prepared, author=form.person)
        return submitted.report
    except KeyUsed as used:
        form.data = dict(form.data.items()) | {"key": str(uuid4())}
        form.add_error(None, str(used))
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return None


def _form_page(
    request: HttpRequest, city: City, form: ReportForm, status: int = 200, around: Around | None = None
) -> HttpResponse:
    context = {"city": city, "form": form, "around": around}
    return render(request, "citizens/report_form.html", context, status=status)


@never_cache
@require_GET
def report_around(request: HttpRequest, city: str) -> HttpResponse:
    """Who would get a report at a place, why, and what is reported there already: a piece of the form."""
    place = city_or_404(request, city)
    context = {"city": place, "around": around(place, request.GET)}
    return render(request, "citizens/report/_around.html", context)


@require_GET
def report_page(request: HttpRequest, city: str, pk: int) -> HttpResponse:
    """One report with its history; `?fragment=card` gives only the card that the map shows."""
    place, visitor = city_or_404(request, city), person(request)
    report = get_object_or_404(shown(Report.objects.visible_to(visitor)), city=place, pk=pk)
    if request.GET.get("fragment") == "card":
        return render(request, "citizens/_report_card.html", {"city": place, "report": report})
    return _report_page(request, report, visitor, ReopenForm())


@login_required
@require_POST
def report_reopen(request: HttpRequest, city: str, pk: int) -> HttpResponse:
    """Open one's own report again."""
    place, visitor = city_or_404(request, city), person(request)
    report = get_object_or_404(
        shown(Report.objects.exclude(reporter=None)), city=place, pk=pk, reporter=visitor
    )
    form = ReopenForm(request.POST, request.FILES)
    if not form.is_valid():
        return _report_page(request, report, visitor, form, status=422)
    _reopen(request, report, visitor, form)
    return redirect("report-page", place.slug, report.pk)


@never_cache
@require_GET
def report_track(request: HttpRequest, city: str, token: str) -> HttpResponse:
    """The report for whoever holds its secret address, published or not."""
    place = city_or_404(request, city)
    report = get_object_or_404(shown(Report.objects.all()), city=place, token=token)
    return _track_page(request, report, ReopenForm())


@require_POST
def track_reopen(request: HttpRequest, city: str, token: str) -> HttpResponse:
    """Open the report again whose secret address one holds."""
    place = city_or_404(request, city)
    report = get_object_or_404(shown(Report.objects.all()), city=place, token=token)
    form = ReopenForm(request.POST, request.FILES)
    if not form.is_valid():
        return _track_page(request, report, form, status=422)
    _reopen(request, report, None, form)
    return redirect("report-track", place.slug, report.token)


def _report_page(
    request: HttpRequest, report: Report, visitor: User | None, form: ReopenForm, status: int = 200
) -> HttpResponse:
    is_own = visitor is not None and report.reporter_id == visitor.pk
    context = {**report_context(report, visitor, is_own=is_own), "form": form}
    return render(request, "citizens/report_page.html", context, status=status)


def _track_page(request: HttpRequest, report: Report, form: ReopenForm, status: int = 200) -> HttpResponse:
    address = reverse("report-track", args=[report.city.slug, report.token])
    context = {
        **report_context(report, person(request), is_own=True),
        "link": request.build_absolute_uri(address),
        "letters_are_sent": settings.EMAIL_CONFIGURED,
        "form": form,
    }
    return render(request, "citizens/report_track.html", context, status=status)


def _reopen(request: HttpRequest, report: Report, by: User | None, form: ReopenForm) -> None:
    done = _("The report is open again. Those who answer for it will see why.")
    with refusals_told(request, done), transaction.atomic():
        actions.reopen(report.pk, by=by, reason=form.cleaned_data["reason"])
        if form.cleaned_data["photo"]:
            actions.attach(report, form.cleaned_data["photo"], role="outcome", author=by)
