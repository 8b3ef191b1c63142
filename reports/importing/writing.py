"""Checked and routed reports into their tables, with history and districts."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from districts.routing import Decision
from districts.workdays import Calendar
from layers.geometry import WGS84
from layers.importing.copying import copy_rows, new_keys
from layers.models import City
from reports.importing.history import Step
from reports.importing.places import Placed
from reports.models import Report, ReportDistrict, StatusChange, new_token
from reports.priorities import POINT
from reports.workflow import CLOSING

IMPORT = "import"
"""The role of whoever changed the status where the report came from."""

REPORT = (
    "id", "city_id", "service_id", "status", "text", "address", "point",
    "department_id", "asset_id", "decision", "due_at",
    "created_at", "confirmed_at", "published_at", "updated_at", "closed_at",
    "reference", "flags", "token",
    "contact_name", "contact_email", "contact_phone", "fingerprint", "priority",
)  # fmt: skip
CHANGE = ("report_id", "at", "before", "after", "role", "department_id", "reason")
DISTRICT = ("city_id", "report_id", "set_id", "district_id")

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Ready:
    """A report with its life, and for a public one who answers and its district in each set (ids)."""

    placed: Placed
    life: Sequence[Step]
    decision: Decision | None
    districts: dict[int, int]

    @property
    def department_id(self) -> int | None:
        return self.decision.department_id if self.decision else None


def write(city: City, reports: Sequence[Ready]) -> None:
    """Append the reports to the city; none of their references may be there yet."""
    keyed = list(zip(new_keys(Report, len(reports)), reports, strict=True))
    points = _points([one.placed for one in reports])
    calendar = Calendar(city)
    rows = (_report(key, city, calendar, one, point) for (key, one), point in zip(keyed, points, strict=True))
    copy_rows(Report, REPORT, rows)
    copy_rows(StatusChange, CHANGE, (row for key, one in keyed for row in _changes(key, one)))
    copy_rows(
        ReportDistrict,
        DISTRICT,
        ((city.pk, key, *found) for key, one in keyed for found in one.districts.items()),
    )


def _points(placed: Sequence[Placed]) -> list[str | None]:
    positions = np.array([(one.lon, one.lat) for one in placed], dtype=np.float64).reshape(-1, 2)
    points = shapely.set_srid(shapely.points(positions), WGS84)
    written = np.asarray(shapely.to_wkb(points, hex=True, include_srid=True), dtype=object)
    return [
        point if one.draft.has_place else None for one, point in zip(placed, written.tolist(), strict=True)
    ]


def _report(key: int, city: City, calendar: Calendar, one: Ready, point: str | None) -> Row:
    draft, decision = one.placed.draft, one.decision
    best = decision.best if decision else None
    return (
        key,
        city.pk,
        one.placed.service_id,
        draft.status.value,
        draft.text,
        draft.address,
        point,
        one.department_id,
        best.asset_id if best else None,
        json.dumps(decision.as_data() if decision else {}, ensure_ascii=False),
        calendar.due(draft.opened, best.due_days) if best and best.due_days is not None else None,
        draft.opened,
        draft.opened,
        draft.opened if decision else None,
        one.life[-1].at,
        draft.closed if draft.status in CLOSING else None,
        draft.reference,
        json.dumps(draft.flags),
        new_token(),
        *("", "", "", ""),
        # Until the whole city is weighed anew.
        POINT * one.placed.severity if decision else 0,
    )


def _changes(key: int, one: Ready) -> Iterator[Row]:
    for step in one.life:
        before = step.before.value if step.before else ""
        department = one.department_id if step.before else None
        yield (key, step.at, before, step.after.value, IMPORT, department, "")
