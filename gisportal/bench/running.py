"""What every part of the benchmark is given."""

import os
from dataclasses import dataclass, field

from gisportal.bench.figures import Figure
from gisportal.bench.loading import Town


class Unequal(Exception):
    """Ours and the floor don't do the same, so their times can't be compared."""


@dataclass(slots=True)
class Run:
    """The loaded city, how often to measure, and the figures so far."""

    town: Town
    reports: int
    rounds: int
    figures: list[Figure] = field(default_factory=list)

    def add(
        self,
        name: str,
        floor: str,
        times: list[list[float]],
        *,
        size_bytes: int | None = None,
        note: str = "",
    ) -> None:
        """Keep a line, first our times, then the floor's, and tell it at once."""
        ours, theirs = times
        load = os.getloadavg()[0]
        figure = Figure.of(name, floor, ours, theirs, load=load, size_bytes=size_bytes, note=note)
        self.figures.append(figure)
        print("  ".join(figure.cells()), flush=True)  # noqa: T201 - progress of a command
