"""The street network: hand-drawn main roads, neighbourhoods grown between them, cut where they meet."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, pi, sin

import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from gisportal.demo import layout
from gisportal.demo.outline import Outline
from gisportal.demo.plane import Array, Point2, blob, curve, lengths, overshot
from gisportal.demo.streamlines import Field, Tracer

CITY, COUNTRY = 0, -1


@dataclass(frozen=True)
class Street:
    """A whole street before cutting, in metres; `settlement` is 0 for the city, 1.. for villages, -1 for none."""

    line: Array
    subtype: str
    owner: str
    settlement: int
    kind: str
    name: str = ""


def main_roads(hromada: BaseGeometry, rng: np.random.Generator) -> list[Street]:
    """The hand-drawn roads, gently winding between the points they share, inside the hromada."""
    roads = []
    for road in layout.ROADS:
        line = _winding(
            [(x * 1000, y * 1000) for x, y in road.points], 0.3 if road.subtype == "trunk" else 1.0, rng
        )
        inside = shapely.get_parts(LineString(overshot(line, 1.5)).intersection(hromada))
        longest = max(inside.tolist(), key=lambda part: part.length)
        roads.append(Street(np.asarray(longest.coords), road.subtype, road.owner, COUNTRY, "main", road.name))
    return roads


def _winding(points: list[Point2], strength: float, rng: np.random.Generator) -> Array:
    line = curve(points, 24)
    knots = [int(np.argmin(np.hypot(*(line - point).T))) for point in points]
    for begin, end in pairwise(knots):
        span = line[begin : end + 1]
        if (length := lengths(span)[-1]) < 900:
            continue
        at = lengths(span) / length
        push = np.sin(2 * np.pi * max(1, round(length / 2100)) * at + rng.uniform(-0.9, 0.9))
        way = np.array([-(span[-1] - span[0])[1], (span[-1] - span[0])[0]]) / length
        # sin^2 fades value and slope at the shared points, so junctions stay smooth.
        line[begin : end + 1] = (
            span + (push * np.sin(np.pi * at) ** 2 * strength * min(90, length / 30))[:, None] * way
        )
    return line


def city_streets(
    outline: Outline, roads: list[Street], barrier: BaseGeometry, rng: np.random.Generator
) -> list[Street]:
    """Streets of the city's neighbourhoods, each with its own grid; none enters `barrier` (water, parks)."""
    blobs = [blob((z.at[0] * 1000, z.at[1] * 1000), z.radius * 1.16, rng, 0.14) for z in layout.ZONES]
    # Closing the gaps between neighbourhoods, so that their streets meet.
    town = shapely.unary_union(blobs).buffer(170).buffer(-140)
    buildable = town.intersection(outline.city.buffer(-40)).difference(barrier)
    field = Field(buildable)
    distance = np.stack(
        [np.hypot(field.x - z.at[0] * 1000, field.y - z.at[1] * 1000) / z.radius for z in layout.ZONES]
    )
    zone_at = np.argmin(distance, axis=0)
    for zone, reach in zip(layout.ZONES, distance, strict=True):
        field.pull(np.exp(-2.2 * reach**2) + 1e-6 / (0.1 + reach), np.radians(zone.angle))
    field.pull_along([road.line for road in roads], 75, 0.5)
    field.freeze()
    lines = _grow(field, roads, zone_at, rng)
    return [
        Street(
            line, "residential", "city", CITY, layout.ZONES[_zone(field, zone_at, line[len(line) // 2])].kind
        )
        for line in lines
    ]


def _zone(field: Field, zone_at: np.typing.NDArray[np.int64], place: Array) -> int:
    column = min(max(int((place[0] - field.west) / field.CELL + 0.5), 0), zone_at.shape[1] - 1)
    row = min(max(int((place[1] - field.south) / field.CELL + 0.5), 0), zone_at.shape[0] - 1)
    return int(zone_at[row, column])


def _grow(
    field: Field, roads: list[Street], zone_at: np.typing.NDArray[np.int64], rng: np.random.Generator
) -> list[Array]:
    zones = layout.ZONES
    index = zone_at.tolist()

    def zone(x: float, y: float) -> layout.Zone:
        row = min(max(int((y - field.south) / field.CELL + 0.5), 0), len(index) - 1)
        column = min(max(int((x - field.west) / field.CELL + 0.5), 0), len(index[0]) - 1)
        return zones[index[row][column]]

    def axis(x: float, y: float) -> float:
        return zone(x, y).angle * pi / 180

    seeds = [(z.at[0] * 1000, z.at[1] * 1000, z.angle * pi / 180) for z in zones]
    inside = np.column_stack([field.x[field.open], field.y[field.open]])[::23]
    seeds += [(x, y, axis(x, y)) for x, y in inside.tolist()]
    return _families(
        field,
        roads,
        axis,
        (lambda x, y: zone(x, y).spacing, lambda x, y: zone(x, y).cross_spacing),
        seeds,
        rng,
    )


def village_streets(
    outline: Outline, roads: list[Street], barrier: BaseGeometry, rng: np.random.Generator
) -> list[Street]:
    """Each village along the road that made it: a few streets beside that road, lanes between them."""
    network = shapely.unary_union([LineString(road.line) for road in roads])
    streets = []
    for number, village in enumerate(outline.villages, start=1):
        reach = 190 + 0.11 * layout.VILLAGES[number - 1].population
        near = network.intersection(village).buffer(min(reach, 360), cap_style="flat")
        buildable = near.intersection(village.buffer(-20)).difference(barrier)
        if buildable.is_empty:
            continue
        lines = _village_lines(Field(buildable), roads, rng)
        streets += [Street(line, "residential", "city", number, "village") for line in lines]
    return streets


def _village_lines(field: Field, roads: list[Street], rng: np.random.Generator) -> list[Array]:
    pieces = np.vstack([np.hstack([road.line[:-1], road.line[1:]]) for road in roads])
    middle = (pieces[:, :2] + pieces[:, 2:]) / 2
    close = np.hypot(middle[:, 0] - field.x.mean(), middle[:, 1] - field.y.mean()) < 2500
    pieces, middle = pieces[close], middle[close]
    nearest = shapely.STRtree(shapely.points(middle)).nearest(
        shapely.points(field.x.ravel(), field.y.ravel())
    )
    nearest = nearest.reshape(field.x.shape)
    way = pieces[nearest, 2:] - pieces[nearest, :2]
    heading = np.arctan2(way[..., 1], way[..., 0])
    waves = 0.16 * np.sin(field.x / 190 + rng.uniform(0, 6)) * np.sin(field.y / 230 + rng.uniform(0, 6))
    field.pull(np.ones_like(heading), heading + waves)
    field.freeze()
    rows = heading.tolist()

    def axis(x: float, y: float) -> float:
        row = min(max(int((y - field.south) / field.CELL + 0.5), 0), len(rows) - 1)
        return float(rows[row][min(max(int((x - field.west) / field.CELL + 0.5), 0), len(rows[0]) - 1)])

    seeds = [
        (x, y, axis(x, y))
        for x, y in np.column_stack([field.x[field.open], field.y[field.open]])[::31].tolist()
    ]
    near = [
        road for road in roads if np.hypot(*(road.line - (field.x.mean(), field.y.mean())).T).min() < 2500
    ]
    return _families(field, near, axis, (lambda x, y: 150.0, lambda x, y: 300.0), seeds, rng)


Spacing = Callable[[float, float], float]


def _families(
    field: Field,
    roads: list[Street],
    axis: Spacing,
    spacing: tuple[Spacing, Spacing],
    seeds: list[tuple[float, float, float]],
    rng: np.random.Generator,
) -> list[Array]:
    """The long streets first, then the lanes across them."""
    along = Tracer(field, axis, spacing[0])
    across = Tracer(field, lambda x, y: axis(x, y) + pi / 2, spacing[1])
    beside = []
    for road in roads:
        for (x, y), (a, b) in zip(road.line.tolist(), road.line[1:].tolist(), strict=False):
            heading = atan2(b - y, a - x)
            for family in (along, across):
                if family.keeps(x, y, heading):
                    family.occupy([(x, y)])
            room = spacing[0](x, y)
            beside += [
                (x + cos(side) * room, y + sin(side) * room, heading)
                for side in (heading + pi / 2, heading - pi / 2)
            ]
    kept = [seed for seed in beside if along.keeps(*seed)]
    long = along.grow(kept[::3] + seeds, 110, lambda: rng.uniform(700, 1900), spread=True)
    crossing = [(x, y, axis(x, y) + pi / 2) for line in long for x, y in line[3:-3:4]]
    order = rng.permutation(len(crossing))
    short = across.grow([crossing[i] for i in order], 60, lambda: rng.uniform(260, 1000), spread=False)
    return [np.asarray(line) for line in long + short]
