"""The SQL of sums: what is kept, and what is appended and not folded yet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from layers.geometry import Tile
from reports.cells.asked import Asked, Facet
from reports.workflow import Group

FINEST = 20
"""The zoom whose tiles are the smallest cells that are counted."""
FIRST_DUE = 2015 * 12
"""The month that holds all that was due earlier, too."""
MOST_MONTHS = 240
"""Periods of fewer months are looked up month by month."""
LEVELS: Mapping[Facet, tuple[int, ...]] = {
    Facet.NOTHING: (12, 15, 18, 20),
    Facet.SERVICE: (12, 16, 18),
    Facet.DEPARTMENT: (12, 16, 18),
    Facet.DISTRICT: (12, 16, 18),
    Facet.MONTH: (12, 16),
    Facet.DUE_MONTH: (12, 16),
    Facet.DUE_DAY: (12, 16),
    Facet.DISPUTED: (12, 16, 18),
}
"""The zooms whose tiles are cells of a facet's sums."""
CROSS_LEVELS = (12, 15)
"""The same where several of service, department, month and disputed are asked at once."""
_CROSSED = frozenset({Facet.SERVICE, Facet.DEPARTMENT, Facet.MONTH, Facet.DISPUTED})


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the sums for a question are: those of a facet, or, without one, of several facets at once."""

    facet: Facet | None
    levels: tuple[int, ...]


def kept_for(asked: Asked, by: Facet | None) -> Kept | None:
    sides = asked.facets | ({by} if by else frozenset())
    if len(sides) < 2:
        facet = next(iter(sides), Facet.NOTHING)
        return Kept(facet, LEVELS[facet])
    return Kept(None, CROSS_LEVELS) if sides <= _CROSSED else None


_CITIES = "ARRAY(SELECT id FROM layers_city WHERE live AND (%(city)s = '' OR slug = %(city)s))"
_SECTIONS = f"""ARRAY(
    SELECT id FROM districts_section WHERE code = %(section)s AND city_id = ANY ({_CITIES}))"""
_SERVICES = f"""ARRAY(
    SELECT id FROM districts_service WHERE section_id = ANY ({_SECTIONS})
        AND (%(services)s::text[] = '{{}}' OR code = ANY (%(services)s::text[])))"""
_DEPARTMENTS = "ARRAY(SELECT id FROM districts_department WHERE code = ANY (%(departments)s::text[]))"
_TODAY = """(SELECT (%(now)s::timestamptz AT TIME ZONE time_zone)::date - date '1970-01-01'
    FROM layers_city WHERE slug = %(city)s)"""
_MONTHS = "ARRAY(SELECT generate_series(%(first_month)s::bigint, %(last_month)s::bigint))"
_RANGE = "cell BETWEEN %(first_cell)s::bigint >> {shift} AND %(last_cell)s::bigint >> {shift}"
KEYS: Mapping[Facet | None, str] = {
    None: "grp",
    Facet.SERVICE: "service_id",
    Facet.DEPARTMENT: "coalesce(department_id, 0)",
    Facet.DISTRICT: "district_id",
    Facet.MONTH: "month",
    Facet.DISPUTED: "disputed::int",
}
"""What counts are told apart by, in the ledger and where facets are crossed; a facet's own sums call it `value`."""


def rows(asked: Asked, kept: Kept, level: int, key: str) -> str:
    """SQL of (cell, key, n, weight) from the sums of that level and from the ledger; cells as of the finest level."""
    if kept.facet is None:
        sums = [_crossed(asked, level, key)]
    else:
        sums = [_of_facet(asked, facet, level, values, key) for facet, values in _parts(asked, kept.facet)]
    return " UNION ALL ".join([*sums, _appended(asked, kept.facet, key)])


def _parts(asked: Asked, facet: Facet) -> Iterator[tuple[Facet, str]]:
    """A facet's sums that count, as a condition on their `value`."""
    if facet is not Facet.DUE_DAY:
        yield facet, _conditions(asked, "value")[facet] if facet in asked.facets else "true"
        return
    # Whatever was due in an earlier month, and this month's days before today.
    begin = f"date_trunc('month', date '1970-01-01' + {_TODAY})"
    this = f"EXTRACT(year FROM {begin})::bigint * 12 + EXTRACT(month FROM {begin})::bigint - 1"
    yield Facet.DUE_MONTH, f"value = ANY (ARRAY(SELECT generate_series({FIRST_DUE}, {this} - 1)))"
    days = f"generate_series({begin}::date - date '1970-01-01', {_TODAY} - 1)"
    yield Facet.DUE_DAY, f"value = ANY (ARRAY(SELECT {days}::bigint))"


def _of_facet(asked: Asked, facet: Facet, level: int, values: str, key: str) -> str:
    shift = 2 * (FINEST - level)
    key = key if key in ("grp", "NULL::bigint") else "value"
    return f"""
        SELECT cell << {shift} AS cell, {key} AS key, n, weight FROM reports_cell
        WHERE city_id = ANY ({_CITIES}) AND facet = {facet.value} AND level = {level}
            AND section_id = ANY ({_SECTIONS}) AND {values} AND {_RANGE.format(shift=shift)}{_groups(asked)}
    """


def _crossed(asked: Asked, level: int, key: str) -> str:
    shift = 2 * (FINEST - level)
    conditions = "".join(
        f" AND {_conditions(asked)[facet]}" for facet in sorted(asked.facets - {Facet.SERVICE})
    )
    return f"""
        SELECT cell << {shift} AS cell, {key} AS key, n, weight FROM reports_cross
        WHERE city_id = ANY ({_CITIES}) AND level = {level} AND service_id = ANY ({_SERVICES}){conditions}
            AND {_RANGE.format(shift=shift)}{_groups(asked)}
    """


def _appended(asked: Asked, facet: Facet | None, key: str) -> str:
    conditions = "".join(f" AND {_conditions(asked)[facet]}" for facet in sorted(asked.facets))
    held = "NOT NULL" if facet is Facet.DISTRICT else "NULL"
    due = " AND disputed" if facet is Facet.DISPUTED else ""
    return f"""
        SELECT cell, {key} AS key, n, weight FROM reports_celldelta
        WHERE city_id = ANY ({_CITIES}) AND section_id = ANY ({_SECTIONS}) AND district_id IS {held}
            AND {_RANGE.format(shift=0)}{conditions}{due}{_groups(asked)}
    """


def _conditions(asked: Asked, column: str = "") -> Mapping[Facet, str]:
    """Each side as a condition on the ledger's column, or on another one."""
    months = asked.months and asked.months[1] - asked.months[0] < MOST_MONTHS
    month = column or "month"
    return {
        Facet.SERVICE: f"{column or 'service_id'} = ANY ({_SERVICES})",
        Facet.DEPARTMENT: f"{column or 'department_id'} = ANY ({_DEPARTMENTS})",
        Facet.DISTRICT: f"{column or 'district_id'} = ANY (%(districts)s::bigint[])",
        # Single months are looked up one by one; a long or open period is read through.
        Facet.MONTH: f"{month} = ANY ({_MONTHS})"
        if months
        else f"{month} BETWEEN %(first_month)s AND %(last_month)s",
        Facet.DUE_DAY: f"due_day < {_TODAY}",
        Facet.DISPUTED: "true" if column else "disputed",
    }


def _groups(asked: Asked) -> str:
    return " AND grp = ANY (%(groups)s::smallint[])" if asked.groups else ""


def values(asked: Asked, tile: Tile | None = None) -> dict[str, Any]:
    first, last = (tile or Tile(0, 0, 0)).codes(FINEST)
    order = list(Group)
    return {
        "city": asked.city,
        "section": asked.section,
        "groups": [order.index(Group(group)) for group in asked.groups],
        "services": list(asked.services),
        "departments": list(asked.departments),
        "districts": list(asked.districts or ()),
        "first_month": asked.months[0] if asked.months else 0,
        "last_month": asked.months[1] if asked.months else 0,
        "now": timezone.now(),
        "first_cell": first,
        "last_cell": last,
    }
