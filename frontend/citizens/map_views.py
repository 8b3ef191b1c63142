"""The public face of a city: its map, and the list that equals it."""

import json
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from districts.models import Service
from frontend.cities import city_or_404
from frontend.citizens.listing import Listing, listing_of
from layers.models import City


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
    place = city_or_404(request, city)
    return _page(request, "citizens/map.html", place, listing_of(place, request.GET))


@require_safe
def report_list(request: HttpRequest, city: str) -> HttpResponse:
    """The list by itself; `?fragment=1` gives only the rows, for a page that has the rest already."""
    place = city_or_404(request, city)
    listing = listing_of(place, request.GET)
    if request.GET.get("fragment"):
        status = 400 if listing.problems else 200
        return render(
            request, "citizens/_report_list.html", {"city": place, "listing": listing}, status=status
        )
    return _page(request, "citizens/report_list.html", place, listing)


def _page(request: HttpRequest, template: str, city: City, listing: Listing) -> HttpResponse:
    services = Service.objects.offered_in(city)
    context = {
        "city": city,
        "listing": listing,
        "services": services,
        "words_json": _words(services, listing),
        "chosen_service": request.GET.get("service", ""),
        "chosen_help": request.GET.get("help") == "1",
    }
    return render(request, template, context, status=400 if listing.problems else 200)


def _words(services: Iterable[Service], listing: Listing) -> str:
    """What codes on the map mean, as JSON, for those who have it read to them."""
    groups = {choice.group.value: str(choice.group.label) for choice in listing.choices}
    return json.dumps({service.code: service.name for service in services} | groups, ensure_ascii=False)


def _extent_of(places: list[City]) -> tuple[float, float, float, float] | None:
    """West, south, east, north in degrees around all of them; None without any."""
    if not places:
        return None
    west, south, east, north = zip(*(place.extent for place in places), strict=True)
    return min(west), min(south), max(east), max(north)
