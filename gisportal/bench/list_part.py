"""The list in each order and under each filter, and what the first view of the map asks after its page.

The floor is the SQL that ours ran, run again without all else. What counts for the list is that the time of a page
stays the same from one size of the benchmark to the next.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.geos import Point
from django.db import connection
from django.http import QueryDict

from gisportal.bench.http import InProcess, Loopback, get
from gisportal.bench.running import Run, Unequal
from gisportal.bench.synthetic import EAST, NORTH, SOUTH, WEST
from gisportal.bench.timing import alternately
from layers.answers import shelf
from layers.geometry import Tile
from layers.prepared import prepared_cursor
from reports.filters import ReportFilter
from reports.models import Report
from reports.paging import Page, Sort, page

ROWS = 20
DEEP = 1_000
"""The page whose cursors are measured beside the first; the last one where there are fewer."""
FILTERS = ("", "service=s03", "department=d03", "status=in_work", "from=2026-09&to=2026-10")
MIDDLE = Point((WEST + EAST) / 2, (SOUTH + NORTH) / 2, srid=4326)
MOST_TILES = 9
"""Of the map's first view, which holds the whole city."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as the portal ran it, and whether the database may keep its plan."""

    sql: str
    values: Any
    prepared: bool


def measure(run: Run) -> None:
    """Add a line for each order and filter, first page and a deep one, and the lines of the first view."""
    _first_view(run)
    for sort in Sort:
        for query in FILTERS:
            asked = f"{query}&city={run.town.city.slug}"
            called = f"list {sort.value}, {query or 'no filter'}"
            _page(run, f"{called}, first page", asked, sort, None)
            number, after = _deep(asked, sort)
            if after:
                _page(run, f"{called}, page {number:,}", asked, sort, after)


def _page(run: Run, name: str, asked: str, sort: Sort, after: str | None) -> None:
    def ours(_: int = 0) -> Page:
        return _listed(asked, sort, after)

    statements = _statements(ours)

    def floor(_: int = 0) -> list[list[Any]]:
        return [_again(statement) for statement in statements]

    numbers = [report.pk for report in ours().rows]
    # A page of rows that are alike in what they are sorted by comes of two statements.
    found = [row[0] for rows in floor() for row in rows]
    starts = range(len(found) - len(numbers) + 1)
    if not numbers or not any(found[start : start + len(numbers)] == numbers for start in starts):
        raise Unequal(f"{name}: {len(numbers)} rows here, others there")
    times = alternately([ours, floor], max(run.rounds // 8, 3), warm_up=3)
    run.add(name, "the same SQL alone", times)


def _listed(asked: str, sort: Sort, after: str | None, rows: int = ROWS) -> Page:
    found = ReportFilter(QueryDict(asked), queryset=Report.objects.public())
    if not found.is_valid():
        raise RuntimeError(str(found.errors))
    return page(found.qs.select_related("service"), after, rows, sort, MIDDLE)


def _deep(asked: str, sort: Sort) -> tuple[int, str | None]:
    """The number of the page `DEEP`, or of the middle one of a shorter list, and the cursor that opens it."""
    rows = ReportFilter(QueryDict(asked), queryset=Report.objects.public()).qs.count()
    before = min(DEEP - 2, rows // ROWS // 2)
    cursor = _listed(asked, sort, None, before * ROWS).next_cursor if before > 0 else None
    return before + 2, cursor and _listed(asked, sort, cursor).next_cursor


def _first_view(run: Run) -> None:
    """The list within the map and its counts, and the tiles of a map that shows the whole city."""
    slug = run.town.city.slug
    tiles = [f"/tiles/reports/{tile.z}/{tile.x}/{tile.y}.mvt?city={slug}" for tile in _tiles()]
    addresses = [f"/{slug}/reports/?fragment=1&bbox={WEST},{SOUTH},{EAST},{NORTH}", *tiles]
    inside = InProcess()

    def ours(_: int = 0) -> list[bytes]:
        shelf.clear()
        return [get(inside, address) for address in addresses]

    bodies = ours()
    statements = _statements(ours)

    def floor(_: int = 0) -> list[list[Any]]:
        return [_again(statement) for statement in statements]

    times = alternately([ours, floor], max(run.rounds // 8, 3), warm_up=3)
    size = sum(map(len, bodies))
    note = f"{times[0][0] / times[1][0]:.2f}; {len(tiles)} tiles, {len(statements)} statements"
    run.add(
        "first view: list, counts, tiles, uncached", "the same SQL alone", times, size_bytes=size, note=note
    )
    with Loopback() as server:

        def served(_: int = 0) -> list[bytes]:
            return [get(server, address) for address in addresses]

        kept = alternately([served, floor], max(run.rounds // 8, 3), warm_up=3)
    run.add("first view over HTTP, tiles as kept", "the same SQL alone", kept, size_bytes=size)


def _tiles() -> list[Tile]:
    """The tiles of the nearest zoom at which so few show the whole city."""
    for z in range(14, 0, -1):
        first, last = Tile.covering(WEST, NORTH, z), Tile.covering(EAST, SOUTH, z)
        columns, rows = range(first.x, last.x + 1), range(first.y, last.y + 1)
        if len(columns) * len(rows) <= MOST_TILES:
            return [Tile(z, x, y) for x in columns for y in rows]
    return [Tile(0, 0, 0)]


def _statements(work: Callable[[], object]) -> list[Statement]:
    with _recorded() as statements:
        work()
    return statements


@contextmanager
def _recorded() -> Iterator[list[Statement]]:
    statements: list[Statement] = []

    def keep(
        execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Mapping[str, Any]
    ) -> Any:
        prepared = context["cursor"].cursor.__class__.__name__ == "_Preparing"
        statements.append(Statement(sql, values, prepared))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(keep):
        yield statements


def _again(statement: Statement) -> list[Any]:
    with prepared_cursor() if statement.prepared else connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.values)
        return list(cursor.fetchall()) if cursor.description else []
