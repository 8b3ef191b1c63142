"""Answers: sums and ledger together, in one statement."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import connection

from layers.catalog import Sums
from layers.geometry import CODE_ZOOM, Tile
from layers.prepared import prepared_cursor
from reports.cells.asked import Asked, Facet, known
from reports.cells.sums import FINEST, KEYS, kept_for, one_by_one, rows, values

DAYS_KEPT = 45
"""Some days more than those which are folded into sums of their own."""


def total(asked: Asked) -> int:
    """How many public reports there are under the question."""
    kept = kept_for(asked)
    found = rows(asked, kept, kept.levels[0])
    return int(_fetched(f"SELECT coalesce(sum(n), 0) FROM ({found}) AS kept", values(asked))[0][0])


def counts(asked: Asked, by: Facet | None) -> dict[int, int]:
    """How many there are of each service, department, district (by id; 0: none), month, or disputed (1).

    By None: of each status group, by its number in the order of `Group`. What there is none of is left out.
    """
    if by is Facet.DISPUTED:
        asked = replace(asked, disputed=True)
    kept = kept_for(asked, by)
    found = rows(asked, kept, kept.levels[0], KEYS[by])
    statement = f"SELECT key, sum(n) FROM ({found}) AS kept GROUP BY key HAVING sum(n) <> 0 ORDER BY key"
    return {int(key): int(number) for key, number in _fetched(statement, values(asked))}


def version(city: str = "") -> int:
    """A number that grows with every committed change of what the public may see in the city; in all, without one."""
    statement = """
        SELECT (SELECT coalesce(sum(folded), 0) FROM reports_cellfold WHERE %(city)s = '' OR city_id = city.id)
             + (SELECT count(*) FROM reports_celldelta WHERE %(city)s = '' OR city_id = city.id)
        FROM (SELECT (SELECT id FROM layers_city WHERE slug = %(city)s) AS id) AS city
    """
    return int(_fetched(statement, {"city": city})[0][0])


def for_tile(cleaned: Mapping[str, Any], tile: Tile, wanted: int, *, weighed: bool = False) -> Sums | None:
    """The sums over the tile's cells, which are tiles of zoom `wanted`, or larger where none finer are kept.

    Where none are kept but of cells of less than half the zooms asked for, which tell too little, the reports are
    counted. None for what is no question for the cells.
    """
    asked = known(cleaned)
    if asked is None:
        return None
    kept = kept_for(asked)
    # Of many cells a side, half as many will do.
    enough = wanted - (wanted - tile.z) // 6
    level = next((level for level in kept.levels if level >= enough), kept.levels[-1])
    if level < (tile.z + wanted + 1) // 2:
        drawn, finest = wanted, CODE_ZOOM
        counted = f"cell, 1 AS n, {'priority' if weighed else 0} AS weight"
        found = one_by_one(asked, "%(first_code)s AND %(last_code)s", counted)
    else:
        drawn, finest = min(level, wanted), FINEST
        found = rows(asked, kept, level)
    statement = f"""
        SELECT cell >> {2 * (finest - drawn)} AS cell, sum(n)::bigint AS n, sum(weight)::bigint AS weight
        FROM ({found}) AS kept GROUP BY 1 HAVING sum(n) <> 0
    """
    singly = one_by_one(asked, "{codes}", "id")
    return Sums(statement, values(asked, tile), drawn, singly, whole=not (asked.facets or asked.groups))


def fold() -> int:
    """Merge what the ledger holds into the sums, unless somebody does already; how many rows that were."""
    return int(_fetched("SELECT reports_fold_cells(NULL)", {})[0][0])


def forget_days() -> None:
    """Throw away what no question asks for any more: days due that lie more than a month behind."""
    over = f"current_date - date '1970-01-01' - {DAYS_KEPT}"
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM reports_cell WHERE facet = {Facet.DUE_DAY.value} AND value < {over}")
        cursor.execute(f"DELETE FROM reports_cross WHERE due < 0 AND -due < {over}")


def _fetched(statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with prepared_cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
