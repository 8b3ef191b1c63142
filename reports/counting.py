"""How many public reports each choice of the filters would leave, and how many there were each month."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone

from districts.models import Department, District, Service
from reports import cells
from reports.cells import Facet
from reports.filters import ReportFilter
from reports.models import ReportDistrict, ReportQuerySet
from reports.workflow import Group, Status, group_of

MOST_COUNTED = 50_000
"""How many reports are counted one by one; where there are more, the database's estimate stands for the number."""
CROSSED = ("status", "service", "department", "disputed")
"""Facets whose values are counted together, each under the choices of the others."""
FACETS = (*CROSSED, "district", "overdue")
PERIOD = ("from", "to")

Facets = Mapping[str, Mapping[str, int]]
"""Numbers by the filter's name and value."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Reports under all filters, and for each value of a facet under all filters but the facet's own.

    Of `overdue` and `disputed` the value is `1`, of a district `set:code`, of a `month` like 2026-03: by the city's
    clocks, whatever period is asked for.
    """

    total: int
    is_estimate: bool = False
    by: Facets = field(default_factory=dict)

    def of(self, name: str, value: str) -> int | None:
        """How many that choice would leave; None where they are too many to be counted."""
        return self.by[name].get(value, 0) if name in self.by else None


def counted(asked: ReportFilter) -> Counted:
    """The numbers beside the choices of a valid filter of one city, of the kept sums or of the reports themselves.

    A facet that too many reports stand behind has none.
    """
    if cells.known(asked.form.cleaned_data) is not None:
        by = _from_cells(asked)
        return Counted(_total(asked, by["status"]), by=by)
    few = _are_few(asked.without(*FACETS, *PERIOD))
    if not few and not _are_few(asked.qs):
        return Counted(_estimate(asked.qs), is_estimate=True)
    by = _from_points(asked, few=few)
    return Counted(_total(asked, by["status"]) if "status" in by else asked.qs.order_by().count(), by=by)


def roughly(number: int) -> int:
    """The number to two digits, as an estimate should be read."""
    step: int = 10 ** max(len(str(number)) - 2, 0)
    return round(number / step) * step


def _total(asked: ReportFilter, groups: Mapping[str, int]) -> int:
    """All reports have one status: what the chosen groups hold, or all of them."""
    chosen = asked.form.cleaned_data["status"]
    return sum(number for group, number in groups.items() if not chosen or group in chosen)


def _are_few(reports: ReportQuerySet) -> bool:
    return reports.order_by()[: MOST_COUNTED + 1].count() <= MOST_COUNTED


def _estimate(found: ReportQuerySet) -> int:
    """What the planner expects; never less than what was counted before counting stopped."""
    plan: list[dict[str, Any]] = json.loads(found.order_by().values("pk").explain(format="json"))
    return max(roughly(int(plan[0]["Plan"]["Plan Rows"])), MOST_COUNTED)


# From the kept sums.

_KEPT: Mapping[str, tuple[Facet | None, tuple[str, ...]]] = {
    "status": (None, ("status",)),
    "service": (Facet.SERVICE, ("service",)),
    "department": (Facet.DEPARTMENT, ("department",)),
    "district": (Facet.DISTRICT, ("district",)),
    "disputed": (Facet.DISPUTED, ("disputed",)),
    "month": (Facet.MONTH, PERIOD),
}
"""By what each facet's sums are kept, and which filters are its own."""


def _from_cells(asked: ReportFilter) -> dict[str, Mapping[str, int]]:
    said, called = asked.form.cleaned_data, _values(asked.form.cleaned_data["city"])
    by: dict[str, Mapping[str, int]] = {}
    for name, (facet, own) in _KEPT.items():
        question = cells.known({**said, **dict.fromkeys(own)})
        if question is not None:
            numbers = Counter[str]()
            for key, number in cells.counts(question, facet).items():
                numbers[called[name](key)] += number
            by[name] = numbers
    late = cells.known({**said, "overdue": True})
    if late is not None:
        by["overdue"] = {"1": cells.total(late)}
    return by


def _values(city: str) -> Mapping[str, Callable[[int], str]]:
    """How the filters of a city write what the sums are kept by."""
    services = dict(Service.objects.filter(city__slug=city).values_list("pk", "code"))
    departments = dict(Department.objects.values_list("pk", "code"))
    named = District.objects.filter(city__slug=city).values_list("pk", "set__code", "code")
    districts = {pk: f"{of}:{code}" for pk, of, code in named}
    return {
        "status": lambda at: list(Group)[at].value,
        "service": lambda pk: services.get(pk, ""),
        "department": lambda pk: departments.get(pk, ""),
        "district": lambda pk: districts.get(pk, ""),
        "disputed": str,
        "month": lambda month: f"{month // 12}-{month % 12 + 1:02}",
    }


# From the reports themselves.


def _from_points(asked: ReportFilter, *, few: bool) -> dict[str, Mapping[str, int]]:
    """Each facet that few reports stand behind; all of them where it is known that there are few altogether."""
    parts: tuple[tuple[tuple[str, ...], Callable[[ReportFilter], Facets]], ...] = (
        (CROSSED, _crossed),
        (("district",), _districts),
        (("overdue",), _overdue),
        (PERIOD, _months),
    )
    by: dict[str, Mapping[str, int]] = {}
    for own, count in parts:
        if few or _are_few(asked.without(*own)):
            by |= count(asked)
    return by


def _crossed(asked: ReportFilter) -> Facets:
    """Each facet's values under the choices of the other three, from one question to the database."""
    columns = ("status", "service__code", "department__code", "disputed")
    rows = asked.without(*CROSSED).order_by().values_list(*columns).annotate(number=Count("pk"))
    chosen = _chosen(asked.form.cleaned_data)
    sums: dict[str, Counter[str]] = {name: Counter() for name in CROSSED}
    for status, service, department, disputed, number in rows:
        group = group_of(Status(status))
        values = dict(zip(CROSSED, (group or "", service, department or "", "1" * disputed), strict=True))
        for name in _counting(values, chosen):
            sums[name][values[name]] += number
    return dict(sums)


def _chosen(said: Mapping[str, Any]) -> dict[str, set[str]]:
    listed = {name: set(said[name]) for name in CROSSED if name != "disputed"}
    return {**listed, "disputed": {"1"} if said["disputed"] else set()}


def _counting(values: Mapping[str, str], chosen: Mapping[str, set[str]]) -> Iterable[str]:
    """The facets that such reports count for: all where nothing refuses them, else the only one that does."""
    refused = [name for name in CROSSED if chosen[name] and values[name] not in chosen[name]]
    if not refused:
        return CROSSED
    return refused if len(refused) == 1 else ()


def _districts(asked: ReportFilter) -> Facets:
    reports = asked.without("district").order_by().values("pk")
    held = ReportDistrict.objects.filter(report__in=reports).order_by()
    rows = held.values_list("set__code", "district__code").annotate(number=Count("pk"))
    return {"district": {f"{of}:{code}": number for of, code, number in rows}}


def _overdue(asked: ReportFilter) -> Facets:
    return {"overdue": {"1": asked.without("overdue").overdue(timezone.now()).count()}}


def _months(asked: ReportFilter) -> Facets:
    month = TruncMonth("published_at", tzinfo=asked.zone)
    rows = asked.without(*PERIOD).order_by().values_list(month).annotate(number=Count("pk"))
    return {"month": {f"{begin:%Y-%m}": number for begin, number in rows}}
