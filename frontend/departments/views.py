"""A department's screen: what waits for it, overdue first, and where its territory lies."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from districts.models import Department, User
from frontend.answers import number_in, refusals_told
from frontend.cities import for_staff
from frontend.departments.forms import ResolveForm, StartForm
from frontend.shown import shown
from layers.models import City
from reports import actions
from reports.models import Report, ReportQuerySet

PAGE = 20


def _works_in(user: User, city: City) -> bool:
    return user.departments_in(city).exists()


for_departments = for_staff(_works_in)


@never_cache
@require_safe
@for_departments
def work(request: HttpRequest, city: City, member: User) -> HttpResponse:
    """The queue, with the report that `?report=` names, else with the map of the territory."""
    asked = number_in(request, "report")
    chosen = _theirs(city, member).filter(pk=asked).first() if asked else None
    return _screen(request, city, member, chosen)


@require_POST
@for_departments
def start(request: HttpRequest, city: City, member: User, pk: int) -> HttpResponse:
    """Say that the work on a report has begun."""
    report = get_object_or_404(_theirs(city, member), pk=pk)
    form = StartForm(request.POST)
    if form.is_valid():
        with refusals_told(request, _("Report № %(number)s is in work.") % {"number": report.pk}, form):
            actions.start(report.pk, by=member, reason=form.cleaned_data["reason"])
    return _screen(request, city, member, report, start_form=form) if form.errors else _back(city, report)


@require_POST
@for_departments
def resolve(request: HttpRequest, city: City, member: User, pk: int) -> HttpResponse:
    """Say that a report's problem is solved, and how."""
    report = get_object_or_404(_theirs(city, member), pk=pk)
    form = ResolveForm(request.POST)
    if form.is_valid():
        with refusals_told(request, _("Report № %(number)s is resolved.") % {"number": report.pk}, form):
            actions.resolve(report.pk, by=member, reason=form.cleaned_data["reason"])
    return _screen(request, city, member, report, resolve_form=form) if form.errors else _back(city, report)


def _theirs(city: City, member: User) -> ReportQuerySet:
    """Published reports of the bodies in whose name this person works, solved ones too."""
    return shown(Report.objects.public().filter(city=city, department__in=member.departments_in(city)))


def _screen(
    request: HttpRequest,
    city: City,
    member: User,
    report: Report | None,
    start_form: StartForm | None = None,
    resolve_form: ResolveForm | None = None,
) -> HttpResponse:
    """The queue beside one report or the territory; with a form that has errors, status 422."""
    bodies = list(member.departments_in(city))
    asked = [body for body in bodies if body.code == request.GET.get("department")] or bodies
    theirs = Department.objects.filter(pk__in=[body.pk for body in asked])
    queue = Report.objects.waiting_for(theirs, city).select_related("service")
    context = {
        "city": city,
        "departments": bodies,
        "department": asked[0] if len(asked) == 1 else None,
        "page": Paginator(queue, PAGE).get_page(request.GET.get("page")),
        "report": report,
        "start_form": start_form or StartForm(auto_id="id_start_%s"),
        "resolve_form": resolve_form or ResolveForm(auto_id="id_resolve_%s"),
    }
    return render(
        request, "departments/work.html", context, status=422 if start_form or resolve_form else 200
    )


def _back(city: City, report: Report) -> HttpResponse:
    return redirect(f"{reverse('work', args=[city.slug])}?report={report.pk}")
