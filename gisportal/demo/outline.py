"""Where things end: the hromada, the city, its villages, its districts and its neighbours."""

from typing import NamedTuple

import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize

from gisportal.demo import layout
from gisportal.demo.plane import Array, blob, curve, overshot, polygons_of, wander


class Outline(NamedTuple):
    """The polygons of the city's own territory, in metres of the plane."""

    hromada: Polygon
    city: Polygon
    villages: tuple[Polygon, ...]


def draw_outline(rng: np.random.Generator) -> Outline:
    """The hromada (358 km2), the city (29 km2) and the 19 villages, none overlapping another."""
    hromada = _ring(layout.HROMADA_CENTRE, layout.HROMADA_RADII, layout.HROMADA_AREA, (230, 2300), rng)
    city = _ring((0.0, 0.2), layout.CITY_RADII, layout.CITY_AREA, (85, 950), rng)
    taken: BaseGeometry = city
    villages = []
    for village in layout.VILLAGES:
        shape = _village(village, rng).intersection(hromada).difference(taken)
        largest = max(polygons_of(shape), key=lambda part: part.area)
        villages.append(largest)
        taken = taken.union(largest)
    return Outline(hromada, city, tuple(villages))


def _ring(
    centre: layout.Km,
    radii: tuple[float, ...],
    area: float,
    bends: tuple[float, float],
    rng: np.random.Generator,
) -> Polygon:
    turn = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    x, y = centre[0] + np.cos(turn) * radii, centre[1] + np.sin(turn) * radii
    line = curve([(a * 1000, b * 1000) for a, b in zip(x, y, strict=True)], 90, closed=True)
    # Borders run along edges of fields: straight pieces with corners, not waves.
    shape = Polygon(wander(line, *bends, rng)).simplify(bends[0] / 5)
    scale = float(np.sqrt(area / shape.area))
    return Polygon((shapely.get_coordinates(shape) - _km(centre)) * scale + _km(centre))


def _km(place: layout.Km) -> Array:
    return np.asarray(place) * 1000.0


def _village(village: layout.Village, rng: np.random.Generator) -> Polygon:
    """Drawn out along the road that passes it, as villages grow."""
    centre = _km(village.at)
    heading = 0.0
    nearest = np.inf
    for road in layout.ROADS:
        line = curve([(x * 1000, y * 1000) for x, y in road.points], 60)
        distance = np.hypot(*(line - centre).T)
        at = int(np.argmin(distance))
        if distance[at] < nearest and 0 < at < len(line) - 1:
            nearest = distance[at]
            heading = float(np.arctan2(*(line[at + 1] - line[at - 1])[::-1]))
    return blob((centre[0], centre[1]), village.radius, rng, 0.13, 1.75, heading)


def cut_districts(city: Polygon, cuts: list[LineString]) -> list[Polygon]:
    """The city's districts in the order of the layout: they follow `cuts` (main roads, river) and tile it exactly.

    Raises ValueError when the cuts leave two districts' places in one piece.
    """
    drawn = [curve([(x * 1000, y * 1000) for x, y in cut]) for cut in layout.DISTRICT_CUTS]
    lines = [*cuts, *(LineString(overshot(line, 5)) for line in drawn)]
    noded = shapely.unary_union([city.exterior, *(line.intersection(city.buffer(200)) for line in lines)])
    faces = [face for face in polygonize(noded) if city.contains(face.representative_point())]
    places = np.array([place for *_, place in layout.DISTRICTS]) * 1000.0
    groups: list[list[Polygon]] = [[] for _ in places]
    for face in faces:
        groups[_district_of(face, places)].append(face)
    if not all(groups):
        raise ValueError(
            f"no piece of the city is left for some district: {[len(group) for group in groups]}"
        )
    return _join_islands([shapely.unary_union(group) for group in groups])


def _district_of(face: Polygon, places: Array) -> int:
    """The district whose place lies in the piece, else the one whose place is nearest."""
    inside = np.flatnonzero(shapely.contains_xy(face, places[:, 0], places[:, 1]))
    if len(inside) > 1:
        raise ValueError(f"one piece holds the places of districts {inside.tolist()}")
    return int(inside[0]) if len(inside) else int(np.argmin(shapely.distance(shapely.points(places), face)))


def _join_islands(districts: list[BaseGeometry]) -> list[Polygon]:
    """Each district in one piece: what lies apart goes to the neighbour it shares the longest border with."""
    whole = [max(polygons_of(district), key=lambda part: part.area) for district in districts]
    apart = [
        part
        for district, main in zip(districts, whole, strict=True)
        for part in polygons_of(district)
        if not part.equals(main)
    ]
    for part in sorted(apart, key=lambda piece: -piece.area):
        border = [part.boundary.intersection(district.boundary).length for district in whole]
        at = int(np.argmax(border))
        whole[at] = polygons_of(shapely.unary_union([whole[at], part]))[0]
    return whole


def draw_neighbours(hromada: Polygon, rng: np.random.Generator) -> list[Polygon]:
    """Eight hromadas in a ring around ours; their borders are made of the very same vertices."""
    inner = np.asarray(hromada.exterior.coords)[:-1]
    if not hromada.exterior.is_ccw:
        inner = inner[::-1]
    centre = _km(layout.HROMADA_CENTRE)
    turn = np.unwrap(np.arctan2(*(inner - centre).T[::-1]))
    starts = [
        int(np.argmin(np.abs(turn - turn[0] - share))) for share in np.linspace(0, 2 * np.pi, 9)[:-1] + 0.12
    ]
    spokes = [_spoke(inner[start], centre, rng) for start in starts]
    count = len(starts)
    shapes = []
    for i in range(count):
        begin, end = starts[i], starts[(i + 1) % count]
        border = inner[begin : end + 1] if end > begin else np.vstack([inner[begin:], inner[: end + 1]])
        first, last = spokes[i], spokes[(i + 1) % count]
        rim = _rim(first[-1], last[-1], centre)
        shapes.append(Polygon(np.vstack([border, last[1:], rim, first[::-1][:-1]])))
    return shapes


def _spoke(start: Array, centre: Array, rng: np.random.Generator) -> Array:
    out = (start - centre) / np.hypot(*(start - centre))
    reach = rng.uniform(8_500, 10_500)
    line = start + out * np.linspace(0, reach, 40)[:, None]
    return wander(line, 500, 4000, rng)


def _rim(first: Array, last: Array, centre: Array) -> Array:
    """From the end of the last spoke back to the end of the first, bulging outwards."""
    radius = [float(np.hypot(*(point - centre))) for point in (last, first)]
    turn = [float(np.arctan2(*(point - centre)[::-1])) for point in (last, first)]
    if turn[0] < turn[1]:
        turn[0] += 2 * np.pi
    share = np.linspace(0, 1, 30)[1:-1]
    angle = turn[0] + (turn[1] - turn[0]) * share
    reach = radius[0] + (radius[1] - radius[0]) * share + 900 * np.sin(np.pi * share)
    reach += 260 * np.sin(7 * np.pi * share)
    return np.asarray(centre + np.column_stack([np.cos(angle), np.sin(angle)]) * reach[:, None])
