"""A department's screen: what waits for it, overdue first, and where its territory lies."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from districts.models import User
from frontend.answers import number_in, refusals_told
from frontend.canned import canned_for, inserted
from frontend.departments.desk import Desk
from frontend.departments.door import for_departments, theirs
from frontend.departments.forms import StepForm
from frontend.departments.steps import BY_VERB, Step
from layers.models import City
from reports.models import Report


@never_cache
@require_safe
@for_departments
def work(request: HttpRequest, city: City, member: User) -> HttpResponse:
    """The queue, with the report that `?report=` names, else with the map of the territory."""
    asked = number_in(request, "report")
    chosen = theirs(city, member).filter(pk=asked).first() if asked else None
    return Desk(request, city, member).shown(chosen)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_departments
def act(request: HttpRequest, city: City, member: User, pk: int, verb: str) -> HttpResponse:
    """Do one thing with a report of theirs; asked again without anything to do, the report itself."""
    report = get_object_or_404(theirs(city, member), pk=pk)
    desk, step = Desk(request, city, member), BY_VERB[verb]
    if request.method != "POST":
        return desk.back(report)
    if "insert" in request.POST:
        return desk.shown(report, _with_sentence(step, report, request))
    form = form_of(step, report, request)
    if done(request, step, report, member, form):
        return desk.back(report)
    return desk.shown(report, form, status=422)


def form_of(step: Step, report: Report, request: HttpRequest) -> StepForm:
    """The step's form as it was sent."""
    return step.form(request.POST, request.FILES, report=report, auto_id=f"id_{step.verb}_%s")


def _with_sentence(step: Step, report: Report, request: HttpRequest) -> StepForm:
    """The form with the sentence that was chosen: how it is put in without JavaScript."""
    sentences = canned_for(report.city, report.reporter)
    sent = inserted(request.POST.dict(), step.speaks, sentences)
    return step.form(initial=sent, report=report, auto_id=f"id_{step.verb}_%s")


def done(request: HttpRequest, step: Step, report: Report, by: User | None, form: StepForm) -> bool:
    """Whether it was done; else the form says why not."""
    if not form.is_valid():
        return False
    with refusals_told(request, str(step.done), form):
        step.do(report, by, form.cleaned_data)
    return not form.errors
