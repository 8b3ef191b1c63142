"""How streets meet: ends carried on to what lies ahead, stray parts left out, all cut at their junctions."""

from dataclasses import dataclass, replace
from itertools import pairwise
from math import atan2, cos, hypot, pi, sin

import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from gisportal.demo.plane import Array, Point2, lengths
from gisportal.demo.streamlines import STEP
from gisportal.demo.streets import Street

# How far an end looks for a street to meet, in metres.
REACH = 150.0
End = tuple[int, bool]


@dataclass(frozen=True)
class Segment:
    """A stretch of a street between two junctions; `street` is the street's place in the list."""

    street: int
    line: Array


def joined(streets: list[Street], barrier: BaseGeometry) -> list[Street]:
    """The streets with their ends carried on to the next street, where one is near and nothing lies between.

    Two ends that face each other become one way; other ends make a T with what they meet.
    """
    shapely.prepare(barrier)
    lines = [LineString(street.line) for street in streets]
    tree = shapely.STRtree(lines)
    partners = _facing_ends(streets, lines, tree, barrier)
    result = []
    for number, street in enumerate(streets):
        line = street.line
        if street.kind != "main":
            for last in (True, False):
                line = line if last else line[::-1]
                if (number, last) in partners:
                    line = np.vstack([line, partners[number, last]])
                else:
                    line = _carried(line, number, tree, lines, barrier)
                line = line if last else line[::-1]
            line = np.asarray(LineString(line).simplify(STEP / 24).coords)
        result.append(replace(street, line=line))
    return result


def _facing_ends(
    streets: list[Street], lines: list[LineString], tree: shapely.STRtree, barrier: BaseGeometry
) -> dict[End, Array]:
    """Where an end should go on to: the middle between it and the end that faces it."""
    ends: list[End] = [(i, last) for i, s in enumerate(streets) if s.kind != "main" for last in (True, False)]
    place = np.array([streets[i].line[-1 if last else 0] for i, last in ends])
    before = np.array([streets[i].line[-2 if last else 1] for i, last in ends])
    heading = np.arctan2(*(place - before).T[::-1])
    points = np.asarray(shapely.points(place))
    one, other = shapely.STRtree(points).query(points, predicate="dwithin", distance=REACH)
    way = np.arctan2(*(place[other] - place[one]).T[::-1])
    straight = (np.cos(way - heading[one]) > 0.74) & (np.cos(way + np.pi - heading[other]) > 0.74)
    distance = np.hypot(*(place[other] - place[one]).T)
    partners: dict[End, Array] = {}
    for at in np.argsort(distance, kind="stable").tolist():
        a, b = int(one[at]), int(other[at])
        if not straight[at] or a >= b or ends[a] in partners or ends[b] in partners:
            continue
        bridge = LineString([place[a], place[b]])
        between = set(tree.query(bridge, predicate="intersects").tolist()) - {ends[a][0], ends[b][0]}
        if not between and not barrier.intersects(bridge):
            partners[ends[a]] = partners[ends[b]] = (place[a] + place[b]) / 2
    return partners


def _carried(
    line: Array, own: int, tree: shapely.STRtree, lines: list[LineString], barrier: BaseGeometry
) -> Array:
    end, before = line[-1], line[-2]
    hit = reach_ahead((end[0], end[1]), (before[0], before[1]), REACH, tree, lines, own)
    if hit is None or barrier.intersects(LineString([end, hit])):
        return line
    way = (np.asarray(hit) - end) / (np.hypot(*(np.asarray(hit) - end)) + 1e-9)
    # A little beyond, so that the two surely cross when they are cut.
    return np.vstack([line, np.asarray(hit) + way * 1.5])


def reach_ahead(
    end: Point2, before: Point2, limit: float, others: shapely.STRtree, lines: list[LineString], own: int
) -> Point2 | None:
    """Where a street going on past its end would meet another within `limit` metres; straight on if it can."""
    heading = atan2(end[1] - before[1], end[0] - before[0])
    for turn in (0.0, 0.3, -0.3, 0.6, -0.6, 0.95, -0.95):
        reach = limit * cos(turn)
        tip = (end[0] + cos(heading + turn) * reach, end[1] + sin(heading + turn) * reach)
        hit = _first_hit(end, tip, others, lines, own)
        # A street that has to bend to meet another must not run into it at a sharp angle.
        if hit is not None and (turn == 0 or _angle(heading + turn, hit[0], hit[1]) > 0.6):
            return hit[0]
    return None


def _first_hit(
    start: Point2, tip: Point2, others: shapely.STRtree, lines: list[LineString], own: int
) -> tuple[Point2, LineString] | None:
    ray = LineString([start, tip])
    hits = [
        (hypot(x - start[0], y - start[1]), x, y, other)
        for other in others.query(ray, predicate="intersects").tolist()
        if other != own
        for x, y in shapely.get_coordinates(ray.intersection(lines[other])).tolist()
    ]
    if not hits:
        return None
    _, x, y, other = min(hits)
    return (x, y), lines[other]


def _angle(heading: float, place: Point2, line: LineString) -> float:
    """Between the heading and the line at the place, in radians from 0 to a right angle."""
    at = line.project(shapely.Point(place))
    (ax, ay), (bx, by) = (line.interpolate(d).coords[0] for d in (max(0.0, at - 2), at + 2))
    turn = abs(heading - atan2(by - ay, bx - ax)) % pi
    return min(turn, pi - turn)


def reachable(streets: list[Street]) -> list[Street]:
    """The streets one can drive to from the first; what grew apart from the network is left out."""
    lines = np.array([LineString(street.line) for street in streets], dtype=object)
    first, second = shapely.STRtree(lines).query(lines, predicate="intersects")
    linked: dict[int, list[int]] = {}
    for a, b in zip(first.tolist(), second.tolist(), strict=True):
        linked.setdefault(a, []).append(b)
    known, waiting = {0}, [0]
    while waiting:
        fresh = [number for number in linked[waiting.pop()] if number not in known]
        known.update(fresh)
        waiting.extend(fresh)
    return [street for number, street in enumerate(streets) if number in known]


def cut_at_junctions(streets: list[Street]) -> list[Segment]:
    """Every street cut where another meets it; stubs shorter than 30 m that lead nowhere are left out."""
    lines = np.array([LineString(street.line) for street in streets], dtype=object)
    tree = shapely.STRtree(lines)
    first, second = tree.query(lines, predicate="intersects")
    pairs = first < second
    first, second = first[pairs], second[pairs]
    meeting = shapely.intersection(lines[first], lines[second])
    places, owner = shapely.get_coordinates(meeting, return_index=True)
    points = shapely.points(places)
    cuts: dict[int, list[tuple[float, Array]]] = {}
    for side in (first, second):
        at = shapely.line_locate_point(lines[side[owner]], points)
        for number, distance, place in zip(side[owner].tolist(), at.tolist(), places, strict=True):
            cuts.setdefault(number, []).append((distance, place))
    segments = []
    for number, street in enumerate(streets):
        if number in cuts:
            segments += [
                Segment(number, piece) for piece in _pieces(street, sorted(cuts[number], key=lambda c: c[0]))
            ]
    return segments


def _pieces(street: Street, cuts: list[tuple[float, Array]]) -> list[Array]:
    at = lengths(street.line)
    stops: list[tuple[float, Array]] = []
    for distance, place in cuts:
        if not stops or distance - stops[-1][0] > 2.0:
            stops.append((distance, place))
    stub = 2.0 if street.kind == "main" else 30.0
    if stops[0][0] > stub:
        stops.insert(0, (0.0, street.line[0]))
    if at[-1] - stops[-1][0] > stub:
        stops.append((float(at[-1]), street.line[-1]))
    pieces = []
    for (begin, start), (end, stop) in pairwise(stops):
        inside = street.line[(at > begin + 0.5) & (at < end - 0.5)]
        pieces.append(np.vstack([start, inside, stop]))
    return pieces
