"""What residents do with a public report: support, follow, comment, confirm, object, answer, flag."""

from collections.abc import Callable
from typing import IO, Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from districts.models import User
from frontend.answers import refusals_told
from frontend.cities import city_or_404, person
from frontend.citizens.report_pages import own_or_404, page_of, tracked, tracking_page
from frontend.citizens.resident_forms import AnswerForm, CommentForm, FlagForm, ObjectionForm
from frontend.citizens.signing_in import signed_in_first
from frontend.shown import shown
from reports import actions
from reports.abuse import Act, admit
from reports.models import Follower, Report

Said = dict[str, Any]


def public_or_404(request: HttpRequest, city: str, pk: int) -> Report:
    """A report of the city that everybody sees."""
    return get_object_or_404(shown(Report.objects.public()), city=city_or_404(request, city), pk=pk)


def _at_once(
    request: HttpRequest, report: Report, do: Callable[[], object], done: str, act: Act | None = None
) -> HttpResponse:
    """Do what needs no words, not too often, and go back to the report's page with what came of it."""
    with refusals_told(request, done):
        if act:
            admit(request, act, report.city)
        do()
    return redirect("report-page", report.city.slug, report.pk)


def said_well(request: HttpRequest, form: forms.Form, do: Callable[[Said], object], done: str) -> bool:
    """Whether the form was in order and the thing was done; else the form says what to mend."""
    if not form.is_valid():
        return False
    with refusals_told(request, done, form):
        do(form.cleaned_data)
    return not form.errors


@require_POST
@signed_in_first
def support(request: HttpRequest, visitor: User, city: str, pk: int) -> HttpResponse:
    """Count the visitor in."""
    done = _("Your support counts. You will hear of every change.")
    return _at_once(
        request, public_or_404(request, city, pk), lambda: actions.support(pk, visitor), done, Act.SUPPORT
    )


@require_POST
@signed_in_first
def unsupport(request: HttpRequest, visitor: User, city: str, pk: int) -> HttpResponse:
    """Count the visitor out."""
    done, report = _("Your support is withdrawn."), public_or_404(request, city, pk)
    return _at_once(request, report, lambda: actions.withdraw_support(pk, visitor), done, Act.SUPPORT)


@require_POST
@signed_in_first
def follow(request: HttpRequest, visitor: User, city: str, pk: int) -> HttpResponse:
    """Let the visitor hear of every change."""
    done, report = _("You will hear of every change."), public_or_404(request, city, pk)
    return _at_once(request, report, lambda: actions.follow(pk, visitor), done, Act.FOLLOW)


@require_POST
@signed_in_first
def unfollow(request: HttpRequest, visitor: User, city: str, pk: int) -> HttpResponse:
    """Let the visitor hear no more."""

    def do() -> None:
        for token in Follower.objects.filter(report=pk, user=visitor).values_list("token", flat=True):
            actions.unfollow(token)

    done = _("You will hear no more of this report.")
    return _at_once(request, public_or_404(request, city, pk), do, done)


@require_POST
@signed_in_first
def comment(request: HttpRequest, visitor: User, city: str, pk: int) -> HttpResponse:
    """Say something; a moderator lets it through."""
    report, form = public_or_404(request, city, pk), CommentForm(request.POST)
    done = _("Thank you. A moderator reads your comment before everybody does.")

    def do(said: Said) -> None:
        admit(request, Act.COMMENT, report.city)
        actions.comment(pk, visitor, said["text"])

    if said_well(request, form, do, done):
        return redirect("report-page", city, pk)
    return page_of(request, report, form)


@require_POST
def flag(request: HttpRequest, city: str, pk: int) -> HttpResponse:
    """Tell the moderators that something breaks the rules."""
    report, visitor, form = public_or_404(request, city, pk), person(request), FlagForm(request.POST)
    done = _("Thank you. A moderator will look at it.")

    def do(said: Said) -> None:
        admit(request, Act.FLAG, report.city)
        actions.flag(pk, visitor, said["reason"])

    if said_well(request, form, do, done):
        return redirect("report-page", city, pk)
    return page_of(request, report, form)


@require_POST
@signed_in_first
def object_to(request: HttpRequest, visitor: User, city: str, pk: int) -> HttpResponse:
    """A neighbour's word that it isn't solved."""
    report = public_or_404(request, city, pk)
    form = ObjectionForm(request.POST, request.FILES, city=report.city)

    def do(said: Said) -> None:
        admit(request, Act.OBJECT, report.city)
        file: IO[bytes] | None = said["photo"]
        # The photo is kept only if the objection is.
        with transaction.atomic():
            photo = actions.attach(report, file, role="outcome", author=visitor) if file else None
            actions.object_to(pk, visitor, said["reason"], point=said["point"], photo=photo)

    if said_well(request, form, do, _("Thank you. Your objection is kept with the report.")):
        return redirect("report-page", city, pk)
    return page_of(request, report, form)


@require_POST
@signed_in_first
def confirm(request: HttpRequest, visitor: User, city: str, pk: int) -> HttpResponse:
    """Its reporter says that it is solved."""
    report = own_or_404(request, city, visitor, pk)
    return _at_once(request, report, lambda: actions.confirm(pk, visitor), _("Thank you for telling us."))


@require_POST
def track_confirm(request: HttpRequest, city: str, token: str) -> HttpResponse:
    """The same for whoever holds its secret address."""
    report = tracked(request, city, token)
    with refusals_told(request, _("Thank you for telling us.")):
        actions.confirm(report.pk, None)
    return redirect("report-track", city, token)


@require_POST
@signed_in_first
def answer(request: HttpRequest, visitor: User, city: str, pk: int) -> HttpResponse:
    """The reporter answers what the department asked."""
    report, form = own_or_404(request, city, visitor, pk), AnswerForm(request.POST)
    if _answered(request, report, visitor, form):
        return redirect("report-page", city, pk)
    return page_of(request, report, form)


@require_POST
def track_answer(request: HttpRequest, city: str, token: str) -> HttpResponse:
    """The same for whoever holds its secret address."""
    report, form = tracked(request, city, token), AnswerForm(request.POST)
    if _answered(request, report, None, form):
        return redirect("report-track", city, token)
    return tracking_page(request, report, form)


def _answered(request: HttpRequest, report: Report, by: User | None, form: AnswerForm) -> bool:
    done = _("Thank you. The department goes on with it.")
    return said_well(request, form, lambda said: actions.answer(report.pk, by, said["text"]), done)


@require_POST
def track_address(request: HttpRequest, city: str, token: str) -> HttpResponse:
    """The sender proves the address the letter went to."""
    tracked(request, city, token)
    with refusals_told(request, _("Thank you. Moderators see your report now.")):
        actions.confirm_address(token)
    return redirect("report-track", city, token)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the letters that carry this token: asked on a page, done by its button or by the mail program (RFC 8058)."""
    if request.method == "POST":
        (actions.unfollow_all if "all" in request.GET else actions.unfollow)(token)
        return render(request, "citizens/stopped.html", {"stopped": True})
    return render(request, "citizens/stopped.html", {"stopped": False, "token": token})
