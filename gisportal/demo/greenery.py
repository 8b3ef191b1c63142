"""Parks, forests, forest belts, meadows along the river, cemeteries and pitches."""

from typing import NamedTuple

import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from gisportal.demo import layout
from gisportal.demo.features import Feature
from gisportal.demo.names import transliterate
from gisportal.demo.network import CITY_OWNER, Network
from gisportal.demo.outline import Outline
from gisportal.demo.plane import Array, blob, curve, polygons_of, smooth
from gisportal.demo.quarters import box
from gisportal.demo.water import Water

_ENGLISH = {"park": "Park", "cemetery": "Cemetery", "forest": "Woodland", "pitch": "Stadium"}


class Green(NamedTuple):
    """One green area in metres of the plane."""

    name: str
    subtype: str
    shape: Polygon


def draw_parks(rng: np.random.Generator) -> list[Green]:
    """The named parks of the layout, before any road is cut out of them."""
    parks = []
    for green in layout.GREENS:
        at = (green.at[0] * 1000, green.at[1] * 1000)
        if green.subtype == "pitch":
            shape = box(np.asarray(at), np.radians(green.angle), 178, 122).buffer(-50).buffer(50)
        else:
            shape = blob(at, green.radius, rng, 0.12, green.stretch, np.radians(green.angle))
        parks.append(Green(green.name, green.subtype, shape))
    return parks


def draw_greenery(
    outline: Outline,
    water: Water,
    network: Network,
    parks: list[Green],
    footprints: list[Polygon],
    rng: np.random.Generator,
) -> list[Green]:
    """All greenery of the hromada, none overlapping another, a road, a building's plot or water."""
    roads = shapely.buffer([LineString(s.line) for s in network.streets[: network.main]], 11)
    lanes = shapely.buffer([LineString(s.line) for s in network.streets[network.main :]], 30)
    plots = shapely.buffer(np.array(footprints, dtype=object), 16, quad_segs=2)
    water_edge = shapely.buffer(shapely.get_parts(water.surface), 1.5)
    taken = np.concatenate([roads, water_edge])
    settled = shapely.union_all([outline.city, *outline.villages])
    result: list[Green] = []
    layers = (
        (parks, 300.0, False),
        (_cemeteries(outline, rng), 1500.0, True),
        (_belts(outline, network, settled, rng), 1200.0, False),
        (_forests(outline, settled, rng), 25_000.0, False),
        (_meadows(outline, water, rng), 2500.0, True),
    )
    for greens, smallest, beside_houses in layers:
        ground = Ground(np.concatenate([taken, lanes, plots]) if beside_houses else taken)
        fresh = []
        for green in greens:
            free = ground.free(green.shape.intersection(outline.hromada))
            if green.subtype == "meadow":
                free = ground.free(smooth(free, 14))
            fresh += [Green(green.name, green.subtype, part) for part in polygons_of(free, smallest)]
        result += fresh
        taken = np.concatenate([taken, np.array([green.shape for green in fresh], dtype=object)])
    return result


class Ground:
    """What is taken, as many shapes, so that only those near a new one are cut out of it."""

    def __init__(self, taken: np.typing.NDArray[np.object_]) -> None:
        self._taken = taken
        self._tree = shapely.STRtree(taken)

    def free(self, shape: BaseGeometry) -> BaseGeometry:
        """The part of the shape that nothing else takes."""
        near = self._tree.query(shape, predicate="intersects")
        return shape.difference(shapely.union_all(self._taken[near]))


def _meadows(outline: Outline, water: Water, rng: np.random.Generator) -> list[Green]:
    places = []
    for line, widest in ((water.river, 250.0), *((stream, 85.0) for stream in water.streams)):
        at = np.arange(0, line.length, 70.0)
        centre = shapely.get_coordinates(shapely.line_interpolate_point(line, at))
        swell = 0.55 + 0.45 * np.sin(at / 410 + rng.uniform(0, 6)) * np.sin(at / 173 + rng.uniform(0, 6))
        places.append(
            shapely.buffer(
                shapely.points(centre + rng.normal(0, 24, centre.shape)), 30 + widest * swell, quad_segs=6
            )
        )
    flood = smooth(shapely.union_all(np.concatenate(places)), 34)
    return [Green("", "meadow", part) for part in polygons_of(flood.intersection(outline.hromada))]


def _forests(outline: Outline, settled: BaseGeometry, rng: np.random.Generator) -> list[Green]:
    """Where a sum of slow waves runs high: the ragged patches a map of the Kyiv region shows."""
    west, south, east, north = outline.hromada.bounds
    cell = 130.0
    x, y = np.meshgrid(np.arange(west, east, cell), np.arange(south, north, cell))
    height = np.zeros_like(x)
    rng_waves = rng.uniform(0, 2 * np.pi, (2, 4))
    for length in (6200, 4700, 3300, 2300, 1500, 1100, 700, 500):
        turn, phase = rng.uniform(0, 2 * np.pi, 2)
        bend = 0.7 * np.sin((x * np.cos(turn + 1.3) + y * np.sin(turn + 1.3)) / length * 4.1)
        height += length**0.42 * np.sin(
            (x * np.cos(turn) + y * np.sin(turn)) * 2 * np.pi / length + phase + bend
        )
    wooded = height > np.quantile(height, 0.79)
    wood = smooth(shapely.union_all(_runs(wooded, x, y, cell)), 110)
    wood = shapely.transform(shapely.segmentize(wood, 70), lambda xy: _frayed(xy, rng_waves)).buffer(0)
    wood = wood.difference(settled.buffer(130)).intersection(outline.hromada.buffer(-5))
    return [Green("", "forest", part) for part in polygons_of(smooth(wood, 12), 30_000)]


def _runs(
    wooded: np.typing.NDArray[np.bool_], x: Array, y: Array, cell: float
) -> np.typing.NDArray[np.object_]:
    """Boxes over the wooded cells, one for each run of them in a row."""
    edge = np.diff(np.pad(wooded, ((0, 0), (1, 1))).astype(int), axis=1)
    rows, begin = np.nonzero(edge == 1)
    end = np.nonzero(edge == -1)[1] - 1
    boxes = shapely.box(
        x[rows, begin] - 2, y[rows, begin] - 2, x[rows, end] + cell + 2, y[rows, end] + cell + 2
    )
    return np.asarray(boxes)


def _frayed(xy: Array, phase: Array) -> Array:
    """The edge of a wood pushed about by waves, so that no straight line is left of the raster."""
    push = np.zeros_like(xy)
    for i, (length, height) in enumerate(((940, 95), (520, 46), (290, 24), (160, 11))):
        push[:, 0] += height * np.sin(2 * np.pi * (xy[:, 1] + 0.4 * xy[:, 0]) / length + phase[0, i])
        push[:, 1] += height * np.sin(2 * np.pi * (xy[:, 0] - 0.4 * xy[:, 1]) / length + phase[1, i])
    return np.asarray(xy + push)


def _belts(
    outline: Outline, network: Network, settled: BaseGeometry, rng: np.random.Generator
) -> list[Green]:
    """Rows of trees beside the highway and along the edges of fields."""
    highway = LineString(network.streets[0].line)
    belts = [highway.parallel_offset(32, side).buffer(11, cap_style="flat") for side in ("left", "right")]
    west, south, east, north = outline.hromada.bounds
    for _ in range(95):
        x, y = rng.uniform(west, east), rng.uniform(south, north)
        heading, reach = rng.choice([0.2, 0.2 + np.pi / 2, -0.5, -0.5 + np.pi / 2]), rng.uniform(500, 1900)
        bend = rng.normal(0, 60)
        way, across = (
            np.array([np.cos(heading), np.sin(heading)]),
            np.array([-np.sin(heading), np.cos(heading)]),
        )
        middle = np.array([x, y]) + across * bend
        line = curve(
            [
                tuple(np.array([x, y]) - way * reach / 2),
                tuple(middle),
                tuple(np.array([x, y]) + way * reach / 2),
            ],
            60,
        )
        belts.append(LineString(line).buffer(rng.uniform(7, 13), cap_style="flat"))
    whole = shapely.union_all(belts).difference(settled.buffer(60))
    return [Green("лісосмуга", "forest", part) for part in polygons_of(whole)]


def _cemeteries(outline: Outline, rng: np.random.Generator) -> list[Green]:
    greens = []
    for shape in outline.villages:
        edge = np.asarray(shape.exterior.coords)[int(rng.integers(0, len(shape.exterior.coords)))]
        centre = np.asarray(shape.centroid.coords[0])
        place = edge + (centre - edge) * 0.12
        greens.append(Green("сільське кладовище", "cemetery", blob((place[0], place[1]), 62, rng, 0.1, 1.4)))
    return greens


def park_paths(greens: list[Green], rng: np.random.Generator) -> list[LineString]:
    """Footways that wind through the parks and meet in the middle."""
    paths = []
    for green in greens:
        if green.subtype != "park" or green.shape.area < 9_000:
            continue
        edge = green.shape.buffer(-3)
        centre = np.asarray(edge.representative_point().coords[0])
        ring = np.asarray(edge.exterior.coords) if isinstance(edge, Polygon) else np.empty((0, 2))
        for share in np.arange(5) / 5 + rng.uniform(0, 0.1):
            if not len(ring):
                break
            end = ring[int(share * (len(ring) - 1))]
            middle = (centre + end) / 2 + rng.normal(0, 12, 2)
            line = LineString(curve([tuple(centre), tuple(middle), tuple(end)], 12)).intersection(green.shape)
            paths += [part for part in shapely.get_parts(line).tolist() if part.length > 15]
        loop = green.shape.buffer(-0.28 * float(np.sqrt(green.shape.area)))
        paths += [LineString(part.exterior.coords) for part in polygons_of(loop, 400)]
    return paths


def greenery_features(greens: list[Green]) -> list[Feature]:
    """Green areas as they are written."""
    features = []
    for number, green in enumerate(greens, start=1):
        english = ""
        if green.name:
            bare = green.name.split(" ", 1)[-1] if " " in green.name else green.name
            english = f"{transliterate(bare)} ({_ENGLISH.get(green.subtype, 'green')})"
        features.append(Feature(f"G-{number}", green.shape, green.name, english, green.subtype, CITY_OWNER))
    return features
