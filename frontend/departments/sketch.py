"""A small map for paper: territory, streets and numbered places as the paths of an SVG drawing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, dist, pi, radians, sin

import shapely
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.db.models import QuerySet
from shapely.geometry.base import BaseGeometry

from districts.models import Department, Territory
from frontend.departments.rounds import Place
from layers.geometry import WGS84
from layers.models import Asset, City, Kind

WIDTH, HEIGHT = 800, 500
"""Of the drawing, in its own units."""
MARGIN = 0.08
"""Of the places' extent, left free around them."""
LEAST_DEGREES = 0.004
"""Height of the smallest extent, some 450 m: a single place is shown with its streets."""
MOST_STREETS = 4000


NUMBER_WIDE = 23
"""Between two numbers that can both be read."""
Spot = tuple[float, float]
_TURNS = [(ring * NUMBER_WIDE / 2, step * pi / 8) for ring in range(16) for step in range(16)]
"""Where a number may stand, from its own spot outwards: distance and direction."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """What to draw: paths, and where each place and its number stand, in units from the left upper corner."""

    territory: str
    streets: str
    places: list[Spot]
    numbers: list[Spot]


@dataclass(frozen=True, slots=True)
class _Frame:
    """The piece of the Earth that is drawn: a plane touching it there is good enough for a page."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, places: Sequence[Place]) -> "_Frame":
        """The places with some room, in the proportions of the drawing."""
        lons, lats = [lon for lon, _lat in places], [lat for _lon, lat in places]
        middle_lon, middle_lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
        narrow = cos(radians(middle_lat))
        tall = max(max(lats) - min(lats), (max(lons) - min(lons)) * narrow * HEIGHT / WIDTH, LEAST_DEGREES)
        half_tall = tall * (1 + 2 * MARGIN) / 2
        half_wide = half_tall * WIDTH / HEIGHT / narrow
        return cls(
            middle_lon - half_wide, middle_lat - half_tall, middle_lon + half_wide, middle_lat + half_tall
        )

    @property
    def unit(self) -> float:
        """Degrees of latitude in one unit of the drawing."""
        return (self.north - self.south) / HEIGHT

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a place lies in the drawing."""
        across = (lon - self.west) / (self.east - self.west)
        return round(across * WIDTH, 1), round((self.north - lat) / self.unit, 1)

    def clipped(self, geometries: Iterable[memoryview | bytes]) -> list[BaseGeometry]:
        """Of each geometry what is seen, with no more corners than can be told apart."""
        read = shapely.from_wkb([bytes(wkb) for wkb in geometries])
        seen = shapely.clip_by_rect(shapely.simplify(read, self.unit), *self._edges())
        return [piece for piece in seen if not piece.is_empty]

    def box(self) -> Polygon:
        """The frame as a polygon."""
        box = Polygon.from_bbox((self.west, self.south, self.east, self.north))
        box.srid = WGS84
        return box

    def path(self, geometries: Iterable[BaseGeometry]) -> str:
        """All their lines as the data of one SVG path."""
        return "".join(self._line(ring) for geometry in geometries for ring in _lines(geometry))

    def _edges(self) -> tuple[float, float, float, float]:
        # A little beyond the frame, so that its own edges aren't drawn as borders.
        room = self.unit * 8
        return self.west - room * 2, self.south - room, self.east + room * 2, self.north + room

    def _line(self, line: BaseGeometry) -> str:
        points = (self.at(lon, lat) for lon, lat in shapely.get_coordinates(line))
        return "M" + "L".join(f"{x} {y}" for x, y in points)


def sketch_of(city: City, bodies: QuerySet[Department], places: Sequence[Place]) -> Sketch | None:
    """The places on the bodies' territory; None without a place."""
    if not places:
        return None
    frame = _Frame.around(places)
    parts = frame.clipped(part.wkb for part in _areas(city, bodies, frame))
    streets = Asset.objects.filter(
        layer__city=city, layer__kind=Kind.ROAD, geometry_mercator__bboverlaps=frame.box()
    ).values_list("geometry", flat=True)
    spots = [frame.at(lon, lat) for lon, lat in places]
    return Sketch(
        territory=frame.path([shapely.union_all(shapely.make_valid(parts))] if parts else []),
        streets=frame.path(frame.clipped(street.wkb for street in streets[:MOST_STREETS])),
        places=spots,
        numbers=beside(spots),
    )


def _areas(city: City, bodies: QuerySet[Department], frame: _Frame) -> list[MultiPolygon]:
    """Where the one body answers; of several together, the city: each has hundreds of pieces."""
    if len(bodies) != 1:
        return [city.boundary]
    own = Territory.objects.filter(city=city, department=bodies[0])
    seen = own.filter(geometry_mercator__bboverlaps=frame.box())
    return list(seen.values_list("geometry", flat=True))


def beside(spots: Sequence[Spot]) -> list[Spot]:
    """For each spot one as near to it as it can be without covering the number of another."""
    taken: list[Spot] = []
    for x, y in spots:
        around = ((x + far * cos(turn), y + far * sin(turn)) for far, turn in _TURNS)
        free = (spot for spot in around if all(dist(spot, other) >= NUMBER_WIDE for other in taken))
        across, down = next(free, (x, y))
        taken.append((round(across, 1), round(down, 1)))
    return taken


def _lines(geometry: BaseGeometry) -> list[BaseGeometry]:
    """The lines of which a drawing of it consists."""
    drawn = geometry.boundary if shapely.get_dimensions(geometry) == 2 else geometry
    return [part for part in shapely.get_parts(drawn) if part.geom_type in ("LineString", "LinearRing")]
