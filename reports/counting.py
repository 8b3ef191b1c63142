"""How many public reports each choice of the filters would leave, and how many there were each month."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncMonth

from reports.filters import ReportFilter
from reports.models import ReportDistrict, ReportQuerySet
from reports.workflow import Status, group_of

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
    """The numbers beside the choices of a valid filter; a facet that too many reports stand behind has none."""
    found: ReportQuerySet = asked.qs
    few = _are_few(asked.without(*FACETS, *PERIOD))
    if not few and not _are_few(found):
        return Counted(_estimate(found), is_estimate=True)
    parts: tuple[tuple[tuple[str, ...], Callable[[ReportFilter], Facets]], ...] = (
        (CROSSED, _crossed),
        (("district",), _districts),
        (("overdue",), _overdue),
        (PERIOD, _months),
    )
    by: dict[str, Mapping[str, int]] = {}
    for names, count in parts:
        if few or _are_few(asked.without(*names)):
            by |= count(asked)
    return Counted(_total(asked, by) if CROSSED[0] in by else found.order_by().count(), by=by)


def _total(asked: ReportFilter, by: Facets) -> int:
    """All reports have one status: what the chosen groups hold, or all of them."""
    chosen = asked.form.cleaned_data["status"]
    return sum(number for group, number in by["status"].items() if not chosen or group in chosen)


def _are_few(reports: ReportQuerySet) -> bool:
    return reports.order_by()[: MOST_COUNTED + 1].count() <= MOST_COUNTED


def roughly(number: int) -> int:
    """The number to two digits, as an estimate should be read."""
    step: int = 10 ** max(len(str(number)) - 2, 0)
    return round(number / step) * step


def _estimate(found: ReportQuerySet) -> int:
    """What the planner expects; never less than what was counted before counting stopped."""
    plan: list[dict[str, Any]] = json.loads(found.order_by().values("pk").explain(format="json"))
    return max(roughly(int(plan[0]["Plan"]["Plan Rows"])), MOST_COUNTED)


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
    return {"overdue": {"1": asked.without("overdue").overdue(asked.today).count()}}


def _months(asked: ReportFilter) -> Facets:
    month = TruncMonth("published_at", tzinfo=asked.zone)
    rows = asked.without(*PERIOD).order_by().values_list(month).annotate(number=Count("pk"))
    return {"month": {f"{begin:%Y-%m}": number for begin, number in rows}}
