"""Addresses and places: what people write becomes points, from the city's own buildings and streets."""

import re
from dataclasses import dataclass

from django.contrib.gis.geos import Point
from django.db.models import Q

from layers.models import Address, Asset, AssetLayer, City, Kind

MOST_FOUND = 8
KINDS_OF_STREET = frozenset(
    {"вулиця", "вул", "провулок", "пров", "проспект", "просп", "пр", "бульвар", "бул", "площа", "пл"}
    | {"узвіз", "шосе", "проїзд", "тупик", "набережна", "наб", "street", "st", "lane", "avenue", "ave"}
    | {"будинок", "буд", "дім", "б", "house", "road", "rd", "square", "sq"}
)
"""Words that most addresses share, so that they tell nothing; without their full stops, in small letters."""
_WORD = re.compile(r"[\w’'ʼ-]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A house, with its point (WGS84); or a street, where `point` lies on it, not where the problem is."""

    name: str
    point: Point
    house: int | None = None
    """The number under which the house is known, None for a street."""
    is_exact: bool = False
    """Whether it is a house that has the very number that was asked for."""

    @property
    def is_house(self) -> bool:
        return self.house is not None


def find(city: City, words: str) -> list[Found]:
    """Houses and streets whose names hold every word, in any order: houses first, at most eight."""
    said = [word.lower() for word in _WORD.findall(words)]
    told = [word for word in said if word not in KINDS_OF_STREET]
    number = next((word for word in told if word[0].isdigit()), "")
    names = [word for word in told if word != number]
    if not names:
        return []
    houses = _houses(city, names, number) if number else []
    return houses or _streets(city, names)


def _houses(city: City, names: list[str], number: str) -> list[Found]:
    """Those with exactly this number before those that only begin with it, as 12 before 12А and 120."""
    rows = Address.objects.filter(_holds("street", names), city=city, house_number__istartswith=number)
    found = sorted(
        rows[:200], key=lambda row: (row.house_number.lower() != number, row.street, row.house_number)
    )
    return [
        Found(str(row), row.point, row.pk, row.house_number.lower() == number) for row in found[:MOST_FOUND]
    ]


def _streets(city: City, names: list[str]) -> list[Found]:
    """Each street once, by a point of one of its pieces; only from layers that everybody may see."""
    roads = Asset.objects.filter(
        _holds("name", names), layer__in=AssetLayer.objects.visible_to(None), layer__kind=Kind.ROAD, city=city
    )
    once = {road.name: road for road in roads.order_by("name", "-pk")[:500]}
    return [Found(name, road.geometry.point_on_surface) for name, road in sorted(once.items())[:MOST_FOUND]]


def _holds(column: str, names: list[str]) -> Q:
    holds = Q()
    for name in names:
        holds &= Q(**{f"{column}__icontains": name})
    return holds
