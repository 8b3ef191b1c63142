"""Search of the map: a page of what was found, and the same as one types."""

from dataclasses import dataclass
from typing import Any

from django.contrib.gis.geos import Point
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from frontend.cities import city_or_404
from layers.gazetteer import HOUSE, Found
from layers.geometry import WGS84, is_position
from layers.models import City, Name
from reports.searching import REPORT, search

KEPT_S = 60
"""How long a browser may keep what was found; names seldom change, and nobody else is shown the same copy."""
_KINDS = {**dict(Name.Kind.choices), HOUSE: gettext_lazy("address"), REPORT: gettext_lazy("report")}
_PAGES = {REPORT: "report-page", Name.Kind.PLACE.value: "place"}


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found, as it is shown: what it is, where on the map, and the page about it, if there is one."""

    found: Found
    city: City
    filters: str = ""

    @property
    def kind(self) -> str:
        return str(_KINDS[self.found.kind])

    @property
    def more(self) -> str:
        """What tells it from another one of that name."""
        also = _("also: %(name)s") % {"name": self.found.also} if self.found.also else ""
        return " · ".join(part for part in (self.kind, self.found.settlement, also) if part)

    @property
    def page(self) -> str:
        """The address of its own page, "" where it has none."""
        name = _PAGES.get(self.found.kind)
        return reverse(name, args=[self.city.slug, int(self.found.key)]) if name else ""

    @property
    def on_the_map(self) -> str:
        """The map that looks at it, under the filters that were there before."""
        point = self.found.point
        view = f"map={self.found.zoom:g}/{point.y:.5f}/{point.x:.5f}"
        query = f"{self.filters}&{view}" if self.filters else view
        return f"{reverse('city-map', args=[self.city.slug])}?{query}"

    def as_data(self) -> dict[str, Any]:
        """The same for the search box."""
        found = self.found
        return {
            "name": found.name,
            "more": self.more,
            "lon": round(found.point.x, 6),
            "lat": round(found.point.y, 6),
            "zoom": found.zoom,
            "exact": found.is_house or not found.across_m,
            "page": self.page,
            "report": found.key if found.kind == REPORT else "",
        }


@require_safe
@cache_control(private=True, max_age=KEPT_S)
def search_page(request: HttpRequest, city: str) -> HttpResponse:
    """What the words of the address name in the city, as links to the map."""
    place = city_or_404(request, city)
    filters = request.GET.copy()
    words = filters.pop("q", [""])[-1]
    for name in ("map", "after", "near_to"):
        filters.pop(name, None)
    hits = [Hit(found, place, filters.urlencode()) for found in search(place, words)]
    kept = [(name, value) for name, values in filters.lists() for value in values]
    context = {"city": place, "hits": hits, "words": words[:120], "kept": kept}
    return render(request, "citizens/search.html", context)


@require_safe
@cache_control(private=True, max_age=KEPT_S)
def suggestions(request: HttpRequest, city: str) -> JsonResponse:
    """The same as JSON, of equals the nearest to `near_to=lon,lat` first; `told` says how many there are."""
    place = city_or_404(request, city)
    near = _position(request.GET.get("near_to", ""))
    hits = [Hit(found, place) for found in search(place, request.GET.get("q", ""), near)]
    told = ngettext("%(number)d suggestion", "%(number)d suggestions", len(hits)) % {"number": len(hits)}
    return JsonResponse(
        {"told": told if hits else _("Nothing of that name"), "found": [hit.as_data() for hit in hits]}
    )


def _position(written: str) -> Point | None:
    """The point of `lon,lat` in degrees; None for anything else, which then tells nothing."""
    try:
        lon, lat = (float(part) for part in written.split(","))
    except ValueError:
        return None
    return Point(lon, lat, srid=WGS84) if is_position(lon, lat) else None
