"""A department's screen: what waits for it, overdue first, and where its territory lies."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from districts.models import Department, User
from frontend.answers import number_in, refusals_told
from frontend.cities import city_or_404, for_staff
from frontend.departments.forms import StepForm
from frontend.departments.steps import BY_VERB, STEPS, Step
from frontend.shown import shown
from layers.models import City
from reports import answer_links, workflow
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
def act(request: HttpRequest, city: City, member: User, pk: int, verb: str) -> HttpResponse:
    """Do one thing with a report of theirs."""
    report = get_object_or_404(_theirs(city, member), pk=pk)
    step = BY_VERB[verb]
    form = _form(step, report, request)
    if _done(request, step, report, member, form):
        return redirect(f"{reverse('work', args=[city.slug])}?report={report.pk}")
    return _screen(request, city, member, report, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, city: str, token: str) -> HttpResponse:
    """One report for whoever was sent the link: answered in the department's name, without an account."""
    place = city_or_404(request, city)
    opened = answer_links.opened(token)
    if opened is None or opened.report.city_id != place.pk:
        return render(request, "departments/answer_over.html", {"city": place}, status=410)
    report = shown(Report.objects.all()).get(pk=opened.report.pk)
    step = BY_VERB.get(request.POST.get("verb", ""))
    form = None
    if request.method == "POST" and step is not None and step.by_link:
        form = _form(step, report, request)
        if _done(request, step, report, None, form):
            return redirect("answer", place.slug, token)
    steps = _offered(report, form, by_link=True)
    context = {
        "city": place,
        "report": report,
        "department": opened.department,
        "wrong": form,
        "steps": steps,
    }
    return render(request, "departments/answer.html", context, status=422 if form else 200)


def _form(step: Step, report: Report, request: HttpRequest) -> StepForm:
    return step.form(request.POST, request.FILES, report=report, auto_id=f"id_{step.verb}_%s")


def _done(request: HttpRequest, step: Step, report: Report, by: User | None, form: StepForm) -> bool:
    """Whether it was done; else the form says why not."""
    if not form.is_valid():
        return False
    with refusals_told(request, str(step.done), form):
        step.do(report, by, form.cleaned_data)
    return not form.errors


def _offered(report: Report, wrong: StepForm | None, *, by_link: bool = False) -> list[dict[str, Any]]:
    """The steps that fit the report, each with its form; the one with errors as it was filled in."""
    return [
        {
            "step": step,
            "form": wrong
            if wrong is not None and type(wrong) is step.form
            else step.form(report=report, auto_id=f"id_{step.verb}_%s"),
            "wrong": wrong is not None and type(wrong) is step.form,
        }
        for step in STEPS
        if step.fits(report) and (step.by_link or not by_link)
    ]


def _theirs(city: City, member: User) -> ReportQuerySet:
    """Published reports of the bodies in whose name this person works: solved ones and private ones too."""
    published = Report.objects.filter(status__in=workflow.PUBLIC, city=city)
    return shown(published.filter(department__in=member.departments_in(city)))


def _screen(
    request: HttpRequest, city: City, member: User, report: Report | None, wrong: StepForm | None = None
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
        "steps": _offered(report, wrong) if report else [],
        "photos": report.photos.order_by("at", "pk") if report else [],
        "wrong": wrong,
    }
    return render(request, "departments/work.html", context, status=422 if wrong else 200)
