"""What goes on around a report besides its steps: notes among staff, helpers, links for contractors."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from districts.models import User
from frontend.answers import refusals_told
from frontend.departments.case_forms import LinkForm, NoteForm
from frontend.departments.desk import Desk
from frontend.departments.door import for_departments, theirs
from layers.models import City
from reports import actions
from reports.models import AnswerLink, HelpOffer

JUDGED: dict[str, tuple[Callable[[int, User], HelpOffer], Promise]] = {
    "accept": (actions.accept_help, gettext_lazy("The help is accepted; they hear of it.")),
    "decline": (actions.decline_help, gettext_lazy("The offer is declined.")),
    "helped": (actions.mark_helped, gettext_lazy("The report thanks them in public now.")),
}
asked_or_done = require_http_methods(["GET", "HEAD", "POST"])
"""These addresses do something; whoever only opens one gets back to the report."""


@never_cache
@asked_or_done
@for_departments
def note(request: HttpRequest, city: City, member: User, pk: int) -> HttpResponse:
    """Write a word for colleagues."""
    report, desk = get_object_or_404(theirs(city, member), pk=pk), Desk(request, city, member)
    if request.method != "POST":
        return desk.back(report)
    form = NoteForm(request.POST)
    if form.is_valid():
        with refusals_told(request, _("The note is kept."), form):
            actions.note(report.pk, member, form.cleaned_data["text"])
    return desk.shown(report, status=422, note_form=form) if form.errors else desk.back(report)


@never_cache
@asked_or_done
@for_departments
def link(request: HttpRequest, city: City, member: User, pk: int) -> HttpResponse:
    """Make a link for a contractor."""
    report, desk = get_object_or_404(theirs(city, member), pk=pk), Desk(request, city, member)
    if request.method != "POST":
        return desk.back(report)
    form = LinkForm(request.POST)
    if form.is_valid():
        with refusals_told(request, _("The link is made; copy it and send it."), form):
            actions.hand_link(report.pk, member, form.cleaned_data["to"], form.cleaned_data["days"])
    return desk.shown(report, status=422, link_form=form) if form.errors else desk.back(report)


@never_cache
@asked_or_done
@for_departments
def link_back(request: HttpRequest, city: City, member: User, pk: int, link: int) -> HttpResponse:
    """Take a link back."""
    report = get_object_or_404(theirs(city, member), pk=pk)
    given = get_object_or_404(AnswerLink, pk=link, report=report, department=report.department)
    if request.method == "POST":
        with refusals_told(request, _("The link opens nothing any more.")):
            actions.take_link_back(given.pk)
    return Desk(request, city, member).back(report)


@never_cache
@asked_or_done
@for_departments
def welcome(request: HttpRequest, city: City, member: User, pk: int) -> HttpResponse:
    """Say that help is welcome, or is not any more."""
    report = get_object_or_404(theirs(city, member), pk=pk)
    if request.method == "POST":
        wanted = request.POST.get("welcome") == "1"
        done = (
            _("Residents and partners may offer help now.")
            if wanted
            else _("Help is not asked for any more.")
        )
        with refusals_told(request, done):
            actions.welcome_help(report.pk, welcome=wanted)
    return Desk(request, city, member).back(report)


@never_cache
@asked_or_done
@for_departments
def offer(request: HttpRequest, city: City, member: User, pk: int, offer: int) -> HttpResponse:
    """Accept or decline an offer of help, or say that it was given."""
    report = get_object_or_404(theirs(city, member), pk=pk)
    offered = get_object_or_404(HelpOffer, pk=offer, report=report)
    judged = JUDGED.get(request.POST.get("judge", ""))
    if judged is not None:
        judge, done = judged
        with refusals_told(request, str(done)):
            judge(offered.pk, member)
    return Desk(request, city, member).back(report)
