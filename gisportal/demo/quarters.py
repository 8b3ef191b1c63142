"""Quarters between streets: blocks of flats around courtyards with their lanes, and industrial halls."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize

from gisportal.demo import layout
from gisportal.demo.network import Network
from gisportal.demo.plane import Array, along, lengths, polygons_of


class Quarters(NamedTuple):
    """Footprints, driveways, footways and playgrounds of the city's large quarters, in metres of the plane."""

    flats: list[Polygon]
    halls: list[Polygon]
    driveways: list[LineString]
    footways: list[LineString]
    playgrounds: list[Polygon]


def fill_quarters(network: Network, barrier: BaseGeometry, rng: np.random.Generator) -> Quarters:
    """Each quarter of a flats or industry zone filled, keeping clear of streets, water and parks."""
    result = Quarters([], [], [], [], [])
    faces = polygonize(shapely.node(shapely.MultiLineString([segment.line for segment in network.segments])))
    for number, street in enumerate(network.streets[network.main :]):
        if street.kind == "industry":
            result.halls.extend(_halls_along(street.line, 1.0 if number % 2 else -1.0, rng))
    for face in faces:
        kind = zone_of(np.asarray(face.representative_point().coords[0])).kind
        if not 7_000 < face.area < 160_000 or kind not in ("flats", "industry"):
            continue
        ground = face.buffer(-13).difference(barrier.buffer(8))
        for part in polygons_of(ground, 4_000):
            if kind == "industry":
                result.halls.extend(_halls(part, rng))
            else:
                _courtyard(part, face, result, rng)
    return result


def zone_of(place: Array) -> layout.Zone:
    """The neighbourhood a place of the plane belongs to."""
    reach = [np.hypot(*(place - np.asarray(zone.at) * 1000)) / zone.radius for zone in layout.ZONES]
    return layout.ZONES[int(np.argmin(reach))]


def _courtyard(ground: Polygon, face: Polygon, into: Quarters, rng: np.random.Generator) -> None:
    heading = _long_side(ground)
    place = _slabs_in_rows if rng.random() < 0.5 else _slabs_around
    slabs = place(ground, heading, rng)
    if not slabs:
        return
    into.flats.extend(slabs)
    inner = ground.buffer(-24)
    for yard in polygons_of(inner, 900):
        free = yard.difference(shapely.unary_union(slabs).buffer(7))
        for part in polygons_of(free, 700)[:2]:
            centre = np.asarray(part.representative_point().coords[0])
            into.playgrounds.append(box(centre, heading, 24 + 8 * rng.random(), 15 + 5 * rng.random()))
    _lanes(ground, face, heading, slabs, into)


def _lanes(ground: Polygon, face: Polygon, heading: float, slabs: list[Polygon], into: Quarters) -> None:
    """Driveways between the rows out to the streets, a footway across them."""
    built = shapely.unary_union(slabs).buffer(3.5)
    centre = np.asarray(ground.centroid.coords[0])
    way, across = np.array([np.cos(heading), np.sin(heading)]), np.array([-np.sin(heading), np.cos(heading)])
    for shift in (-46.0, 0.0, 46.0):
        start = centre + across * (shift + 17)
        line = LineString([start - way * 500, start + way * 500]).intersection(face)
        free = [part for part in shapely.get_parts(line.difference(built)).tolist() if part.length > 70]
        into.driveways.extend(free[:1])
    for shift in (-60.0, 35.0):
        start = centre + way * shift
        line = LineString([start - across * 400, start + across * 400]).intersection(face)
        free = [part for part in shapely.get_parts(line.difference(built)).tolist() if part.length > 45]
        into.footways.extend(free[:2])


def _slabs_in_rows(ground: Polygon, heading: float, rng: np.random.Generator) -> list[Polygon]:
    centre = np.asarray(ground.centroid.coords[0])
    way, across = np.array([np.cos(heading), np.sin(heading)]), np.array([-np.sin(heading), np.cos(heading)])
    slabs = []
    for row in range(-4, 5):
        at = -260.0 + rng.uniform(0, 20)
        while at < 260:
            length = float(rng.choice([44, 58, 72, 86]))
            place = centre + across * row * 46 + way * (at + length / 2)
            slab = box(place, heading, length, 13)
            if ground.contains(slab):
                slabs.append(slab)
                at += length + 18
            else:
                at += 9
    return slabs


def _slabs_around(ground: Polygon, heading: float, rng: np.random.Generator) -> list[Polygon]:
    inner = max(polygons_of(ground.buffer(-9).simplify(6)), key=lambda part: part.area, default=None)
    ring = np.asarray(inner.exterior.coords) if inner else np.empty((0, 2))
    slabs: list[Polygon] = []
    for start, end in pairwise(ring):
        edge = float(np.hypot(*(end - start)))
        angle = float(np.arctan2(*(end - start)[::-1]))
        at = 6.0
        while at + 40 < edge:
            length = min(float(rng.choice([44, 58, 72])), edge - at - 4)
            slab = box(start + (end - start) * (at + length / 2) / edge, angle, length, 13)
            if ground.contains(slab) and all(slab.distance(other) > 11 for other in slabs):
                slabs.append(slab)
            at += length + 16
    middle = box(np.asarray(ground.centroid.coords[0]), heading, 40, 16)
    if all(middle.distance(other) > 28 for other in slabs) and ground.contains(middle):
        slabs.append(middle)
    return slabs


def _halls(ground: Polygon, rng: np.random.Generator) -> list[Polygon]:
    """Long halls, some with a wing, standing loosely in the grid of the site."""
    heading = _long_side(ground)
    centre = np.asarray(ground.centroid.coords[0])
    way, across = np.array([np.cos(heading), np.sin(heading)]), np.array([-np.sin(heading), np.cos(heading)])
    halls: list[Polygon] = []
    for _ in range(60):
        place = centre + way * rng.uniform(-190, 190) + across * rng.uniform(-170, 170)
        long, wide = rng.uniform(32, 105), rng.uniform(18, 38)
        hall: BaseGeometry = box(place, heading + (np.pi / 2 if rng.random() < 0.3 else 0), long, wide)
        if rng.random() < 0.35:
            hall = hall.union(box(place + way * long * 0.3 + across * wide * 0.5, heading, long * 0.3, wide))
        if isinstance(hall, Polygon) and ground.contains(hall) and all(hall.distance(h) > 14 for h in halls):
            halls.append(hall)
    return halls


def _halls_along(line: Array, first: float, rng: np.random.Generator) -> list[Polygon]:
    halls = []
    for side in (first, -first):
        at = rng.uniform(30, 60)
        while at < lengths(line)[-1] - 30:
            long, wide = rng.uniform(38, 96), rng.uniform(20, 36)
            place, heading = along(line, np.array([at + long / 2]))
            normal = np.array([-np.sin(heading[0]), np.cos(heading[0])])
            halls.append(
                box(
                    place[0] + normal * side * (wide / 2 + rng.uniform(18, 34)), float(heading[0]), long, wide
                )
            )
            at += long + rng.uniform(16, 60)
    return halls


def _long_side(shape: Polygon) -> float:
    corners = shapely.get_coordinates(shape.minimum_rotated_rectangle)
    sides = np.diff(corners, axis=0)[:2]
    side = sides[int(np.argmax(np.hypot(sides[:, 0], sides[:, 1])))]
    return float(np.arctan2(side[1], side[0]))


def box(centre: Array, heading: float, length: float, width: float) -> Polygon:
    """A rectangle of these metres around a centre, its long side along `heading` (radians)."""
    corner = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * (length / 2, width / 2)
    cos, sin = np.cos(heading), np.sin(heading)
    return Polygon(corner @ np.array([[cos, sin], [-sin, cos]]) + centre)
