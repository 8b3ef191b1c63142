"""Spatial reference systems by name, the tile grid, and cells of it. Pure: no database, no Django models."""

import math
from dataclasses import dataclass

WGS84 = 4326
"""Longitude and latitude in degrees: how everything is stored."""
WEB_MERCATOR = 3857
"""Metres of the web map, stretched away from the equator: how tiles are cut, never how lengths are measured."""

WORLD_HALF_M = 20037508.342789244
"""Half the width of the square Web Mercator world, in its own metres (pi x 6378137)."""
MAX_LATITUDE = 85.0511287798066
"""Where the square world of Web Mercator ends, degrees."""
MAX_ZOOM = 22
TILE_EXTENT = 4096
"""Integer units along the edge of a vector tile (Mapbox Vector Tile 2.1, 4.1)."""
TILE_BUFFER = 64
"""Units kept beyond the edge, so that lines and outlines meet across tiles."""


CODE_ZOOM = 31
"""Points are numbered by the tile of this zoom that holds them, about two centimetres wide."""


def spread(number: int) -> int:
    """The bits of a column or row, with a gap after each: half of a Morton code."""
    return int(f"{number:b}", 4)


def gather(code: int) -> int:
    """Every second bit of a Morton code, from the last: the column; of half the code, the row."""
    return int(f"{code:b}"[::-1][::2][::-1], 2)


class OutsideTheGridError(ValueError):
    """The address names no tile of the grid."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One square of the XYZ grid: zoom z, column x from the west, row y from the north."""

    z: int
    x: int
    y: int

    def __post_init__(self) -> None:
        if not 0 <= self.z <= MAX_ZOOM:
            raise OutsideTheGridError(f"zoom {self.z} is not between 0 and {MAX_ZOOM}")
        if not (0 <= self.x < 1 << self.z and 0 <= self.y < 1 << self.z):
            raise OutsideTheGridError(f"column {self.x}, row {self.y} do not exist at zoom {self.z}")

    @property
    def size_m(self) -> float:
        """Edge length in Web Mercator metres."""
        return 2 * WORLD_HALF_M / (1 << self.z)

    def bounds(self, buffer: float = 0.0) -> tuple[float, float, float, float]:
        """West, south, east, north in Web Mercator metres, widened by `buffer` edge lengths."""
        west = self.x * self.size_m - WORLD_HALF_M
        north = WORLD_HALF_M - self.y * self.size_m
        margin = buffer * self.size_m
        return (west - margin, north - self.size_m - margin, west + self.size_m + margin, north + margin)

    def codes(self, zoom: int = CODE_ZOOM) -> tuple[int, int]:
        """The first and the last Morton code of the tiles of a finer zoom that lie inside."""
        width = 2 * (zoom - self.z)
        code = spread(self.y) << 1 | spread(self.x)
        return code << width, (code + 1 << width) - 1

    @classmethod
    def covering(cls, lon: float, lat: float, z: int) -> "Tile":
        """The tile of zoom z that holds the position, given in degrees; latitudes beyond the square are clamped."""
        x, y = to_web_mercator(lon, max(-MAX_LATITUDE, min(MAX_LATITUDE, lat)))
        last = (1 << z) - 1
        column = math.floor((x + WORLD_HALF_M) / (2 * WORLD_HALF_M) * (1 << z))
        row = math.floor((WORLD_HALF_M - y) / (2 * WORLD_HALF_M) * (1 << z))
        return cls(z, max(0, min(last, column)), max(0, min(last, row)))


def to_web_mercator(lon: float, lat: float) -> tuple[float, float]:
    """A WGS84 position in degrees as spherical Web Mercator metres (EPSG method 1024)."""
    x = math.radians(lon) * WORLD_HALF_M / math.pi
    y = math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) * WORLD_HALF_M / math.pi
    return x, y


def is_position(lon: float, lat: float) -> bool:
    """Whether the numbers are finite degrees of this world."""
    return math.isfinite(lon) and math.isfinite(lat) and -180 <= lon <= 180 and -90 <= lat <= 90


def looks_swapped(position: tuple[float, float], extent: tuple[float, float, float, float]) -> bool:
    """Whether a position far outside `extent` (west, south, east, north; degrees) is inside with its axes swapped.

    Far means more than the extent's own size, or a tenth of a degree, beyond its edge.
    """
    west, south, east, north = extent
    margin = max(east - west, north - south, 0.1)
    x, y = position
    near = west - margin <= x <= east + margin and south - margin <= y <= north + margin
    return not near and west <= y <= east and south <= x <= north


EARTH_RADIUS_M = 6371008.8
"""Mean radius (IUGG)."""


METRES_A_DEGREE = 110_500
"""A degree of latitude, where it is shortest."""


def box_around(lon: float, lat: float, radius_m: float) -> tuple[float, float, float, float]:
    """West, south, east, north in degrees: a box that holds all within so many metres, and little more."""
    high = radius_m / METRES_A_DEGREE
    south, north = max(lat - high, -90.0), min(lat + high, 90.0)
    narrowest = math.cos(math.radians(max(abs(south), abs(north))))
    wide = min(high / narrowest, 360.0) if narrowest > 1e-9 else 360.0
    if lon - wide < -180 or lon + wide > 180:
        return -180.0, south, 180.0, north
    return lon - wide, south, lon + wide, north


def circle(lon: float, lat: float, radius_m: float, corners: int = 72) -> list[tuple[float, float]]:
    """A closed ring of positions so many metres around one, counter-clockwise from the east.

    On a sphere, flat around the centre: within half a percent up to 50 km and below 70 degrees of latitude.
    """
    high = math.degrees(radius_m / EARTH_RADIUS_M)
    wide = high / math.cos(math.radians(lat))
    turns = [2 * math.pi * corner / corners for corner in range(corners)]
    ring = [(lon + wide * math.cos(turn), lat + high * math.sin(turn)) for turn in turns]
    return [*ring, ring[0]]
