"""The queue to take along: printed with a map in the order of a round, or as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from districts.models import User
from frontend.answers import number_in
from frontend.coordinates import CoordinatesForm
from frontend.departments.desk import Desk
from frontend.departments.door import for_departments
from frontend.departments.filters import FIELDS
from frontend.departments.rounds import Place, round_from
from frontend.departments.sketch import Sketch, Spot, sketch_of
from layers.models import City
from reports import queue_files
from reports.models import Report

MOST = 150
"""Reports on paper: some 30 pages, and more than a round of one day."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One report of a round, and how far it is from the stop before, in metres as the crow flies."""

    report: Report
    distance_m: float
    spot: Spot = (0, 0)
    number_at: Spot = (0, 0)
    """Where it and its number stand in the drawing."""


@never_cache
@require_safe
@for_departments
def printed(request: HttpRequest, city: City, member: User) -> HttpResponse:
    """The first reports of the queue in the order of a round, with a map, ready to be printed."""
    desk = Desk(request, city, member)
    form = CoordinatesForm(request.GET if "lon" in request.GET else None, city=city)
    stops, sketch = _round(desk, form)
    context: dict[str, Any] = {
        "city": city,
        "stops": stops,
        "sketch": sketch,
        "form": form,
        "first": number_in(request, "start"),
        "length_km": sum(stop.distance_m for stop in stops) / 1000,
        "carried": [
            (name, value) for name, values in request.GET.lists() if name in FIELDS for value in values
        ],
        "total": desk.filters.reports().count(),
        "desk_address": desk.address(),
        "today": timezone.localdate(),
        **desk.told(),
    }
    return render(request, "departments/print.html", context)


@never_cache
@require_safe
@for_departments
def queue_csv(request: HttpRequest, city: City, member: User) -> HttpResponseBase:
    """The queue as a table."""
    rows = queue_files.as_csv(Desk(request, city, member).filters.reports(), city)
    return _file(rows, city, "csv", "text/csv; charset=utf-8")


@never_cache
@require_safe
@for_departments
def queue_geojson(request: HttpRequest, city: City, member: User) -> HttpResponseBase:
    """The queue as features for a map."""
    rows = queue_files.as_geojson(Desk(request, city, member).filters.reports(), city)
    return _file(rows, city, "geojson", "application/geo+json")


def _round(desk: Desk, form: CoordinatesForm) -> tuple[list[Stop], Sketch | None]:
    """The first reports of the queue in the order of the round, and the drawing of it."""
    filters = desk.filters
    reports = [report for report in filters.reports().select_related("service")[:MOST] if report.point]
    places = [(report.point.x, report.point.y) for report in reports if report.point]
    start = _start(form, reports, number_in(desk.request, "start"))
    order = round_from(start, places) if start else []
    sketch = sketch_of(desk.city, filters.asked_bodies(), [places[number] for number, _m in order])
    spots, numbers = (sketch.places, sketch.numbers) if sketch else ([], [])
    stops = [
        Stop(reports[number], distance, spot, number_at)
        for (number, distance), spot, number_at in zip(order, spots, numbers, strict=True)
    ]
    return stops, sketch


def _start(form: CoordinatesForm, reports: list[Report], first: int | None) -> Place | None:
    """Where the round begins: at the chosen place, at the chosen report, else at the queue's first."""
    if form.is_valid() and form.cleaned_data["point"]:
        point = form.cleaned_data["point"]
        return point.x, point.y
    chosen = [report for report in reports if report.pk == first] or reports
    return (chosen[0].point.x, chosen[0].point.y) if chosen and chosen[0].point else None


def _file(rows: Iterator[str], city: City, ending: str, sort: str) -> StreamingHttpResponse:
    name = f"{city.slug}-queue-{timezone.localdate().isoformat()}.{ending}"
    return StreamingHttpResponse(
        rows, content_type=sort, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
