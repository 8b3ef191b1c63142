"""The SQL of sums: what is kept, and what is appended and not folded yet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from layers.geometry import Tile
from reports.cells.asked import Asked, Facet
from reports.workflow import GROUPS, WAITING, Group

FINEST = 20
"""The zoom whose tiles are the smallest cells that are counted."""
FIRST_DUE = 2015 * 12
"""The month that holds all that was due earlier, too."""
MOST_MONTHS = 240
"""Periods of fewer months are looked up month by month."""
LEVELS: Mapping[Facet, tuple[int, ...]] = {
    Facet.NOTHING: (12, 14, 16, 18, 20),
    Facet.SERVICE: (12, 15, 18),
    Facet.DEPARTMENT: (12, 15, 18),
    Facet.DISTRICT: (12, 15, 18),
    Facet.MONTH: (12, 15, 17),
    Facet.DUE_MONTH: (12, 15, 17),
    Facet.DUE_DAY: (12, 15, 17),
    Facet.DISPUTED: (12, 15, 18),
}
"""The zooms whose tiles are cells of a facet's sums."""
CROSS_LEVELS, DISTRICT_CROSS_LEVELS = (12, 15), (15,)
"""The same where several sides are asked at once, without and with districts."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the sums for a question are: those of a facet, or, without one, of several sides at once."""

    sides: frozenset[Facet]

    @property
    def facet(self) -> Facet | None:
        """The only side there is; None for several."""
        return next(iter(self.sides), Facet.NOTHING) if len(self.sides) < 2 else None

    @property
    def levels(self) -> tuple[int, ...]:
        """The zooms of the cells that are kept, the coarsest first."""
        if self.facet is not None:
            return LEVELS[self.facet]
        return DISTRICT_CROSS_LEVELS if self.by_district else CROSS_LEVELS

    @property
    def by_district(self) -> bool:
        """Whether each report counts once for each district that held it."""
        return Facet.DISTRICT in self.sides


def kept_for(asked: Asked, by: Facet | None = None) -> Kept:
    """The sums that answer the question, told apart by one more side."""
    return Kept(asked.facets | ({by} if by else frozenset()))


KEYS: Mapping[Facet | None, str] = {
    None: "grp",
    Facet.SERVICE: "service_id",
    Facet.DEPARTMENT: "coalesce(department_id, 0)",
    Facet.DISTRICT: "district_id",
    Facet.MONTH: "month",
    Facet.DISPUTED: "disputed::int",
}
"""What counts are told apart by, in the ledger and where sides are crossed; a facet's own sums call it `value`."""
NO_KEY = "NULL::bigint"


def rows(asked: Asked, kept: Kept, level: int, key: str = NO_KEY) -> str:
    """SQL of (cell, key, n, weight) from the sums of that level and from the ledger; cells as of the finest level."""
    if kept.facet is None:
        sums = [_crossed(asked, kept, level, key)]
    else:
        sums = [_of_facet(asked, level, part, key) for part in _parts(asked, kept.facet)]
    return " UNION ALL ".join([*sums, _appended(asked, kept, key)])


def _parts(asked: Asked, facet: Facet) -> Iterator[tuple[Facet, str]]:
    """A facet's sums that count, as a condition on their `value`."""
    if facet is Facet.DUE_DAY:
        yield Facet.DUE_MONTH, f"value = ANY (ARRAY(SELECT generate_series({FIRST_DUE}, {_THIS_MONTH} - 1)))"
        yield Facet.DUE_DAY, f"value = ANY ({_DAYS})"
    elif facet is Facet.NOTHING:
        yield facet, "value = 0"
    else:
        yield facet, _conditions(asked, "value").get(facet, "true")


def _of_facet(asked: Asked, level: int, part: tuple[Facet, str], key: str) -> str:
    facet, condition = part
    shift = 2 * (FINEST - level)
    key = key if key in ("grp", NO_KEY) else "value"
    return f"""
        SELECT cell << {shift} AS cell, {key} AS key, n, weight FROM reports_cell
        WHERE {_in_city(asked)} AND facet = {facet.value} AND level = {level} AND {_in_section(asked)}
            AND {condition} AND {_within(shift)}{_groups(asked)}
    """


def _crossed(asked: Asked, kept: Kept, level: int, key: str) -> str:
    shift = 2 * (FINEST - level)
    sides = _conditions(asked) | {
        Facet.SERVICE: f"service_id = ANY ({_services(asked)})",
        Facet.DISTRICT: _districts(asked) if kept.by_district else "district_id = 0",
        # What was due in an earlier month, and this month's days before today, which have rows of their own.
        Facet.DUE_DAY: f"(due BETWEEN {FIRST_DUE} AND {_THIS_MONTH} - 1 OR -due = ANY ({_DAYS}))"
        if asked.overdue
        else "due >= 0",
    }
    return f"""
        SELECT cell << {shift} AS cell, {key} AS key, n, weight FROM reports_cross
        WHERE {_in_city(asked)} AND level = {level} AND {" AND ".join(sides.values())}
            AND {_within(shift)}{_groups(asked)}
    """


def _districts(asked: Asked) -> str:
    """The districts asked for; all of the city where only counts are told apart by them."""
    if asked.districts is not None:
        return "district_id = ANY (%(districts)s::bigint[])"
    return f"district_id = ANY (ARRAY(SELECT id FROM districts_district WHERE {_in_city(asked)}))"


def _appended(asked: Asked, kept: Kept, key: str) -> str:
    conditions = "".join(f" AND {condition}" for condition in _conditions(asked).values())
    held = "NOT NULL" if kept.by_district else "NULL"
    return f"""
        SELECT cell, {key} AS key, n, weight FROM reports_celldelta
        WHERE {_in_city(asked)} AND {_in_section(asked)} AND district_id IS {held} AND {_within(0)}
            {conditions}{_groups(asked)}
    """


def _conditions(asked: Asked, column: str = "") -> dict[Facet, str]:
    """Each side that is asked for as a condition on the ledger's column, or on another one."""
    month = column or "month"
    few = asked.months and asked.months[1] - asked.months[0] < MOST_MONTHS
    every = {
        Facet.SERVICE: f"{column or 'service_id'} = ANY ({_services(asked)})",
        Facet.DEPARTMENT: f"{column or 'department_id'} = ANY ({DEPARTMENTS})",
        Facet.DISTRICT: f"{column or 'district_id'} = ANY (%(districts)s::bigint[])",
        # Single months are looked up one by one; a long or open period is read through.
        Facet.MONTH: f"{month} = ANY ({_MONTHS})"
        if few
        else f"{month} BETWEEN %(first_month)s AND %(last_month)s",
        Facet.DUE_DAY: f"due_day < {TODAY}",
        Facet.DISPUTED: f"{column} = 1" if column else "disputed",
    }
    return {facet: condition for facet, condition in every.items() if facet in asked.facets}


# Of one city and its section as single values: the database's plan for lists of each would be another one.
_ONE_CITY = "(SELECT id FROM layers_city WHERE live AND slug = %(city)s)"
_LIVE_CITIES = "ARRAY(SELECT id FROM layers_city WHERE live)"
DEPARTMENTS = "ARRAY(SELECT id FROM districts_department WHERE code = ANY (%(departments)s::text[]))"
ZONE = "(SELECT time_zone FROM layers_city WHERE slug = %(city)s)"
TODAY = f"((%(now)s::timestamptz AT TIME ZONE {ZONE})::date - date '1970-01-01')"
_BEGIN = f"date_trunc('month', %(now)s::timestamptz AT TIME ZONE {ZONE})"
_THIS_MONTH = f"(EXTRACT(year FROM {_BEGIN})::int * 12 + EXTRACT(month FROM {_BEGIN})::int - 1)"
_DAYS = f"ARRAY(SELECT generate_series({_BEGIN}::date - date '1970-01-01', {TODAY} - 1))"
_MONTHS = "ARRAY(SELECT generate_series(%(first_month)s::int, %(last_month)s::int))"


def _in_city(asked: Asked) -> str:
    return f"city_id = {_ONE_CITY}" if asked.city else f"city_id = ANY ({_LIVE_CITIES})"


def _in_section(asked: Asked) -> str:
    ids = f"SELECT id FROM districts_section WHERE code = %(section)s AND {_in_city(asked)}"
    return f"section_id = ({ids})" if asked.city else f"section_id = ANY (ARRAY({ids}))"


def _services(asked: Asked) -> str:
    named = " AND code = ANY (%(services)s::text[])" if asked.services else ""
    return f"ARRAY(SELECT id FROM districts_service WHERE {_in_section(asked)}{named})"


def _within(shift: int) -> str:
    return f"cell BETWEEN %(first_cell)s::bigint >> {shift} AND %(last_cell)s::bigint >> {shift}"


def _groups(asked: Asked) -> str:
    return " AND grp = ANY (%(groups)s::smallint[])" if asked.groups else ""


def one_by_one(asked: Asked, place: str, select: str) -> str:
    """SQL that selects something of the reports themselves whose place is `BETWEEN` two numbers.

    It reads only what an index over places holds: what else it asks is put so that no other index seems fit.
    """
    found = [f"service_id = ANY ({_services(asked)})"]
    if not asked.services:
        found.append(_in_city(asked))
    asks = {
        Facet.DEPARTMENT: f"department_id = ANY ({DEPARTMENTS})",
        Facet.MONTH: f"""published_at >= {_begin_of("%(first_month)s::int")}
            AND published_at < {_begin_of("%(last_month)s::int + 1")}""",
        Facet.DUE_DAY: f"""asked_at IS NULL AND status = ANY (%(waiting)s::text[])
            AND due_at < (date '1970-01-01' + {TODAY})::timestamp AT TIME ZONE {ZONE}""",
        Facet.DISPUTED: "disputed",
        Facet.DISTRICT: """EXISTS (SELECT FROM reports_reportdistrict
            WHERE report_id = reports_report.id AND district_id = ANY (%(districts)s::bigint[]))""",
    }
    asked_too = "".join(
        f" AND ({condition}) IS TRUE" for facet, condition in asks.items() if facet in asked.facets
    )
    return f"""
        SELECT {select} FROM reports_report
        WHERE NOT private AND status = ANY (%(statuses)s::text[]) AND {" AND ".join(found)}{asked_too}
            AND cell BETWEEN {place}
    """


def _begin_of(month: str) -> str:
    return f"(make_date(({month}) / 12, ({month}) %% 12 + 1, 1)::timestamp AT TIME ZONE {ZONE})"


def values(asked: Asked, tile: Tile | None = None) -> dict[str, Any]:
    """The parameters of a question's SQL, over a tile or everywhere."""
    tile = tile or Tile(0, 0, 0)
    first, last = tile.codes(FINEST)
    groups = [Group(group) for group in asked.groups or Group.values]
    return {
        "city": asked.city,
        "section": asked.section,
        "groups": [list(Group).index(group) for group in groups],
        "statuses": [status.value for group in groups for status in GROUPS[group]],
        "waiting": [status.value for status in WAITING],
        "services": list(asked.services),
        "departments": list(asked.departments),
        "districts": list(asked.districts or ()),
        "first_month": asked.months[0] if asked.months else 0,
        "last_month": asked.months[1] if asked.months else 0,
        "now": timezone.now(),
        "first_cell": first,
        "last_cell": last,
    }
