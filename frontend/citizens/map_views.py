"""The public face of a city: its map, and the list that equals it."""

import json
from functools import partial

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from frontend.answers import number_in
from frontend.cities import city_or_404, person
from frontend.citizens.choices import NAMES
from frontend.citizens.district_map import district_maps
from frontend.citizens.listing import Listing, listing_of
from frontend.citizens.overlays import overlays_of
from layers.models import City

MAP = "citizens/map.html"


@require_safe
def cities(request: HttpRequest) -> HttpResponse:
    """The cities served here, on a map and as a list; where there is only one, its map."""
    live = list(City.objects.live().order_by("name"))
    if len(live) == 1:
        return redirect("city-map", live[0].slug)
    return render(request, "citizens/cities.html", {"cities": live, "extent": _extent_of(live)})


@require_safe
def city_map(request: HttpRequest, city: str) -> HttpResponse:
    """Map and list side by side, under the filters in the address."""
    return _page(request, MAP, city_or_404(request, city))


@require_safe
def report_list(request: HttpRequest, city: str) -> HttpResponse:
    """The list by itself; `?fragment=1` gives only the rows, for a page that has the rest already."""
    template = "citizens/_report_list.html" if request.GET.get("fragment") else "citizens/report_list.html"
    return _page(request, template, city_or_404(request, city))


def _page(request: HttpRequest, template: str, city: City) -> HttpResponse:
    """What is one person's own is kept by no shared cache; what makes no sense is told beside its field."""
    listing = listing_of(city, request.GET, person(request))
    context = {
        "city": city,
        "listing": listing,
        # Drawn only by the page that shows it.
        "district_maps": SimpleLazyObject(partial(district_maps, city, request.GET, listing)),
        "fragment": "fragment" in request.GET,
        "said": {name: request.GET.get(name, "") for name in ("q", "near")},
        "selected": number_in(request, "report"),
        "filters_query": _filters_query(request.GET),
        "live_json": json.dumps(listing.choices.live),
        "words_json": _words(listing),
        "overlays": overlays_of(city) if template == MAP else [],
    }
    response = render(request, template, context, status=400 if listing.problems else 200)
    if request.GET.get("mine"):
        patch_cache_control(response, private=True, no_store=True)
    return response


def _filters_query(query: QueryDict) -> str:
    """The filters of the address for another page of the same list; empty without any."""
    kept = query.copy()
    for name in set(kept) - {*NAMES, "sort"}:
        del kept[name]
    return f"?{kept.urlencode(safe=',:')}" if kept else ""


def _words(listing: Listing) -> str:
    """What codes on the map mean, as JSON, for those who have it read to them."""
    choices = [*listing.choices.services, *listing.choices.statuses]
    return json.dumps({choice.value: str(choice.label) for choice in choices}, ensure_ascii=False)


def _extent_of(places: list[City]) -> tuple[float, float, float, float] | None:
    """West, south, east, north in degrees around all of them; None without any."""
    if not places:
        return None
    west, south, east, north = zip(*(place.extent for place in places), strict=True)
    return min(west), min(south), max(east), max(north)
