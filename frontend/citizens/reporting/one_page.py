"""Everything on one page, and the same form sent by programs and by pages that were kept open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from districts.models import User
from frontend.citizens.around import Around, around
from frontend.citizens.forms import ReportForm
from frontend.citizens.reporting.sending import delivered
from layers.models import City
from reports import actions
from reports.models import Report

PREFILLED = ("lon", "lat", "service", "address")
"""What a link to the form may fill in: a click on the public map, a code on a lamp."""


def empty(request: HttpRequest, city: City, visitor: User | None) -> HttpResponse:
    """The form, with what the link fills in."""
    filled = {name: request.GET[name] for name in PREFILLED if name in request.GET}
    return _form_page(request, city, ReportForm(city=city, person=visitor, initial=filled))


def sent(request: HttpRequest, city: City, visitor: User | None) -> HttpResponse:
    """The page that follows the new report; the form again where it was refused, or asked only who would get it."""
    form = ReportForm(request.POST, request.FILES, city=city, person=visitor)
    if "preview" in request.POST:
        return _form_page(request, city, form, around=around(city, request.POST))
    email = str(form.data.get("contact_email", ""))
    report = delivered(request, city, form, lambda: _submitted(form), email)
    if report is None:
        return _form_page(request, city, form, status=422)
    return redirect("report-track", city.slug, report.token)


def _submitted(form: ReportForm) -> Report:
    submitted = actions.submit(form.submission())
    # The same form sent again brings the same report, with the photos it has.
    for prepared in form.cleaned_data["photos"] if submitted.created else []:
        actions.keep_photo(submitted.report, prepared, author=form.person)
    return submitted.report


def _form_page(
    request: HttpRequest, city: City, form: ReportForm, status: int = 200, around: Around | None = None
) -> HttpResponse:
    context = {"city": city, "form": form, "around": around}
    return render(request, "citizens/report_form.html", context, status=status)
