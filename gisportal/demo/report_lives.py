"""What became of each report: how long it took, how it ended, who supported it."""

import csv
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np

# Moments are in the local time of Kyiv, as the file has them.
NOW = datetime.fromisoformat("2026-11-20T23:59")
CONFIRM_AFTER = timedelta(days=14)


class Life(NamedTuple):
    """The status on the last day, how it came about, and how many people support the report."""

    status: str
    started: datetime | None
    closed: datetime | None
    reopened: datetime | None
    supports: int

    @property
    def moments(self) -> tuple[datetime | None, datetime | None, datetime | None]:
        """Started, closed, reopened: in the order the file has them."""
        return self.started, self.closed, self.reopened


def lives(
    services: list[str], opened: list[datetime], origins: list[str], table: Path, rng: np.random.Generator
) -> list[Life]:
    """A life for each report; `table` is the CSV of services with their due days."""
    with table.open(encoding="utf-8", newline="") as file:
        due = {row["code"]: float(row["due_days"]) for row in csv.DictReader(file)}
    count = len(services)
    # Most within the promise, some long after it: a lognormal with its median at 0.7 of the due days.
    need = np.array([due[service] for service in services]) * 0.7 * np.exp(rng.normal(0, 1.15, count))
    # Some wait for money, a contractor or another body's answer: months, not days.
    stalled = rng.random(count) < 0.05
    need = np.clip(need + stalled * rng.uniform(30, 420, count), 0.08, 480)
    dice = rng.random((count, 6)).tolist()
    support = np.floor(rng.pareto(1.6, count) * 1.4)
    hot = np.array([origin.startswith("hotspot") for origin in origins])
    supports = np.clip(np.where(hot, support * 2 + 1, support), 0, 140).astype(int).tolist()
    return [
        _life(moment, timedelta(days=days), roll, number)
        for moment, days, roll, number in zip(opened, need.tolist(), dice, supports, strict=True)
    ]


def _life(opened: datetime, need: timedelta, dice: list[float], supports: int) -> Life:
    started = opened + need * (0.15 + 0.5 * dice[0])
    closed = opened + need
    if closed > NOW:
        return _still_open(opened, started, dice, supports)
    if dice[1] < 0.05:
        return Life("duplicate", None, opened + (closed - opened) * 0.2, None, 0)
    if dice[1] < 0.12:
        return Life("declined", None, closed, None, supports)
    begun = started if dice[2] < 0.85 else None
    if dice[3] < 0.085:
        return _reopened(begun, closed, need, dice, supports)
    done = closed + CONFIRM_AFTER < NOW and dice[4] < 0.86
    return Life("confirmed" if done else "resolved", begun, closed, None, supports)


def _still_open(opened: datetime, started: datetime, dice: list[float], supports: int) -> Life:
    if started > NOW or dice[1] < 0.3:
        return Life("published", None, None, None, supports)
    if NOW - opened > timedelta(days=10) and dice[2] < 0.3:
        return Life("planned", started, None, None, supports)
    return Life("passed_on" if dice[2] > 0.9 else "in_progress", started, None, None, supports)


def _reopened(
    begun: datetime | None, closed: datetime, need: timedelta, dice: list[float], supports: int
) -> Life:
    """Resolved once, reopened within days, then resolved for good unless time ran out."""
    again = closed + timedelta(days=0.5 + 9 * dice[4])
    finished = again + need * (0.5 + dice[5])
    if again > NOW:
        return Life("resolved", begun, closed, None, supports)
    if finished > NOW:
        return Life("reopened", begun, closed, again, supports)
    return Life(
        "confirmed" if finished + CONFIRM_AFTER < NOW else "resolved", begun, finished, again, supports
    )
