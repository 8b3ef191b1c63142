"""The moderators' other lists: reports nobody answers for, comments, and what residents flagged."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from districts.models import Role, Section, User
from frontend.answers import refusals_told
from frontend.moderators.door import for_moderators
from frontend.moderators.forms import AssignForm
from layers.models import City
from reports import actions
from reports.models import (
    AbuseFlag,
    Announcement,
    Comment,
    HelpOffer,
    Letter,
    LetterQuerySet,
    Partner,
    Place,
    Report,
    ReportQuerySet,
)

PAGE = 20
LETTERS_SHOWN_FOR = timedelta(days=30)


def unanswered_in(city: City) -> ReportQuerySet:
    """Problems that lie with nobody; ideas aren't routed."""
    return Report.objects.unanswered(city).filter(service__section__code=Section.PROBLEMS)


def refused_letters(city: City) -> LetterQuerySet:
    """Letters of the city that the mail server refused for good within a month, newest first."""
    about = Q(report__city=city) | Q(membership__city=city)
    return Letter.objects.refused(timezone.now() - LETTERS_SHOWN_FOR).filter(about)


def counters(city: City) -> dict[str, int]:
    """How much waits in each list."""
    return {
        "reports": Report.objects.awaiting_moderation(city).count(),
        "unanswered": unanswered_in(city).count(),
        "comments": Comment.objects.filter(report__city=city, state=Comment.State.RECEIVED).count(),
        "partners": Partner.objects.filter(city=city, published=False).count()
        + HelpOffer.objects.waiting_without_department(city).count(),
        "flags": AbuseFlag.objects.filter(report__city=city, seen_at=None).count(),
        "news": Announcement.objects.filter(city=city, published_at=None).count(),
        "places": Place.objects.suggested(city).count(),
        "letters": refused_letters(city).count(),
    }


def tab_page(
    request: HttpRequest, city: City, tab: str, rows: Any, status: int = 200, **more: Any
) -> HttpResponse:
    """One of the lists under the tabs, a page of it."""
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"city": city, "tab": tab, "counters": counters(city), "page": page, **more}
    status = 422 if more.get("refused_pk") else status
    return render(request, f"moderators/{tab}.html", context, status=status)


@never_cache
@require_safe
@for_moderators
def unanswered(request: HttpRequest, city: City, moderator: User) -> HttpResponse:
    """Published reports that no rule sends anywhere."""
    return _unanswered(request, city)


def _unanswered(
    request: HttpRequest, city: City, refused: AssignForm | None = None, pk: int | None = None
) -> HttpResponse:
    rows = unanswered_in(city).select_related("service")
    form = refused or AssignForm(city=city)
    return tab_page(request, city, "unanswered", rows, assign_form=form, refused_pk=pk)


@require_POST
@for_moderators
def assign(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Send such a report to a body by hand."""
    report = get_object_or_404(unanswered_in(city), pk=pk)
    form = AssignForm(request.POST, city=city)
    if not form.is_valid():
        for problem in form.errors.values():
            messages.error(request, " ".join(map(str, problem)))
        return _unanswered(request, city, form, pk)
    with refusals_told(request, _("Report № %(number)s is sent on.") % {"number": pk}):
        actions.reroute(
            report.pk, moderator, form.cleaned_data["to"], form.cleaned_data["reason"], Role.MODERATOR
        )
    return redirect("moderation-unanswered", city.slug)


@never_cache
@require_safe
@for_moderators
def comments(request: HttpRequest, city: City, moderator: User) -> HttpResponse:
    """Comments that wait to be let through."""
    waiting = Comment.objects.filter(report__city=city, state=Comment.State.RECEIVED)
    return tab_page(request, city, "comments", waiting.select_related("report__service"))


@require_POST
@for_moderators
def judge(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Let a comment through, or not."""
    get_object_or_404(Comment, pk=pk, report__city=city)
    publish = request.POST.get("publish") == "1"
    done = _("The comment is published.") if publish else _("The comment is rejected.")
    with refusals_told(request, done):
        actions.judge_comment(pk, publish=publish)
    flagged = request.POST.get("back") == "flags"
    return redirect("moderation-flags" if flagged else "moderation-comments", city.slug)


@never_cache
@require_safe
@for_moderators
def flags(request: HttpRequest, city: City, moderator: User) -> HttpResponse:
    """What residents say breaks the rules."""
    waiting = AbuseFlag.objects.filter(report__city=city, seen_at=None).order_by("at")
    return tab_page(request, city, "flags", waiting.select_related("report__service", "comment"))


@require_POST
@for_moderators
def seen(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Say that a flag was looked at."""
    flag = get_object_or_404(AbuseFlag, pk=pk, report__city=city)
    actions.see_flag(flag.pk, timezone.now())
    return redirect("moderation-flags", city.slug)
