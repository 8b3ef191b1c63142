"""The moderators' tab about help: partners that wait to be seen, and offers that no department can answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from districts.models import Role, User
from frontend.answers import refusals_told
from frontend.moderators.door import for_moderators
from frontend.moderators.tabs import tab_page
from layers.models import City
from reports import actions
from reports.models import HelpOffer, Partner


@never_cache
@require_safe
@for_moderators
def partners(request: HttpRequest, city: City, moderator: User) -> HttpResponse:
    """Partners, those that wait first, and the offers for ideas and for reports that lie with nobody."""
    found = Partner.objects.filter(city=city).prefetch_related("people").order_by("published", "name")
    offers = HelpOffer.objects.waiting_without_department(city).select_related(
        "report__service", "user", "partner"
    )
    return tab_page(request, city, "partners", found, offers=offers)


@require_POST
@for_moderators
def publish(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Let everybody see a partner, or no longer."""
    partner = get_object_or_404(Partner, city=city, pk=pk)
    show = request.POST.get("published") == "1"
    done = _("Everybody sees this partner now.") if show else _("Only the partner and you see it now.")
    with refusals_told(request, done):
        actions.show_partner(partner.pk, published=show)
    return redirect("moderation-partners", city.slug)


@require_POST
@for_moderators
def answer(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Accept an offer that no department can answer, or decline it with thanks."""
    offer = get_object_or_404(HelpOffer, report__city=city, report__department=None, pk=pk)
    accept = request.POST.get("accept") == "1"
    done = (
        _("The offer is accepted; everybody who follows hears of it.")
        if accept
        else _("The offer is declined.")
    )
    with refusals_told(request, done):
        (actions.accept_help if accept else actions.decline_help)(offer.pk, moderator, Role.MODERATOR)
    return redirect("moderation-partners", city.slug)
