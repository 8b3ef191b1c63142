"""A city's districts as shapes for a picture: simplified, in one small grid, kept as long as they don't change."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Self, cast

from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Polygon
from django.utils import timezone

from districts.models import District, DistrictSet
from layers.importing.names import name_in
from layers.models import City
from layers.versions import version

WIDTH = 1000
"""Units of the grid that a picture is wide; one is less than a pixel of most screens."""
ASTRAY = 3.0
"""Units by which a simplified outline may stray from the true one."""
_SOURCES = frozenset({"layers_city", "districts_districtset", "districts_district"})

Position = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A district in a picture: the value by which the filter knows it, its path (SVG), where its number stands."""

    value: str
    name_uk: str
    name_en: str
    path: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Picture:
    """One way to divide the city; without districts, its outline as the only shape, which has no value."""

    code: str
    name_uk: str
    name_en: str
    height: int
    shapes: tuple[Shape, ...]
    outline: str = ""
    """The city's own path beneath its districts."""
    width: int = WIDTH


@dataclass(frozen=True, slots=True)
class _Frame:
    """From metres of the projection to units of the grid, whose y grows southwards."""

    west: float
    north: float
    height: int
    units_a_metre: float

    @classmethod
    def around(cls, geometries: Iterable[GEOSGeometry]) -> Self:
        extents = [geometry.extent for geometry in geometries]
        west, south = min(one[0] for one in extents), min(one[1] for one in extents)
        east, north = max(one[2] for one in extents), max(one[3] for one in extents)
        scale = WIDTH / max(east - west, 1.0)
        return cls(west, north, max(round((north - south) * scale), 1), scale)

    def at(self, position: Position) -> tuple[int, int]:
        x, y = position[:2]
        return round((x - self.west) * self.units_a_metre), round((self.north - y) * self.units_a_metre)

    def path(self, geometry: MultiPolygon) -> str:
        """The outlines as a path of whole units; islands and holes too small to be seen are left out."""
        simple = geometry.simplify(ASTRAY / self.units_a_metre, preserve_topology=True)
        polygons = [simple.coords] if isinstance(simple, Polygon) else cast(MultiPolygon, simple).coords
        rings = (self._ring(ring) for polygon in polygons for ring in polygon)
        return "".join(ring for ring in rings if ring)

    def _ring(self, positions: Sequence[Position]) -> str:
        points = [self.at(position) for position in positions]
        first, steps = points[0], list(_steps(points))
        if len(steps) < 3:
            return ""
        return f"M{first[0]} {first[1]}l" + " ".join(f"{x} {y}" for x, y in steps[:-1]) + "z"

    def shape(self, value: str, thing: District | City, geometry: MultiPolygon) -> Shape:
        x, y = self.at(geometry.point_on_surface.coords)
        return Shape(
            value, name_in("uk", thing) or thing.name, name_in("en", thing), self.path(geometry), x, y
        )


def _steps(points: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """From each point to the next one that is another."""
    for before, after in pairwise(points):
        if before != after:
            yield after[0] - before[0], after[1] - before[1]


def pictures(city: City) -> tuple[Picture, ...]:
    """The city's sets of districts as they are today, the one that covers most of it first; never none."""
    return _pictures(city.pk, timezone.localdate().isoformat(), version(_SOURCES, city.slug))


@lru_cache(maxsize=64)
def _pictures(city_pk: int, day: str, of_version: str) -> tuple[Picture, ...]:
    # The day and the version only tell one answer from the next.
    sets = DistrictSet.objects.filter(city=city_pk).exclude(code=DistrictSet.NEIGHBOURS)
    city = City.objects.get(pk=city_pk)
    divided = [(one, list(District.objects.filter(set=one).on(timezone.localdate()))) for one in sets]
    divided.sort(key=lambda pair: -sum(district.area_m2 for district in pair[1]))
    made = [_picture(city, one, districts) for one, districts in divided if districts]
    return tuple(made) or (_whole(city),)


def _picture(city: City, of: DistrictSet, districts: list[District]) -> Picture:
    frame = _Frame.around(district.geometry_mercator for district in districts)
    outline = frame.path(city.boundary_mercator)
    # The smaller over the larger, so that none is hidden.
    ordered = sorted(districts, key=lambda district: -district.area_m2)
    shapes = tuple(frame.shape(f"{of.code}:{one.code}", one, one.geometry_mercator) for one in ordered)
    return Picture(of.code, name_in("uk", of) or of.name, name_in("en", of), frame.height, shapes, outline)


def _whole(city: City) -> Picture:
    frame = _Frame.around([city.boundary_mercator])
    shape = frame.shape("", city, city.boundary_mercator)
    return Picture("", shape.name_uk, shape.name_en, frame.height, (shape,))
