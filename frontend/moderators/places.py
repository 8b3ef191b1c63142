"""Useful places: a moderator publishes, rejects, puts right or takes back what people suggested."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from districts.models import User
from frontend.answers import refusals_told
from frontend.moderators.door import for_moderators
from frontend.moderators.place_forms import PlaceEditForm, PlaceRejectForm, as_it_is
from frontend.moderators.tabs import tab_page
from layers.models import City
from reports import places
from reports.models import Place


@never_cache
@require_safe
@for_moderators
def suggested(request: HttpRequest, city: City, moderator: User) -> HttpResponse:
    """Places that wait, the oldest first."""
    return _waiting(request, city)


def _waiting(
    request: HttpRequest, city: City, refused: PlaceRejectForm | None = None, pk: int | None = None
) -> HttpResponse:
    waiting = Place.objects.suggested(city).select_related("kind").prefetch_related("photos")
    return tab_page(request, city, "places", waiting, form=refused, refused_pk=pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_moderators
def edit(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """All that is told of a place, to be put right; then the place's page."""
    place = get_object_or_404(Place.objects.select_related("kind"), city=city, pk=pk)
    form = PlaceEditForm(_sent(request), city=city, initial=as_it_is(place))
    if form.is_valid():
        with refusals_told(request, _("The place is changed."), form):
            places.rewrite_place(pk, form.facts())
        if not form.errors:
            return redirect("place", city.slug, pk)
    status = 422 if form.errors else 200
    context = {"city": city, "place": place, "form": form}
    return render(request, "moderators/place_edit.html", context, status=status)


@require_POST
@for_moderators
def publish(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Let everybody see a place."""
    get_object_or_404(Place, city=city, pk=pk)
    with refusals_told(request, _("The place is published.")):
        places.publish_place(pk)
    return redirect("places-moderation", city.slug)


@require_POST
@for_moderators
def reject(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Keep a place from the public, saying why."""
    get_object_or_404(Place, city=city, pk=pk)
    form = PlaceRejectForm(request.POST)
    if not form.is_valid():
        return _waiting(request, city, form, pk)
    with refusals_told(request, _("The place is rejected.")):
        places.reject_place(pk, form.cleaned_data["reason"])
    return redirect("places-moderation", city.slug)


@require_POST
@for_moderators
def take_back(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Hide a published place; it waits for a moderator again."""
    get_object_or_404(Place, city=city, pk=pk)
    with refusals_told(
        request, _("Only the city’s staff see the place now. It waits among the suggested ones.")
    ):
        places.take_back_place(pk)
    return redirect("places-moderation", city.slug)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
