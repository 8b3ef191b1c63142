"""Streets as evenly spaced streamlines of a direction field (after Jobard & Lefer 1997, Chen et al. 2008).

A neighbourhood states the heading of its grid; the field turns smoothly from one to the next and along main
roads. Streets follow it in both of its directions, keep their distance to parallel ones and end at others.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from math import atan2, cos, pi, sin

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gisportal.demo.plane import Array, Point2

STEP = 14.0


class Field:
    """A raster of headings over a settlement: where one may build, and which way the streets run there."""

    CELL = 20.0

    def __init__(self, buildable: BaseGeometry) -> None:
        self.west, self.south, east, north = buildable.bounds
        columns = int((east - self.west) / self.CELL) + 2
        rows = int((north - self.south) / self.CELL) + 2
        x = self.west + np.arange(columns) * self.CELL
        y = self.south + np.arange(rows) * self.CELL
        self.x, self.y = np.meshgrid(x, y)
        shapely.prepare(buildable)
        self.open = np.asarray(shapely.contains_xy(buildable, self.x, self.y))
        # A cross has four equal arms: its heading is kept as the fourfold angle, so that blending is smooth.
        self._cos = np.zeros_like(self.x)
        self._sin = np.zeros_like(self.x)

    def pull(self, weight: Array, heading: float | Array) -> None:
        """Blend a heading (radians) in, as strongly as `weight` says at each cell."""
        self._cos += weight * np.cos(4 * np.asarray(heading))
        self._sin += weight * np.sin(4 * np.asarray(heading))

    def pull_along(self, lines: list[Array], reach: float, strength: float) -> None:
        """Bend the field towards the nearest of the roads, where one is within about `reach` metres."""
        middle = np.vstack([(line[1:] + line[:-1]) / 2 for line in lines])
        heading = np.concatenate([np.arctan2(*(line[1:] - line[:-1]).T[::-1]) for line in lines])
        rows, columns = np.nonzero(self.open)
        cells = shapely.points(self.x[rows, columns], self.y[rows, columns])
        (cell, piece), distance = shapely.STRtree(np.asarray(shapely.points(middle))).query_nearest(
            cells, max_distance=2.5 * reach, return_distance=True, all_matches=False
        )
        weight = strength * np.exp(-((distance / reach) ** 2))
        self._cos[rows[cell], columns[cell]] += weight * np.cos(4 * heading[piece])
        self._sin[rows[cell], columns[cell]] += weight * np.sin(4 * heading[piece])

    def freeze(self) -> None:
        """Make the field ready for tracing; nothing may be blended in afterwards."""
        self._heading: list[list[float]] = (np.arctan2(self._sin, self._cos) / 4).tolist()
        self._may: list[list[bool]] = self.open.tolist()

    def heading(self, x: float, y: float, like: float) -> float | None:
        """The arm of the cross nearest to heading `like`, or None where nothing may be built."""
        column, row = int((x - self.west) / self.CELL + 0.5), int((y - self.south) / self.CELL + 0.5)
        if not (0 <= row < len(self._may) and 0 <= column < len(self._may[0])) or not self._may[row][column]:
            return None
        angle = self._heading[row][column]
        return angle + round((like - angle) / (pi / 2)) * (pi / 2)


class Samples:
    """Points of parallel streets, findable by place."""

    CELL = 70.0

    def __init__(self) -> None:
        self._boxes: dict[tuple[int, int], list[Point2]] = defaultdict(list)

    def add(self, points: Iterable[Point2]) -> None:
        """Remember where a street runs."""
        for x, y in points:
            self._boxes[int(x // self.CELL), int(y // self.CELL)].append((x, y))

    def crowded(self, x: float, y: float, distance: float) -> bool:
        """Whether a street lies nearer than `distance` metres."""
        cell, boxes, limit = self.CELL, self._boxes, distance * distance
        rows = range(int((y - distance) // cell), int((y + distance) // cell) + 1)
        for column in range(int((x - distance) // cell), int((x + distance) // cell) + 1):
            for row in rows:
                for a, b in boxes.get((column, row), ()):
                    if (a - x) * (a - x) + (b - y) * (b - y) < limit:
                        return True
        return False


class Tracer:
    """Grows one family of parallel streets: all that run about along `axis(x, y)` (radians)."""

    def __init__(
        self,
        field: Field,
        axis: Callable[[float, float], float],
        spacing: Callable[[float, float], float],
    ) -> None:
        self._field, self._axis, self._spacing = field, axis, spacing
        self._samples = Samples()

    def occupy(self, line: Iterable[Point2]) -> None:
        """Keep the family's distance from a road that is already there."""
        self._samples.add(line)

    def keeps(self, x: float, y: float, heading: float) -> bool:
        """Whether a street with this heading belongs to the family there."""
        return abs(cos(heading - self._axis(x, y))) > 0.72

    def grow(
        self,
        seeds: Iterable[tuple[float, float, float]],
        shortest: float,
        longest: Callable[[], float],
        spread: bool,
    ) -> list[list[Point2]]:
        """Trace from each seed (x, y, heading) that has room; with `spread`, seed again beside each new street."""
        waiting = deque(seeds)
        lines = []
        while waiting:
            x, y, heading = waiting.popleft()
            room = self._spacing(x, y)
            if self._samples.crowded(x, y, room * 0.97):
                continue
            line = self._trace(x, y, heading, longest())
            if len(line) * STEP < shortest:
                continue
            self.occupy(line)
            lines.append(line)
            if spread:
                waiting.extend(self._beside(line))
        return lines

    def _beside(self, line: list[Point2]) -> list[tuple[float, float, float]]:
        seeds = []
        for at in range(2, len(line) - 1, 5):
            (x, y), (a, b) = line[at], line[at + 1]
            heading = atan2(b - y, a - x)
            room = self._spacing(x, y)
            seeds += [
                (x + cos(side) * room, y + sin(side) * room, heading)
                for side in (heading + pi / 2, heading - pi / 2)
            ]
        return seeds

    def _trace(self, x: float, y: float, heading: float, longest: float) -> list[Point2]:
        forward = self._walk(x, y, heading, longest / 2)
        back = self._walk(x, y, heading + pi, longest / 2)
        return [*back[::-1], (x, y), *forward] if forward or back else []

    def _walk(self, x: float, y: float, heading: float, longest: float) -> list[Point2]:
        line: list[Point2] = []
        way = self._field.heading(x, y, heading)
        heading = heading if way is None else way
        while way is not None and len(line) * STEP < longest:
            # Half a step ahead first: a midpoint rule keeps curves from spiralling.
            ahead = self._field.heading(x + cos(way) * STEP / 2, y + sin(way) * STEP / 2, way)
            if ahead is None or abs(ahead - heading) > 0.6 or not self.keeps(x, y, ahead):
                break
            x, y = x + cos(ahead) * STEP, y + sin(ahead) * STEP
            if self._samples.crowded(x, y, self._spacing(x, y) * 0.6):
                break
            line.append((x, y))
            heading = ahead
            way = self._field.heading(x, y, heading)
        return line
