"""What was measured, and the table it is shown in. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from gisportal.bench.timing import quantile

BEGIN, END = "<!-- bench:{size}:begin -->", "<!-- bench:{size}:end -->"
HEAD = (
    "What",
    "n",
    "p50, ms",
    "p95, ms",
    "floor",
    "floor p50, ms",
    "floor p95, ms",
    "ratio of p50",
    "bytes",
    "load",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table: ours beside the floor of the same run; times in milliseconds.

    `note` is shown instead of the ratio where a ratio of medians isn't the point.
    """

    name: str
    floor: str
    n: int
    p50: float
    p95: float
    floor_p50: float
    floor_p95: float
    load: float
    size_bytes: int | None = None
    note: str = ""

    @classmethod
    def of(
        cls,
        name: str,
        floor: str,
        ours: Sequence[float],
        theirs: Sequence[float],
        *,
        load: float,
        size_bytes: int | None = None,
        note: str = "",
    ) -> Self:
        """The line for these times."""
        return cls(
            name=name,
            floor=floor,
            n=len(ours),
            p50=quantile(ours, 0.5),
            p95=quantile(ours, 0.95),
            floor_p50=quantile(theirs, 0.5),
            floor_p95=quantile(theirs, 0.95),
            load=load,
            size_bytes=size_bytes,
            note=note,
        )

    @property
    def ratio(self) -> float:
        """How many times the floor's median ours is."""
        return self.p50 / self.floor_p50

    def as_data(self) -> dict[str, Any]:
        """The line as JSON."""
        return asdict(self)

    def cells(self) -> list[str]:
        """The line as the table writes it."""
        times = [f"{value:.2f}" for value in (self.p50, self.p95)]
        floor = [f"{value:.2f}" for value in (self.floor_p50, self.floor_p95)]
        size = "" if self.size_bytes is None else f"{self.size_bytes:,}"
        verdict = self.note or f"{self.ratio:.2f}"
        return [self.name, str(self.n), *times, self.floor, *floor, verdict, size, f"{self.load:.1f}"]


def table(figures: Iterable[Figure]) -> str:
    """A Markdown table."""
    rows = [list(HEAD), ["---"] * len(HEAD), *(figure.cells() for figure in figures)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def put_between(document: str, size: str, content: str) -> str:
    """The document with what stands between the markers of this size replaced, or added at its end."""
    begin, end = BEGIN.format(size=size), END.format(size=size)
    block = f"{begin}\n{content.strip()}\n{end}"
    if begin not in document:
        return f"{document.rstrip()}\n\n{block}\n"
    before, _, rest = document.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise ValueError(f"{begin} is not followed by {end}")
    return f"{before}{block}{after}"
