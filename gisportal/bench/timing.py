"""Taking times, alternately, so that what else the machine does hits both sides alike. Pure."""

import gc
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter_ns

NS_A_MS = 1_000_000
WARM_UP = 20

Work = Callable[[int], object]
"""Does the piece of work of this number; both sides do the same pieces."""


def quantile(times: Sequence[float], share: float) -> float:
    """The nearest-rank quantile: the smallest time that at least `share` of all don't exceed."""
    if not times:
        raise ValueError("no times were taken")
    ordered = sorted(times)
    return ordered[max(math.ceil(share * len(ordered)), 1) - 1]


def alternately(sides: Sequence[Work], rounds: int, warm_up: int = WARM_UP) -> list[list[float]]:
    """Milliseconds of every piece of work, for each side; who goes first changes each round."""
    for number in range(min(warm_up, rounds)):
        for side in sides:
            side(number)
    times: list[list[float]] = [[] for _ in sides]
    with _undisturbed():
        for number in range(rounds):
            turn = number % len(sides)
            order = [*range(turn, len(sides)), *range(turn)]
            for index in order:
                times[index].append(milliseconds(sides[index], number))
    return times


def milliseconds(work: Work, number: int) -> float:
    """How long this piece of work takes."""
    start = perf_counter_ns()
    work(number)
    return (perf_counter_ns() - start) / NS_A_MS


@contextmanager
def _undisturbed() -> Iterator[None]:
    # A collection of the garbage that the synthetic data left would hit one side at random.
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
