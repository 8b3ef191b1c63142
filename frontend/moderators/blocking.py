"""Whom the city takes nothing from for a while: the list, and adding to it or lifting."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from districts.models import User
from frontend.answers import refusals_told
from frontend.moderators.blocking_forms import BlockForm
from frontend.moderators.door import for_moderators
from frontend.moderators.tabs import tab_page
from layers.models import City
from reports import actions
from reports.models import BlockedSender

MOST_EARLIER = 20


@never_cache
@require_safe
@for_moderators
def blocked(request: HttpRequest, city: City, moderator: User) -> HttpResponse:
    """Blocks in force, the newest first, and the last ones that are over."""
    return _page(request, city, BlockForm())


@require_POST
@for_moderators
def block(request: HttpRequest, city: City, moderator: User) -> HttpResponse:
    """Add a sender to the list."""
    form = BlockForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        with refusals_told(request, _("%(sender)s is blocked.") % {"sender": said["sender"]}, form):
            actions.block(city, form.kind, said["sender"], said["reason"], moderator, said["until"])
    return _page(request, city, form) if form.errors else redirect("moderation-blocked", city.slug)


@require_POST
@for_moderators
def lift(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Take one off the list."""
    found = get_object_or_404(BlockedSender, pk=pk, city=city)
    with refusals_told(request, _("%(sender)s may write again.") % {"sender": found}):
        actions.lift(found.pk, moderator)
    return redirect("moderation-blocked", city.slug)


def _page(request: HttpRequest, city: City, form: BlockForm) -> HttpResponse:
    of_the_city = BlockedSender.objects.filter(city=city).select_related("by", "lifted_by")
    in_force = of_the_city.in_force(timezone.now())
    earlier = of_the_city.exclude(pk__in=in_force.values("pk"))[:MOST_EARLIER]
    return tab_page(
        request, city, "blocked", in_force, form=form, earlier=earlier, status=422 if form.errors else 200
    )
