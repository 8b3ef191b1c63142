"""Houses along the streets, flats and halls in their quarters, public buildings; each with an address."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from gisportal.demo import layout
from gisportal.demo.features import Feature
from gisportal.demo.network import Network, road_name, settlement_name
from gisportal.demo.plane import Array, along, lengths
from gisportal.demo.public_buildings import PUBLIC, VILLAGE_PUBLIC, Place, footprint
from gisportal.demo.quarters import Quarters
from gisportal.demo.streets import COUNTRY


class Address(NamedTuple):
    """Where letters go: the street's name, the number on it, the settlement's number in the network."""

    street: str
    number: str
    settlement: int


NOWHERE = Address("", "", COUNTRY)


@dataclass(frozen=True)
class Building:
    """A footprint in metres with its use and address; `street` is the place of the street in the network."""

    shape: Polygon
    subtype: str
    street: int
    name: str = ""
    name_en: str = ""
    address: Address = NOWHERE


def raise_buildings(
    network: Network,
    quarters: Quarters,
    inside: tuple[Polygon, ...],
    barrier: BaseGeometry,
    rng: np.random.Generator,
) -> list[Building]:
    """All buildings: none on a street, in water, in a park or on another; `inside` are city and villages."""
    candidates = _public(network, barrier)
    nearest = shapely.STRtree(network.lines())
    for shapes, subtype in ((quarters.flats, "apartments"), (quarters.halls, "industrial")):
        owners = nearest.nearest(np.array(shapes, dtype=object)).tolist() if shapes else []
        candidates += [Building(shape, subtype, at) for shape, at in zip(shapes, owners, strict=True)]
    candidates += _houses(network, inside, rng)
    lanes = [*network.lines(), *quarters.driveways, *quarters.footways]
    return _numbered(_standing(candidates, lanes, barrier, len(network.streets)), network, inside)


def _standing(
    candidates: list[Building], lanes: list[shapely.LineString], barrier: BaseGeometry, streets: int
) -> list[Building]:
    """The candidates that have room, the earlier before the later."""
    shapes = np.array([candidate.shape for candidate in candidates], dtype=object)
    tree = shapely.STRtree(shapes)
    blocked = np.zeros(len(shapes), dtype=bool)
    for lines, clear in ((lanes[:streets], 6.5), (lanes[streets:], 2.0)):
        if lines:
            blocked[tree.query(np.array(lines, dtype=object), predicate="dwithin", distance=clear)[1]] = True
    blocked[tree.query(np.array(shapely.get_parts(barrier)), predicate="intersects")[1]] = True
    first, second = tree.query(shapely.buffer(shapes, 3.0, quad_segs=1), predicate="intersects")
    for earlier, later in sorted(zip(first.tolist(), second.tolist(), strict=True)):
        if earlier < later and not blocked[earlier]:
            blocked[later] = True
    return [candidate for candidate, gone in zip(candidates, blocked, strict=True) if not gone]


def _houses(network: Network, inside: tuple[Polygon, ...], rng: np.random.Generator) -> list[Building]:
    settled = shapely.unary_union([shape.buffer(-25) for shape in inside])
    shapely.prepare(settled)
    places, headings, sides, owners = [], [], [], []
    for number, street in enumerate(network.streets):
        pitch, chance = _density(street.kind, street.settlement)
        if not pitch:
            continue
        at = np.arange(18.0, max(lengths(street.line)[-1] - 12, 18.1), pitch)
        for hand in (1.0, -1.0):
            jitter = at + rng.uniform(-0.22, 0.22, len(at)) * pitch
            keep = jitter[rng.random(len(at)) < chance]
            place, heading = along(street.line, keep)
            places.append(place)
            headings.append(heading)
            sides.append(np.full(len(keep), hand))
            owners.append(np.full(len(keep), number))
    place, heading = np.vstack(places), np.concatenate(headings)
    side, owner = np.concatenate(sides), np.concatenate(owners)
    shapes = _house_shapes(place, heading, side, rng)
    good = shapely.contains(settled, shapes) & ~_in_large_quarter(place)
    return [Building(shape, "house", int(at)) for shape, at in zip(shapes[good], owner[good], strict=True)]


def _density(kind: str, settlement: int) -> tuple[float, float]:
    """Metres between plots and the share of them that are built on."""
    if kind == "main":
        return 42.0, 0.62
    if settlement == COUNTRY or kind in ("flats", "industry"):
        return 0.0, 0.0
    return {"old": (33.0, 0.82), "village": (64.0, 0.6)}.get(kind, (52.0, 0.75))


def _in_large_quarter(place: Array) -> np.typing.NDArray[np.bool_]:
    """Where flats and industry stand there are no houses."""
    reach = np.stack([np.hypot(*(place - np.asarray(z.at) * 1000).T) / z.radius for z in layout.ZONES])
    large = np.array([zone.kind in ("flats", "industry") for zone in layout.ZONES])
    nearest = np.argmin(reach, axis=0)
    return np.asarray(large[nearest] & (reach[nearest, np.arange(len(place))] < 1.3))


# A unit house and one with a wing, both as six corners: fractions of length and depth.
_PLAIN = np.array([[-0.5, -0.5], [0.0, -0.5], [0.5, -0.5], [0.5, 0.5], [0.0, 0.5], [-0.5, 0.5]])
_WINGED = np.array([[-0.5, -0.5], [0.5, -0.5], [0.5, 0.1], [0.05, 0.1], [0.05, 0.5], [-0.5, 0.5]])


_SQUARE = np.array([0.0, 220.0])


def _house_shapes(
    place: Array, heading: Array, side: Array, rng: np.random.Generator
) -> np.typing.NDArray[np.object_]:
    count = len(place)
    length, depth = rng.uniform(9.5, 15.5, count), rng.uniform(8.0, 12.0, count)
    setback = depth / 2 + rng.choice([9.0, 10.0, 11.0, 14.0, 18.0], count)
    # The old centre stands closer to the street and higher.
    core = np.exp(-((np.hypot(*(place - _SQUARE).T) / 480) ** 2))
    length, depth, setback = (
        length * (1 + 0.75 * core),
        depth * (1 + 0.35 * core),
        setback * (1 - 0.12 * core),
    )
    turned = heading + rng.normal(0, 0.035, count)
    corner = (
        np.where(rng.random(count)[:, None, None] < 0.34, _WINGED, _PLAIN)
        * np.stack([length, depth], 1)[:, None]
    )
    corner[:, :, 1] *= side[:, None]
    corner[:, :, 0] *= rng.choice([-1.0, 1.0], count)[:, None]
    cos, sin = np.cos(turned)[:, None], np.sin(turned)[:, None]
    x = corner[..., 0] * cos - corner[..., 1] * sin
    y = corner[..., 0] * sin + corner[..., 1] * cos
    out = side * setback
    centre = place + np.column_stack([-np.sin(heading) * out, np.cos(heading) * out])
    return np.asarray(shapely.polygons(np.stack([x, y], axis=-1) + centre[:, None]))


def _public(network: Network, barrier: BaseGeometry) -> list[Building]:
    wanted = list(PUBLIC)
    for village in layout.VILLAGES:
        wanted += [place.moved(village.at, village.name, village.name_en) for place in VILLAGE_PUBLIC]
    tree = shapely.STRtree(network.lines())
    buildings: list[Building] = []
    for place in wanted:
        at = int(tree.nearest(shapely.Point(place.at[0] * 1000, place.at[1] * 1000)))
        tries = [
            _facing(place, network.streets[at].line, at, shift, side)
            for shift in _SHIFTS
            for side in (1.0, -1.0)
        ]
        others = [other.shape.buffer(14) for other in buildings[-4:]]
        free = (
            building
            for building in tries
            if not len(tree.query(building.shape, predicate="dwithin", distance=7))
            and not building.shape.intersects(barrier)
            and not any(building.shape.intersects(other) for other in others)
        )
        if (building := next(free, None)) is not None:
            buildings.append(building)
    return buildings


# Metres along the street at which a public building is tried, the wished place first.
_SHIFTS = (0, 25, -25, 50, -50, 80, -80, 115, -115, 155, -155, 200, -200, 260, -260)


def _facing(place: Place, street: Array, number: int, shift: float, flip: float) -> Building:
    """The building set back from the street, `shift` metres along it, on the wished side (or, flipped, the other)."""
    point = np.asarray(place.at) * 1000
    at = shapely.LineString(street).project(shapely.Point(point)) + shift
    foot, heading = along(street, np.clip(np.array([at]), 0, lengths(street)[-1]))
    normal = np.array([-np.sin(heading[0]), np.cos(heading[0])])
    side = flip * (1.0 if (point - foot[0]) @ normal >= 0 else -1.0)
    centre = foot[0] + normal * side * (place.depth / 2 + 14)
    shape = footprint(place, centre, float(heading[0]) + (0 if side > 0 else np.pi))
    return Building(shape, place.subtype, number, place.name, place.name_en)


def _numbered(buildings: list[Building], network: Network, inside: tuple[Polygon, ...]) -> list[Building]:
    """Odd numbers on the left, even on the right, growing along the street; numbers are left for empty plots."""
    by_street: dict[tuple[int, int], list[int]] = {}
    centres = shapely.get_coordinates(shapely.centroid([building.shape for building in buildings]))
    area_of = np.full(len(buildings), COUNTRY)
    for settlement, shape in enumerate(inside):
        area_of[shapely.contains_xy(shape, centres[:, 0], centres[:, 1])] = settlement
    for index, building in enumerate(buildings):
        by_street.setdefault((building.street, int(area_of[index])), []).append(index)
    result = list(buildings)
    for (street_number, area), members in by_street.items():
        street = network.streets[street_number]
        line = shapely.LineString(street.line)
        at = np.asarray(shapely.line_locate_point(line, shapely.points(centres[members])))
        foot, heading = along(street.line, at)
        away = centres[members] - foot
        left = np.cos(heading) * away[:, 1] - np.sin(heading) * away[:, 0] > 0
        name = road_name(street.name, street_number, area) if street.kind == "main" else street.name
        for position, building_index, odd in zip(_plot_numbers(at, left), members, left, strict=True):
            number = str(2 * position - 1 if odd else 2 * position)
            old = buildings[building_index]
            result[building_index] = Building(
                old.shape, old.subtype, street_number, old.name, old.name_en, Address(name, number, area)
            )
    return result


def _plot_numbers(at: Array, left: np.typing.NDArray[np.bool_]) -> list[int]:
    """The plot's rank on its side of the street, a number for each 40 m or so, never one twice."""
    numbers = [0] * len(at)
    for side in (True, False):
        last = 0
        for index in np.argsort(at, kind="stable").tolist():
            if bool(left[index]) is side:
                last = max(last + 1, int((at[index] - at.min()) / 52) + 1)
                numbers[index] = last
    return numbers


def building_features(buildings: list[Building]) -> list[Feature]:
    """The buildings as they are written, with `street`, `housenumber` and `settlement`."""
    features = []
    for number, building in enumerate(buildings, start=1):
        address = building.address
        more: dict[str, str | int] = {}
        if address.number and not address.street.startswith("автодорога"):
            more = {"street": address.street, "housenumber": address.number}
            more["settlement"] = settlement_name(address.settlement)
        name_en = building.name_en
        features.append(
            Feature(f"B-{number}", building.shape, building.name, name_en, building.subtype, "", more)
        )
    return features
