"""Where imported reports lie: in degrees, in the city or not, in which districts of their day. Arrays in and out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from districts.models import District
from layers.geometry import WGS84
from layers.models import City
from reports.importing.drafts import Draft

Numbers = NDArray[np.float64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Placed:
    """A draft with its service, how severe that is, its position and its day.

    The position is in WGS84 degrees, not finite where it has none.
    """

    draft: Draft
    service_id: int
    severity: int
    lon: float
    lat: float
    day: date


def to_degrees(x: Numbers, y: Numbers, srid: int) -> tuple[Numbers, Numbers]:
    """Positions of the reference system as longitude and latitude; what it can't express becomes not finite."""
    if srid == WGS84:
        return x, y
    transformer = pyproj.Transformer.from_crs(srid, WGS84, always_xy=True)
    lon, lat = transformer.transform(x, y)
    return np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)


def on_this_world(lon: Numbers, lat: Numbers) -> Marks:
    """Which positions are finite degrees of this world."""
    return np.isfinite(lon) & np.isfinite(lat) & (np.abs(lon) <= 180) & (np.abs(lat) <= 90)


@dataclass(frozen=True, slots=True)
class _Held:
    pk: int
    set_id: int
    valid_from: date
    valid_to: date | None
    shape: shapely.Geometry

    def on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class Ground:
    """The city's boundary and all versions of its districts, prepared for many questions."""

    def __init__(self, city: City) -> None:
        self._boundary = _prepared(city.boundary.wkb)
        districts = District.objects.filter(city=city).within_the_city().order_by("-area_m2", "-code")
        self._districts = [
            _Held(d.pk, d.set_id, d.valid_from, d.valid_to, _prepared(d.geometry.wkb)) for d in districts
        ]

    def in_city(self, lon: Numbers, lat: Numbers) -> Marks:
        """Which positions the city holds, its border included."""
        return np.asarray(shapely.intersects_xy(self._boundary, lon, lat))

    def districts(self, lon: Numbers, lat: Numbers, days: Sequence[date]) -> list[dict[int, int]]:
        """For each position its district in each set that day, the smaller one where two of a set overlap."""
        found: list[dict[int, int]] = [{} for _day in days]
        for district in self._districts:
            for index in np.flatnonzero(shapely.intersects_xy(district.shape, lon, lat)).tolist():
                if district.on(days[index]):
                    found[index][district.set_id] = district.pk
        return found


def _prepared(wkb: memoryview) -> shapely.Geometry:
    shape = shapely.from_wkb(bytes(wkb))
    shapely.prepare(shape)
    return shape
