"""Questions that the cells know."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from django.db.models import Q

from districts.models import District, Section

FIRST_MONTH, LAST_MONTH = 1 * 12, 9999 * 12
"""Where a period has no beginning or no end: the years that dates can have."""


class Facet(IntEnum):
    """By what a sum is kept, beside city, section, status group and place; numbered as in the database."""

    NOTHING = 0
    SERVICE = 1
    DEPARTMENT = 2
    DISTRICT = 3
    MONTH = 4
    DUE_MONTH = 5
    DUE_DAY = 6
    DISPUTED = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question the cells know; codes, district ids, and months as year * 12 + month - 1, both ends included."""

    city: str = ""
    section: str = Section.PROBLEMS
    groups: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    districts: tuple[int, ...] | None = None
    """None: any; they are all of one set, so that no report is in two."""
    months: tuple[int, int] | None = None
    overdue: bool = False
    disputed: bool = False

    @property
    def facets(self) -> frozenset[Facet]:
        """Which of a report's sides it asks for, beside its group."""
        sides = {
            Facet.SERVICE: self.services,
            Facet.DEPARTMENT: self.departments,
            Facet.DISTRICT: self.districts is not None,
            Facet.MONTH: self.months,
            Facet.DUE_DAY: self.overdue,
            Facet.DISPUTED: self.disputed,
        }
        return frozenset(facet for facet, asked in sides.items() if asked)


_ASKABLE = {
    "section",
    "city",
    "status",
    "service",
    "department",
    "district",
    "overdue",
    "disputed",
    "from",
    "to",
}


def known(cleaned: Mapping[str, Any]) -> Asked | None:
    """The cleaned values of a ReportFilter as a question; None where only the reports themselves can answer."""
    if any(value for name, value in cleaned.items() if name not in _ASKABLE):
        return None
    first, last = cleaned.get("from"), cleaned.get("to")
    # Days and months are those of a city's clocks.
    if not cleaned.get("city") and (first or last or cleaned.get("overdue") or cleaned.get("district")):
        return None
    if any(limit is not None and not limit.by_month for limit in (first, last)):
        return None
    districts = _districts(cleaned["city"], cleaned["district"]) if cleaned.get("district") else None
    if cleaned.get("district") and districts is None:
        return None
    return Asked(
        city=cleaned.get("city") or "",
        section=cleaned.get("section") or Section.PROBLEMS,
        groups=tuple(cleaned.get("status") or ()),
        services=tuple(cleaned.get("service") or ()),
        departments=tuple(cleaned.get("department") or ()),
        districts=districts,
        months=(_month(first, FIRST_MONTH), _month(last, LAST_MONTH)) if first or last else None,
        overdue=bool(cleaned.get("overdue")),
        disputed=bool(cleaned.get("disputed")),
    )


def _month(limit: Any, otherwise: int) -> int:
    return limit.day.year * 12 + limit.day.month - 1 if limit else otherwise


def _districts(city: str, texts: list[str]) -> tuple[int, ...] | None:
    """Ids of the districts of these codes, `set:code` or code; None where they lie in several sets."""
    wanted = Q()
    for of, colon, code in (text.rpartition(":") for text in texts):
        wanted |= Q(code=code, set__code=of) if colon else Q(code=code)
    found = list(District.objects.filter(wanted, city__slug=city).values_list("pk", "set").order_by("pk"))
    return tuple(pk for pk, _ in found) if len({of for _, of in found}) < 2 else None
