"""The nearest reports first, and the ring in which those after a page of them lie."""

import math
from dataclasses import dataclass
from typing import Self

from django.contrib.gis.db.models import PointField
from django.contrib.gis.geos import Point, Polygon
from django.db.models import F, FloatField, Func, Q, Value

from layers.geometry import MAX_LATITUDE, WEB_MERCATOR, to_web_mercator


def away_from(origin: Point) -> Func:
    """How far a report is from the point, in metres of Web Mercator: what the index of tiles can sort by.

    They are longer than metres on the ground, alike in all directions, so that within a city the order is the same.
    """
    here = Value(_mercator(origin), output_field=PointField(srid=WEB_MERCATOR))
    return Func(
        F("point_mercator"),
        here,
        arg_joiner=" <-> ",
        template="(%(expressions)s)",
        output_field=FloatField(),
    )


@dataclass(frozen=True, slots=True)
class Ring:
    """From `inner` to `outer` metres of Web Mercator around x, y: so a deep page costs no more than the first."""

    x: float
    y: float
    inner: float
    outer: float

    @classmethod
    def around(cls, origin: Point, inner: float, outer: float) -> Self:
        """The ring around a point given in degrees."""
        x, y = _mercator(origin).coords
        return cls(x, y, inner, outer)

    def condition(self) -> Q:
        """True for what lies in it."""
        boxes = Q()
        for box in self._boxes():
            boxes |= Q(point_mercator__bboverlaps=box)
        return boxes & Q(away__lte=self.outer)

    def _boxes(self) -> list[Polygon]:
        """Four boxes around the square inside the inner circle; an index answers each."""
        half, reach = self.inner / math.sqrt(2), self.outer
        x, y = self.x, self.y
        edges = [
            (x - reach, y - reach, x - half, y + reach),
            (x + half, y - reach, x + reach, y + reach),
            (x - half, y - reach, x + half, y - half),
            (x - half, y + half, x + half, y + reach),
        ]
        boxes = [Polygon.from_bbox(edge) for edge in edges]
        for box in boxes:
            box.srid = WEB_MERCATOR
        return boxes


def _mercator(origin: Point) -> Point:
    lat = max(-MAX_LATITUDE, min(MAX_LATITUDE, origin.y))
    return Point(*to_web_mercator(origin.x, lat), srid=WEB_MERCATOR)
