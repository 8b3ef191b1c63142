"""The picture of the city's districts with their numbers, for whom no map can be drawn."""

from bisect import bisect_right
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from districts.outlines import Picture, Shape, pictures
from frontend.cities import city_or_404, person
from frontend.citizens.listing import Listing, listing_of
from layers.models import City

STEPS = (1, 2, 5)
"""Classes of numbers begin at these, times powers of ten: people read them at a glance."""


@dataclass(frozen=True, slots=True)
class Area:
    """A district with its number of reports under the filters, None where it isn't known."""

    shape: Shape
    count: int | None
    level: int
    """0 for none, then by classes of the number."""
    chosen: bool
    address: str
    """The query that asks for its reports alone; for a chosen one, for all again."""

    @property
    def name(self) -> str:
        return _in_language(self.shape)

    @property
    def label(self) -> str:
        """The number as it stands in the picture; of a district without reports nothing."""
        return f"{self.count:,}".replace(",", "\u00a0") if self.count else ""


@dataclass(frozen=True, slots=True)
class Class:
    """The numbers that one shade stands for; the last class has no end."""

    level: int
    first: int
    last: int | None


@dataclass(frozen=True, slots=True)
class DistrictMap:
    """One way to divide the city, drawn and with what the shades mean."""

    picture: Picture
    areas: list[Area]
    classes: list[Class]

    @property
    def name(self) -> str:
        return _in_language(self.picture)


@require_safe
def district_map(request: HttpRequest, city: str) -> HttpResponse:
    """The picture under the filters of the address, for a page whose device draws no map."""
    place = city_or_404(request, city)
    listing = listing_of(place, request.GET, person(request))
    context = {"city": place, "district_maps": district_maps(place, request.GET, listing)}
    response = render(
        request, "citizens/_district_map.html", context, status=400 if listing.problems else 200
    )
    response["Cache-Control"] = "private, no-store"
    return response


def district_maps(city: City, query: QueryDict, listing: Listing) -> list[DistrictMap]:
    """A picture for each way to divide the city; of a city without districts, its outline with the total."""
    return [_drawn(picture, query, listing) for picture in pictures(city)]


def _drawn(picture: Picture, query: QueryDict, listing: Listing) -> DistrictMap:
    chosen = {choice.value for choice in listing.choices.districts if choice.chosen}
    counts = {shape.value: _count(shape, listing) for shape in picture.shapes}
    beginnings = _beginnings([count for count in counts.values() if count])
    areas = [
        Area(
            shape,
            counts[shape.value],
            bisect_right(beginnings, counts[shape.value] or 0),
            shape.value in chosen,
            _address(query, shape.value, chosen=shape.value in chosen),
        )
        for shape in picture.shapes
    ]
    return DistrictMap(picture, areas, _classes(beginnings))


def _count(shape: Shape, listing: Listing) -> int | None:
    return listing.counted.of("district", shape.value) if shape.value else listing.counted.total


def _beginnings(counts: list[int]) -> list[int]:
    """Where at most four classes of the numbers begin: at 1, at a third of the districts, at two, with the largest.

    Each at the round number below, so that a giant among them doesn't make all others look alike.
    """
    if not counts:
        return []
    ordered = sorted(counts)
    marks = [ordered[len(ordered) // 3], ordered[2 * len(ordered) // 3], ordered[-1]]
    return sorted({1, *(_round_below(mark) for mark in marks)})


def _round_below(number: int) -> int:
    power: int = 10 ** (len(str(number)) - 1)
    return max(step * power for step in STEPS if step * power <= number)


def _classes(beginnings: list[int]) -> list[Class]:
    ends = [*(following - 1 for following in beginnings[1:]), None]
    return [
        Class(level, first, last)
        for level, (first, last) in enumerate(zip(beginnings, ends, strict=False), start=1)
    ]


def _address(query: QueryDict, value: str, *, chosen: bool) -> str:
    changed = query.copy()
    for name in ("district", "after", "fragment", "report", "bbox", "map"):
        changed.pop(name, None)
    if value and not chosen:
        changed["district"] = value
    return "?" + changed.urlencode(safe=",:/")


def _in_language(named: Shape | Picture) -> str:
    return named.name_en if get_language() == "en" and named.name_en else named.name_uk
