"""What residents do with a public report: support, follow, comment, confirm, object, answer, flag."""

from collections.abc import Callable
from typing import IO, cast

from django import forms
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from districts.models import User
from frontend.answers import refusals_told
from frontend.cities import city_or_404, person
from frontend.citizens.resident_forms import AnswerForm, CommentForm, FlagForm, ObjectionForm
from reports import actions
from reports.models import Follower, Report
from reports.text import clean

Do = Callable[[Report, User], object]


def _with_public(request: HttpRequest, city: str, pk: int, do: Do, done: str) -> HttpResponse:
    """Do it to a public report in the visitor's name, and go back to its page with what came of it."""
    place, visitor = city_or_404(request, city), person(request)
    report = get_object_or_404(Report.objects.public(), city=place, pk=pk)
    with refusals_told(request, done):
        do(report, cast(User, visitor))
    return redirect("report-page", place.slug, pk)


def _said(request: HttpRequest, form: forms.Form, name: str) -> str:
    """The form's words; what is missing is told by the action itself."""
    return form.cleaned_data[name] if form.is_valid() else clean(request.POST.get(form.add_prefix(name), ""))


@login_required
@require_POST
def support(request: HttpRequest, city: str, pk: int) -> HttpResponse:
    """Count the visitor in."""
    done = _("Your support counts. You will hear of every change.")
    return _with_public(request, city, pk, lambda report, by: actions.support(report.pk, by), done)


@login_required
@require_POST
def unsupport(request: HttpRequest, city: str, pk: int) -> HttpResponse:
    """Count the visitor out."""
    done = _("Your support is withdrawn.")
    return _with_public(request, city, pk, lambda report, by: actions.withdraw_support(report.pk, by), done)


@login_required
@require_POST
def follow(request: HttpRequest, city: str, pk: int) -> HttpResponse:
    """Let the visitor hear of every change."""
    done = _("You will hear of every change.")
    return _with_public(request, city, pk, lambda report, by: actions.follow(report.pk, by), done)


@login_required
@require_POST
def unfollow(request: HttpRequest, city: str, pk: int) -> HttpResponse:
    """Let the visitor hear no more."""

    def do(report: Report, by: User) -> None:
        for token in Follower.objects.filter(report=report, user=by).values_list("token", flat=True):
            actions.unfollow(token)

    return _with_public(request, city, pk, do, _("You will hear no more of this report."))


@login_required
@require_POST
def comment(request: HttpRequest, city: str, pk: int) -> HttpResponse:
    """Say something; a moderator lets it through."""
    text = _said(request, CommentForm(request.POST), "text")
    done = _("Thank you. A moderator reads your comment before everybody does.")
    return _with_public(request, city, pk, lambda report, by: actions.comment(report.pk, by, text), done)


@require_POST
def flag(request: HttpRequest, city: str, pk: int) -> HttpResponse:
    """Tell the moderators that something breaks the rules."""
    place, visitor = city_or_404(request, city), person(request)
    report = get_object_or_404(Report.objects.public(), city=place, pk=pk)
    reason = _said(request, FlagForm(request.POST), "reason")
    with refusals_told(request, _("Thank you. A moderator will look at it.")):
        actions.flag(report.pk, visitor, reason)
    return redirect("report-page", place.slug, pk)


@login_required
@require_POST
def object_to(request: HttpRequest, city: str, pk: int) -> HttpResponse:
    """A neighbour's word that it isn't solved."""
    place = city_or_404(request, city)
    form = ObjectionForm(request.POST, request.FILES, city=place)
    reason = _said(request, form, "reason")
    point = form.cleaned_data.get("point") if form.is_valid() else None
    file = request.FILES.get(form.add_prefix("photo"))

    def do(report: Report, by: User) -> None:
        # The photo is kept only if the objection is.
        with transaction.atomic():
            photo = actions.attach(report, cast(IO[bytes], file), role="outcome", author=by) if file else None
            actions.object_to(report.pk, by, reason, point=point, photo=photo)

    return _with_public(request, city, pk, do, _("Thank you. Your objection is kept with the report."))


@login_required
@require_POST
def confirm(request: HttpRequest, city: str, pk: int) -> HttpResponse:
    """Its reporter says that it is solved."""
    place, visitor = city_or_404(request, city), person(request)
    report = get_object_or_404(Report, city=place, pk=pk, reporter=visitor)
    return _confirmed(request, report, visitor, "report-page", pk)


@require_POST
def track_confirm(request: HttpRequest, city: str, token: str) -> HttpResponse:
    """The same for whoever holds its secret address."""
    report = get_object_or_404(Report, city=city_or_404(request, city), token=token)
    return _confirmed(request, report, None, "report-track", token)


def _confirmed(
    request: HttpRequest, report: Report, by: User | None, page: str, key: int | str
) -> HttpResponse:
    with refusals_told(request, _("Thank you for telling us.")):
        actions.confirm(report.pk, by)
    return redirect(page, report.city.slug, key)


@login_required
@require_POST
def answer(request: HttpRequest, city: str, pk: int) -> HttpResponse:
    """The reporter answers what the department asked."""
    place, visitor = city_or_404(request, city), person(request)
    report = get_object_or_404(Report, city=place, pk=pk, reporter=visitor)
    return _answered(request, report, visitor, "report-page", pk)


@require_POST
def track_answer(request: HttpRequest, city: str, token: str) -> HttpResponse:
    """The same for whoever holds its secret address."""
    report = get_object_or_404(Report, city=city_or_404(request, city), token=token)
    return _answered(request, report, None, "report-track", token)


def _answered(
    request: HttpRequest, report: Report, by: User | None, page: str, key: int | str
) -> HttpResponse:
    with refusals_told(request, _("Thank you. The department goes on with it.")):
        actions.answer(report.pk, by, _said(request, AnswerForm(request.POST), "text"))
    return redirect(page, report.city.slug, key)


@require_POST
def track_address(request: HttpRequest, city: str, token: str) -> HttpResponse:
    """The sender proves the address the letter went to."""
    place = city_or_404(request, city)
    get_object_or_404(Report, city=place, token=token)
    with refusals_told(request, _("Thank you. Moderators see your report now.")):
        actions.confirm_address(token)
    return redirect("report-track", place.slug, token)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the letters that carry this token: asked on a page, done by its button or by the mail program (RFC 8058)."""
    if request.method == "POST":
        actions.unfollow(token)
        return render(request, "citizens/stopped.html", {"stopped": True})
    return render(request, "citizens/stopped.html", {"stopped": False, "token": token})
