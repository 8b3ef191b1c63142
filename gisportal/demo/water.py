"""The river Stugna, its streams and the ponds on them."""

from typing import NamedTuple

import numpy as np
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from gisportal.demo import layout
from gisportal.demo.plane import Array, blob, curve, lengths, polygons_of, ribbon, wander


class Water(NamedTuple):
    """Water surfaces (name, subtype, polygon) and the centrelines they follow, in metres of the plane."""

    bodies: tuple[tuple[str, str, Polygon], ...]
    river: LineString
    streams: tuple[LineString, ...]
    surface: BaseGeometry


def draw_water(hromada: Polygon, rng: np.random.Generator) -> Water:
    """The river 12-25 m wide, streams of 4-7 m with dammed ponds, two oxbows and two town lakes."""
    river = wander(_metres(layout.RIVER, 12), 105, 620, rng)
    bodies = [("річка Стугна", "river", ribbon(river, _river_width(river, rng)))]
    bodies.append(
        ("водосховище на Стугні", "pond", _pond(river, 0.275 * lengths(river)[-1], rng, (1350, 240)))
    )
    streams = []
    for name, points in layout.STREAMS:
        line = wander(_metres(points, 14), 60, 480, rng)
        streams.append(LineString(line))
        ponds = [_pond(line, at, rng) for at in _pond_places(line, rng)]
        bodies.append((name, "stream", ribbon(line, 4.0 + 2.5 * lengths(line) / lengths(line)[-1])))
        bodies += [("став", "pond", pond) for pond in ponds]
    for name, place, radius in _LAKES:
        bodies.append(
            (name, "pond", blob((place[0] * 1000, place[1] * 1000), radius, rng, 0.3, 2.4, place[0]))
        )
    return _settled(bodies, hromada, LineString(river), tuple(streams))


_LAKES = (
    ("стариця Стугни", (-0.28, -1.02), 55), ("озеро Піщане", (-0.75, -2.35), 75), ("міський став", (1.35, -0.82), 70),
    ("став Керамічний", (2.55, 2.15), 85), ("став Авіаторів", (-3.0, 2.1), 70),
)  # fmt: skip


def _metres(points: tuple[layout.Km, ...], step: float) -> Array:
    return curve([(x * 1000, y * 1000) for x, y in points], step)


def _river_width(line: Array, rng: np.random.Generator) -> Array:
    at = lengths(line)
    wave = np.sin(at / 310 + rng.uniform(0, 6)) + 0.6 * np.sin(at / 97 + rng.uniform(0, 6))
    return np.asarray(np.clip(18.5 + 4.2 * wave, 12, 25))


def _pond_places(line: Array, rng: np.random.Generator) -> list[float]:
    whole = float(lengths(line)[-1])
    count = max(2, int(whole / 1900))
    return [whole * (i + rng.uniform(0.25, 0.75)) / count for i in range(count)]


def _pond(
    line: Array, dam: float, rng: np.random.Generator, size: tuple[float, float] | None = None
) -> BaseGeometry:
    """Widest at its dam, a tail upstream: the shape every dammed stream has."""
    reach, breadth = size or (rng.uniform(300, 760), rng.uniform(70, 165))
    at = lengths(line)
    share = np.clip((at - dam + reach) / reach, 0, 1)
    inside = (at >= dam - reach) & (at <= dam)
    width = breadth * share**0.8 * (1 + 0.18 * np.sin(at / 37))
    if inside.sum() < 3:
        return Polygon()
    pond = ribbon(line[inside], width[inside])
    past = line[at > dam]
    if len(past) < 2:
        return pond
    way = (past[1] - past[0]) / np.hypot(*(past[1] - past[0]))
    across = np.array([-way[1], way[0]]) * 400
    downstream = Polygon(
        [past[0] - across, past[0] + across, past[0] + across + way * 400, past[0] - across + way * 400]
    )
    return pond.difference(downstream)


def _settled(
    bodies: list[tuple[str, str, BaseGeometry]],
    hromada: Polygon,
    river: LineString,
    streams: tuple[LineString, ...],
) -> Water:
    """No water twice: the river first, ponds before the streams that feed them, all inside the hromada."""
    order = {"river": 0, "pond": 1, "stream": 2}
    taken: BaseGeometry = Polygon()
    kept = []
    for name, subtype, shape in sorted(bodies, key=lambda body: order[body[1]]):
        free = shape.intersection(hromada).difference(taken)
        kept += [(name, subtype, part) for part in polygons_of(free, 60)]
        taken = taken.union(free)
    return Water(tuple(kept), river, streams, taken)
