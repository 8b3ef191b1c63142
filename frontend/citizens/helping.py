"""What residents do who want to help: offer it, set a clean-up day, join one, take an offer back."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from districts.models import User
from frontend.answers import refusals_told
from frontend.citizens.help_forms import CleanupForm, HelpForm
from frontend.citizens.report_pages import page_of
from frontend.citizens.residents import public_or_404, said_well
from frontend.citizens.signing_in import signed_in_first
from reports import actions
from reports.abuse import Act, admit
from reports.models import HelpOffer


def _offered(request: HttpRequest, by: User, city: str, pk: int, form: forms.Form) -> HttpResponse:
    report = public_or_404(request, city, pk)

    def do(said: dict[str, Any]) -> object:
        admit(request, Act.HELP, report.city)
        return actions.offer_help(pk, by, **said)

    if said_well(request, form, do, _("Thank you! You will get a letter as soon as your offer is answered.")):
        return redirect("report-page", city, pk)
    return page_of(request, report, form)


@require_POST
@signed_in_first
def offer_help(request: HttpRequest, visitor: User, city: str, pk: int) -> HttpResponse:
    """«I will help»."""
    return _offered(request, visitor, city, pk, HelpForm(request.POST))


@require_POST
@signed_in_first
def set_cleanup(request: HttpRequest, visitor: User, city: str, pk: int) -> HttpResponse:
    """A day on which neighbours clean up together."""
    return _offered(request, visitor, city, pk, CleanupForm(request.POST))


@require_POST
@signed_in_first
def withdraw(request: HttpRequest, visitor: User, city: str, pk: int, offer: int) -> HttpResponse:
    """Take one's own offer back."""
    own = get_object_or_404(HelpOffer, pk=offer, report=public_or_404(request, city, pk), user=visitor)
    with refusals_told(request, _("Your offer is taken back.")):
        actions.withdraw_help(own.pk, visitor)
    return redirect("report-page", city, pk)


@require_POST
@signed_in_first
def join(request: HttpRequest, visitor: User, city: str, pk: int, offer: int) -> HttpResponse:
    """Come to a clean-up."""
    cleanup = _public(request, city, pk, offer)
    with refusals_told(request, _("See you at the clean-up!")):
        actions.join_cleanup(cleanup.pk, visitor, shows_name="shows_name" in request.POST)
    return redirect("report-page", city, pk)


@require_POST
@signed_in_first
def leave(request: HttpRequest, visitor: User, city: str, pk: int, offer: int) -> HttpResponse:
    """Not come after all."""
    cleanup = _public(request, city, pk, offer)
    with refusals_told(request, _("You are not expected any more.")):
        actions.leave_cleanup(cleanup.pk, visitor)
    return redirect("report-page", city, pk)


def _public(request: HttpRequest, city: str, pk: int, offer: int) -> HelpOffer:
    return get_object_or_404(HelpOffer.objects.public(), pk=offer, report=public_or_404(request, city, pk))
