"""The same questions to the reports themselves, for what no kept sum answers."""

from collections import Counter
from datetime import MAXYEAR, MINYEAR, datetime
from typing import cast
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from layers.models import City
from reports.cells.asked import Asked, Facet
from reports.models import Report, ReportDistrict, ReportQuerySet
from reports.workflow import GROUPS, Group, Status, group_of


def reports_of(asked: Asked) -> ReportQuerySet:
    """The same question to the reports themselves."""
    reports = Report.objects.public().filter(service__section__code=asked.section)
    if asked.city:
        reports = reports.filter(city__slug=asked.city)
    if asked.groups:
        reports = reports.filter(status__in=[s for group in asked.groups for s in GROUPS[Group(group)]])
    if asked.services:
        reports = reports.filter(service__code__in=asked.services)
    if asked.departments:
        reports = reports.filter(department__code__in=asked.departments)
    if asked.districts is not None:
        held = ReportDistrict.objects.filter(district__in=asked.districts)
        reports = reports.filter(pk__in=held.values("report"))
    if asked.disputed:
        reports = reports.filter(disputed=True)
    if asked.overdue:
        reports = reports.overdue(timezone.now())
    return reports.filter(_published_in(asked.months, asked.city)) if asked.months else reports


def _published_in(months: tuple[int, int], city: str) -> Q:
    first, past = (_begin(number, _zone(city)) for number in (months[0], months[1] + 1))
    return Q(published_at__gte=first, published_at__lt=past)


def _zone(city: str) -> ZoneInfo:
    """The time zone by whose clocks the city's months begin; without a city, the active one."""
    named = City.objects.filter(slug=city).values_list("time_zone", flat=True).first()
    return ZoneInfo(named or timezone.get_current_timezone_name())


def _begin(month: int, zone: ZoneInfo) -> datetime:
    year = max(MINYEAR + 1, min(MAXYEAR - 1, month // 12))
    return datetime(year, month % 12 + 1, 1, tzinfo=zone)


def counted_one_by_one(asked: Asked, by: Facet | None) -> dict[int, int]:
    """How many reports there are of each value, as `reports.cells.counts` tells it."""
    reports = reports_of(asked).order_by()
    if by is None:
        return _by_group(reports)
    if by is Facet.MONTH:
        return _by_month(reports, asked.city)
    if by is Facet.DISTRICT:
        reports = reports.filter(districts__isnull=False)
    if by is Facet.DISPUTED:
        reports = reports.filter(disputed=True)
    counted = reports.annotate(key=F(_COLUMNS[by])).values_list("key").annotate(n=Count("pk"))
    return {int(key or 0): number for key, number in counted.order_by("key")}


def _by_group(reports: ReportQuerySet) -> dict[int, int]:
    numbers = Counter[int]()
    for status, number in reports.values_list("status").annotate(n=Count("pk")):
        numbers[list(Group).index(cast(Group, group_of(Status(status))))] += number
    return dict(sorted(numbers.items()))


def _by_month(reports: ReportQuerySet, city: str) -> dict[int, int]:
    begin = TruncMonth("published_at", tzinfo=_zone(city))
    found = reports.annotate(key=begin).values_list("key").annotate(n=Count("pk")).order_by("key")
    return {at.year * 12 + at.month - 1: number for at, number in found}


_COLUMNS = {
    Facet.SERVICE: "service",
    Facet.DEPARTMENT: "department",
    Facet.DISTRICT: "districts__district",
    Facet.DISPUTED: "disputed",
}
"""Where a report has its value."""
