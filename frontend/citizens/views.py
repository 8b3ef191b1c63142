"""A resident reports a problem."""

from uuid import uuid4

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from frontend.cities import city_or_404, person
from frontend.citizens.around import Around, around
from frontend.citizens.forms import ReportForm
from layers.models import City
from reports import abuse, actions
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
    report = _sent(request, form) if form.is_valid() else None
    if report is None:
        return _form_page(request, place, form, status=422)
    return redirect("report-track", place.slug, report.token)


def _sent(request: HttpRequest, form: ReportForm) -> Report | None:
    """The report, the same one for the same form; None where it was refused, with the reason in the form."""
    try:
        abuse.admit(request, abuse.Act.REPORT, form.city, form.cleaned_data["contact_email"])
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
