"""The flat plane the demo city is drawn on: metres east and north of the centre of Vasylkiv."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

Array = npt.NDArray[np.float64]
Point2 = tuple[float, float]

CENTRE_LON, CENTRE_LAT = 30.317, 50.177
# Length of one degree on the WGS84 ellipsoid at the centre's latitude.
METRES_PER_LON, METRES_PER_LAT = 71_432.0, 111_233.0


def degrees(xy: Array) -> Array:
    """WGS84 longitude and latitude of plane coordinates, rounded to 7 decimals (about a centimetre)."""
    lonlat = xy / (METRES_PER_LON, METRES_PER_LAT) + (CENTRE_LON, CENTRE_LAT)
    return np.round(lonlat, 7)


def metres(lonlat: Array) -> Array:
    """Plane coordinates in metres of WGS84 longitudes and latitudes."""
    return (lonlat - (CENTRE_LON, CENTRE_LAT)) * (METRES_PER_LON, METRES_PER_LAT)


def curve(points: Sequence[Point2], step: float = 25.0, closed: bool = False) -> Array:
    """A Catmull-Rom curve through every given point, a vertex about every `step` metres.

    The given points themselves are vertices, so curves that share a point really meet.
    """
    knots = np.asarray(points, dtype=float)
    if closed:
        padded = np.vstack([knots[-1:], knots, knots[:2]])
    else:
        padded = np.vstack([2 * knots[0] - knots[1], knots, 2 * knots[-1] - knots[-2]])
    spans = []
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        count = max(2, int(np.hypot(*(end - start)) / step))
        spans.append(_span(before, start, end, after, np.arange(count) / count))
    return np.vstack([*spans, padded[-2:-1]])


def _span(before: Array, start: Array, end: Array, after: Array, share: Array) -> Array:
    t = share[:, None]
    return np.asarray(
        0.5
        * (
            2 * start
            + (end - before) * t
            + (2 * before - 5 * start + 4 * end - after) * t**2
            + (3 * start - before - 3 * end + after) * t**3
        )
    )


def wander(line: Array, amplitude: float, wavelength: float, rng: np.random.Generator) -> Array:
    """The line pushed sideways by smooth noise (metres); its ends stay where they are."""
    at = lengths(line)
    shift = rng.uniform(0, 2 * np.pi, 6)
    # A bend is never like the one before: pace and height of the wave drift along the line.
    turn = 2 * np.pi * at / wavelength + 1.9 * np.sin(at / wavelength / 1.1 + shift[0])
    turn += 2.7 * np.sin(at / wavelength / 3.1 + shift[1])
    height = 0.62 + 0.38 * np.sin(at / wavelength / 0.83 + shift[2])
    push = height * (np.sin(turn + shift[3]) + 0.45 * np.sin(0.43 * turn + shift[4]))
    push += 0.16 * np.sin(3.3 * turn + shift[5])
    fade = np.clip(np.minimum(at, at[-1] - at) / wavelength, 0, 1)
    return np.asarray(line + normals(line) * (push * fade * amplitude)[:, None])


def lengths(line: Array) -> Array:
    """Metres along the line at each of its vertices."""
    return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])


def normals(line: Array) -> Array:
    """Unit vectors pointing left of the line at each vertex."""
    tangent = np.gradient(line, axis=0)
    tangent /= np.hypot(tangent[:, 0], tangent[:, 1])[:, None] + 1e-12
    return np.column_stack([-tangent[:, 1], tangent[:, 0]])


def along(line: Array, at: Array) -> tuple[Array, Array]:
    """Places on the line at the given metres, and the heading there in radians."""
    distance = lengths(line)
    place = np.column_stack([np.interp(at, distance, line[:, i]) for i in (0, 1)])
    index = np.clip(np.searchsorted(distance, at, side="right") - 1, 0, len(line) - 2)
    way = line[index + 1] - line[index]
    return place, np.arctan2(way[:, 1], way[:, 0])


def overshot(line: Array, by: float) -> Array:
    """The line made `by` metres longer at both ends, so that where it ends at another they surely cross."""
    ends = [
        line[i] + (line[i] - line[j]) / np.hypot(*(line[i] - line[j])) * by for i, j in ((0, 1), (-1, -2))
    ]
    return np.vstack([ends[0], line, ends[1]])


def blob(
    centre: Point2,
    radius: float,
    rng: np.random.Generator,
    rough: float = 0.18,
    stretch: float = 1.0,
    angle: float = 0.0,
) -> Polygon:
    """A smooth irregular shape; `stretch` draws it out along `angle` (radians) at the same area."""
    turn = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    wave = np.ones_like(turn)
    for order in (2, 3, 4, 5, 7):
        wave += rough * rng.normal(0, 0.8) / order**0.7 * np.cos(order * turn + rng.uniform(0, 2 * np.pi))
    reach = radius * np.clip(wave, 0.45, 1.7)
    ring = np.column_stack([np.cos(turn) * reach * stretch**0.5, np.sin(turn) * reach / stretch**0.5])
    cos, sin = np.cos(angle), np.sin(angle)
    return Polygon(ring @ np.array([[cos, sin], [-sin, cos]]) + centre).buffer(0)


def ribbon(line: Array, width: Array) -> BaseGeometry:
    """A water course: the line drawn as broad as `width` (metres) at each of its vertices."""
    pieces = shapely.linestrings(np.stack([line[:-1], line[1:]], axis=1))
    return shapely.simplify(
        shapely.unary_union(shapely.buffer(pieces, (width[:-1] + width[1:]) / 4, quad_segs=4)), 0.4
    )


def polygons_of(shape: BaseGeometry, at_least: float = 0.0) -> list[Polygon]:
    """The valid polygons a geometry consists of, without those smaller than `at_least` square metres."""
    parts = shapely.get_parts(shapely.make_valid(shape)).tolist()
    flat = [p for part in parts for p in shapely.get_parts(part).tolist()]
    return [p for p in flat if isinstance(p, Polygon) and p.area > at_least]


def smooth(shape: BaseGeometry, reach: float) -> BaseGeometry:
    """The shape with corners rounded at about `reach` metres, notches and spikes closed."""
    return shape.buffer(reach).buffer(-2 * reach).buffer(reach).simplify(reach / 12)
