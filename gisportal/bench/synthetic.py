"""A seeded synthetic city as plain arrays: the same seed, the same city. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]

SEED = 20261124
WEST, SOUTH, EAST, NORTH = 30.20, 50.10, 30.40, 50.24
"""About 14 by 16 kilometres, in degrees."""
COLUMNS, ROWS = 20, 10
"""Districts from west to east and from north to south: 200 of them."""
STEPS = 8
"""Pieces along one side of a district, so that its outline has 32 corners."""
SERVICES = 20
ASSETS = 100_000
CENTRES = 40
REACH_M = 30.0
STATUSES = (
    "published",
    "in_progress",
    "planned",
    "resolved",
    "confirmed",
    "reopened",
    "declined",
    "received",
)
SHARES = (0.25, 0.1, 0.05, 0.3, 0.12, 0.05, 0.08, 0.05)
SECONDS = 5 * 365 * 24 * 3600
"""The reports were sent in five years."""
DISPUTED = 0.02
MOST_WEIGHT = 500


@dataclass(frozen=True, slots=True)
class Reports:
    """One batch of reports, a column each; `service`, `status` and `ward` are numbers from 0, `age_s` counts back."""

    lon: Numbers
    lat: Numbers
    service: Whole
    status: Whole
    age_s: Whole
    ward: Whole
    disputed: Whole
    weight: Whole

    def __len__(self) -> int:
        return len(self.lon)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The same row by row, in Python's own numbers."""
        columns = (
            self.lon, self.lat, self.service, self.status, self.age_s, self.ward, self.disputed, self.weight
        )  # fmt: skip
        return zip(*(column.tolist() for column in columns), strict=True)


def districts(seed: int = SEED) -> list[Numbers]:
    """Rings of longitude and latitude that tile the box without gap or overlap, row by row."""
    rng = np.random.default_rng(seed)
    across, down = COLUMNS * STEPS, ROWS * STEPS
    lon, lat = np.meshgrid(np.linspace(WEST, EAST, across + 1), np.linspace(NORTH, SOUTH, down + 1))
    # Corners move by less than half a step, so no two edges cross; the box's own edge stays straight.
    shake = rng.uniform(-0.3, 0.3, size=(2, down - 1, across - 1))
    lon[1:-1, 1:-1] += shake[0] * (EAST - WEST) / across
    lat[1:-1, 1:-1] += shake[1] * (NORTH - SOUTH) / down
    corners = np.stack([lon, lat], axis=-1)
    return [_ring(corners, row, column) for row in range(ROWS) for column in range(COLUMNS)]


def _ring(corners: Numbers, row: int, column: int) -> Numbers:
    top, left = row * STEPS, column * STEPS
    block = corners[top : top + STEPS + 1, left : left + STEPS + 1]
    return np.concatenate([block[0, :-1], block[:-1, -1], block[-1, :0:-1], block[::-1, 0]])


def lamps(number: int = ASSETS, seed: int = SEED) -> Numbers:
    """Positions all over the box, in degrees."""
    rng = np.random.default_rng([seed, 1])
    return rng.uniform((WEST, SOUTH), (EAST, NORTH), size=(number, 2))


def places(number: int, seed: int = SEED) -> Numbers:
    """Positions where people report: two thirds around a few centres, the rest anywhere in the box."""
    rng = np.random.default_rng([seed, 2])
    centres = np.random.default_rng([seed, 3]).uniform(0.1, 0.9, size=(CENTRES, 2))
    spread = np.random.default_rng([seed, 4]).uniform(0.005, 0.05, size=CENTRES)
    chosen = rng.integers(0, CENTRES, size=number)
    around = centres[chosen] + rng.normal(size=(number, 2)) * spread[chosen][:, None]
    anywhere = rng.uniform(0.0, 1.0, size=(number, 2))
    share = np.where(rng.random(number)[:, None] < 2 / 3, around, anywhere)
    inside = np.clip(share, 0.001, 0.999)
    return np.asarray(inside * (EAST - WEST, NORTH - SOUTH) + (WEST, SOUTH))


def reports(number: int, batch: int = 100_000, seed: int = SEED) -> Iterator[Reports]:
    """So many reports, in batches; a few services make up most of them."""
    for start in range(0, number, batch):
        count = min(batch, number - start)
        rng = np.random.default_rng([seed, 5, start])
        positions = places(count, seed=seed + 1 + start)
        yield Reports(
            lon=positions[:, 0],
            lat=positions[:, 1],
            service=np.minimum(rng.geometric(0.15, size=count) - 1, SERVICES - 1),
            status=rng.choice(len(STATUSES), size=count, p=SHARES),
            age_s=rng.integers(0, SECONDS, size=count),
            ward=_ward(positions),
            disputed=(rng.random(count) < DISPUTED).astype(np.int64),
            weight=rng.integers(100, MOST_WEIGHT, size=count),
        )


def _ward(positions: Numbers) -> Whole:
    """The district of each position, but for those near its shaken border, which may lie in the next one."""
    column = (positions[:, 0] - WEST) / (EAST - WEST) * COLUMNS
    row = (NORTH - positions[:, 1]) / (NORTH - SOUTH) * ROWS
    return np.asarray(np.floor(row) * COLUMNS + np.floor(column), dtype=np.int64)
