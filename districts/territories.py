"""Where each department answers for each service: worked out from the rules in force, kept for drawing."""

from collections.abc import Iterable
from itertools import groupby
from typing import cast

import shapely
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon
from django.db import transaction
from django.utils import timezone
from shapely.geometry.base import BaseGeometry

from districts.models import District, Responsibility, Territory
from layers.geometry import WGS84
from layers.models import City


@transaction.atomic
def rebuild(city: City) -> int:
    """Work out the city's territories anew and say how many there are.

    Rules tied to assets are left out: their territory is the assets themselves, drawn from their own layers.
    """
    Territory.objects.filter(city=city).delete()
    shapes = _shapes_today(city)
    rules = Responsibility.objects.filter(city=city, asset_layer=None).on(timezone.localdate())
    ordered = rules.select_related("district").order_by("service_id", "rank", "pk")
    territories = [
        territory
        for _service, of_service in groupby(ordered, key=lambda rule: rule.service_id)
        for territory in _of_service(city, list(of_service), shapes)
    ]
    Territory.objects.bulk_create(territories, batch_size=500)
    return len(territories)


Shapes = dict[tuple[int, str], BaseGeometry]


def _shapes_today(city: City) -> Shapes:
    districts = District.objects.filter(city=city).on(timezone.localdate())
    return {(d.set_id, d.code): _read(d.geometry) for d in districts}


def _read(geometry: MultiPolygon) -> BaseGeometry:
    return shapely.from_wkb(bytes(geometry.wkb))


def _of_service(city: City, rules: list[Responsibility], shapes: Shapes) -> Iterable[Territory]:
    """Each department's part: what its rules cover and no rule asked earlier does, as routing asks them."""
    whole = _read(city.boundary)
    areas = [(rule, _area(rule, whole, shapes)) for rule in rules]
    known = [(rule, area) for rule, area in areas if area is not None]
    known.sort(key=lambda pair: (pair[0].rank, pair[0].district_id is None, pair[1].area))
    taken: BaseGeometry = shapely.Polygon()
    parts: dict[int, list[BaseGeometry]] = {}
    for rule, area in known:
        # A city's outline has tens of thousands of corners: nothing is subtracted from or joined to nothing.
        alone = taken.is_empty
        parts.setdefault(rule.department_id, []).append(area if alone else shapely.difference(area, taken))
        taken = area if alone else shapely.union(taken, area)
    for department_id, pieces in parts.items():
        geometry = _polygonal(pieces[0] if len(pieces) == 1 else shapely.union_all(pieces))
        if not geometry.is_empty:
            yield Territory(
                city=city,
                department_id=department_id,
                service_id=rules[0].service_id,
                geometry=cast(MultiPolygon, GEOSGeometry(memoryview(shapely.to_wkb(geometry)), srid=WGS84)),
            )


def _area(rule: Responsibility, whole: BaseGeometry, shapes: Shapes) -> BaseGeometry | None:
    if rule.district is None:
        return whole
    return shapes.get((rule.district.set_id, rule.district.code))


def _polygonal(geometry: BaseGeometry) -> shapely.MultiPolygon:
    parts = shapely.get_parts(shapely.make_valid(geometry))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon" and part.area > 0])
