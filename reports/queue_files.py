"""A department's queue as a file to take along: CSV for tables, GeoJSON for maps. Contact data are left out."""

import csv
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from districts.models import Department, Service
from layers.models import City
from reports.models import Report, ReportQuerySet

FIELDS = (
    "number",
    "status",
    "service_code",
    "service",
    "department_code",
    "department",
    "address",
    "lon",
    "lat",
    "text",
    "sent",
    "published",
    "due",
    "overdue",
    "planned_for",
    "passed_to",
    "supporters",
)
BATCH = 1000
"""Reports fetched at a time: the file is never in memory as a whole."""
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class _Echo:
    """A file that gives back what is written to it, so that each row can be sent on at once."""

    def write(self, text: str) -> str:
        return text


def as_csv(reports: ReportQuerySet, city: City) -> Iterator[str]:
    """The reports as CSV with a byte order mark, for programs that guess encodings; no cell is a formula."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(FIELDS)
    for row in _rows(reports, city):
        yield writer.writerow([_harmless(row[name]) for name in FIELDS])


def as_geojson(reports: ReportQuerySet, city: City) -> Iterator[str]:
    """The reports as a GeoJSON FeatureCollection (RFC 7946) of points."""
    yield '{"type":"FeatureCollection","features":['
    for number, row in enumerate(_rows(reports, city)):
        place = [row.pop("lon"), row.pop("lat")]
        feature = {
            "type": "Feature",
            "id": row["number"],
            "geometry": {"type": "Point", "coordinates": place},
            "properties": row,
        }
        yield ("," if number else "") + json.dumps(feature, ensure_ascii=False)
    yield "]}"


def _rows(reports: ReportQuerySet, city: City) -> Iterator[dict[str, Any]]:
    # Names are asked for beforehand: the active language is the request's, which is over while rows are sent.
    services = {s.pk: (s.code, s.name) for s in Service.objects.filter(city=city)}
    bodies = {d.pk: (d.code, d.name) for d in Department.objects.serving(city)}
    now, zone = timezone.now(), ZoneInfo(city.time_zone)
    fields = reports.only(
        "status", "service", "department", "address", "point", "text", "created_at", "published_at",
        "due_at", "asked_at", "planned_for", "passed_to", "supporters",
    )  # fmt: skip
    for report in fields.iterator(chunk_size=BATCH):
        yield _row(report, services, bodies, now, zone)


def _row(
    report: Report,
    services: dict[int, tuple[str, str]],
    bodies: dict[int, tuple[str, str]],
    now: datetime,
    zone: ZoneInfo,
) -> dict[str, Any]:
    service, body = services[report.service_id], bodies.get(report.department_id or 0, ("", ""))
    late = report.is_open and report.asked_at is None and report.due_at is not None and report.due_at < now
    return {
        "number": report.pk,
        "status": report.status,
        "service_code": service[0],
        "service": service[1],
        "department_code": body[0],
        "department": body[1],
        "address": report.address,
        "lon": report.point.x if report.point else None,
        "lat": report.point.y if report.point else None,
        "text": report.text,
        "sent": _moment(report.created_at, zone),
        "published": _moment(report.published_at, zone),
        "due": _moment(report.due_at, zone),
        "overdue": late,
        "planned_for": report.planned_for.isoformat() if report.planned_for else None,
        "passed_to": report.passed_to,
        "supporters": report.supporters,
    }


def _moment(at: datetime | None, zone: ZoneInfo) -> str | None:
    """ISO 8601 as the city's clocks show it."""
    return at.astimezone(zone).isoformat(timespec="seconds") if at else None


def _harmless(value: object) -> object:
    """The value; a text that a spreadsheet would run as a formula begins with an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(STARTS_A_FORMULA) else value
