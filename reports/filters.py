"""What people may ask of reports: one filter for map, list, counts and API."""

from datetime import datetime, timedelta, tzinfo
from typing import cast
from zoneinfo import ZoneInfo

from django.contrib.gis.geos import Point, Polygon
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Q, QuerySet
from django.forms import Form
from django.utils import timezone
from django_filters import CharFilter, Filter

from districts.models import Section, Service, User
from layers.filters import OfCity
from layers.models import City
from reports.filter_fields import (
    BoxField,
    GroupsField,
    Limit,
    LimitField,
    ListField,
    Near,
    NearField,
    ReportFilterForm,
    SectionField,
    SwitchField,
    Words,
    WordsField,
)
from reports.models import Place, PlaceQuerySet, ReportDistrict, ReportQuerySet
from reports.workflow import GROUPS, WAITING, Group


class PlaceFilter(OfCity):
    """Useful places of a city, of a kind, holding words."""

    kind = CharFilter(field_name="kind__code")
    q = CharFilter(method="holding")

    def holding(self, places: "QuerySet[Place]", name: str, value: str) -> "QuerySet[Place]":
        return cast(PlaceQuerySet, places).matching(value)


class CityFilter(CharFilter):
    """Reports of the city of that slug."""

    def filter(self, reports: ReportQuerySet, value: str) -> ReportQuerySet:
        # Its number as one value: the indexes that a list is sorted by begin with it, and a join would hide that.
        number = City.objects.filter(slug=value).order_by().values("pk")[:1]
        return reports.filter(city=number) if value else reports


class SectionFilter(Filter):
    field_class = SectionField

    def filter(self, reports: ReportQuerySet, value: str) -> ReportQuerySet:
        # As one array: a list sorted by an index then walks it, instead of joining all first.
        services = Service.objects.filter(section__code=value).order_by().values("pk")
        return reports.filter(
            Func(
                F("service"),
                ArraySubquery(services),
                arg_joiner=" = ANY(",
                template="(%(expressions)s))",
                output_field=BooleanField(),
            )
        )


class GroupsFilter(Filter):
    field_class = GroupsField

    def filter(self, reports: ReportQuerySet, value: list[str]) -> ReportQuerySet:
        statuses = [status for group in value for status in GROUPS[Group(group)]]
        return reports.filter(status__in=statuses) if value else reports


class CodesFilter(Filter):
    field_class = ListField

    def filter(self, reports: ReportQuerySet, value: list[str]) -> ReportQuerySet:
        return reports.filter(**{f"{self.field_name}__in": value}) if value else reports


class DistrictFilter(Filter):
    """Reports that districts of these codes held on their day; `set:code` where two sets use one code."""

    field_class = ListField

    def filter(self, reports: ReportQuerySet, value: list[str]) -> ReportQuerySet:
        if not value:
            return reports
        named = Q()
        for of, colon, code in (text.rpartition(":") for text in value):
            named |= Q(district__code=code, set__code=of) if colon else Q(district__code=code)
        return reports.filter(pk__in=ReportDistrict.objects.filter(named).values("report"))


class OverdueFilter(Filter):
    """Whose department's time was over before today, in the city's time zone."""

    field_class = SwitchField

    def filter(self, reports: ReportQuerySet, value: bool) -> ReportQuerySet:
        return reports.overdue(timezone.now()) if value else reports


class DisputedFilter(Filter):
    """What somebody says isn't solved."""

    field_class = SwitchField

    def filter(self, reports: ReportQuerySet, value: bool) -> ReportQuerySet:
        return reports.filter(disputed=True) if value else reports


class HelpFilter(Filter):
    """What welcomes help and is still open; ideas do as long as they are."""

    field_class = SwitchField

    def filter(self, reports: ReportQuerySet, value: bool) -> ReportQuerySet:
        if not value:
            return reports
        ideas = Service.objects.exclude(section__code=Section.PROBLEMS)
        welcome = Q(welcomes_help=True) | Q(service__in=ideas)
        return reports.filter(welcome, status__in=WAITING)


class FromFilter(Filter):
    """Published on that day or later, by the city's clocks."""

    field_class = LimitField

    def filter(self, reports: ReportQuerySet, value: Limit | None) -> ReportQuerySet:
        if value is None:
            return reports
        return reports.filter(published_at__gte=cast(ReportFilter, self.parent).begin_of(value))


class ToFilter(Filter):
    """Published on that day or earlier, by the city's clocks."""

    field_class = LimitField

    def filter(self, reports: ReportQuerySet, value: Limit | None) -> ReportQuerySet:
        if value is None:
            return reports
        return reports.filter(published_at__lt=cast(ReportFilter, self.parent).begin_of(value, days=1))


class WordsFilter(Filter):
    field_class = WordsField

    def filter(self, reports: ReportQuerySet, value: Words | None) -> ReportQuerySet:
        if value is None:
            return reports
        holding = Q()
        for word in value.words:
            holding &= Q(text__icontains=word) | Q(address__icontains=word)
        return reports.filter(holding if value.number is None else Q(pk=value.number) | holding)


class MineFilter(Filter):
    """What the viewer reported, supports or follows."""

    field_class = SwitchField

    def filter(self, reports: ReportQuerySet, value: bool) -> ReportQuerySet:
        viewer = cast(ReportFilter, self.parent).viewer
        return reports.dear_to(viewer) if value and isinstance(viewer, User) else reports


class NearFilter(Filter):
    field_class = NearField

    def filter(self, reports: ReportQuerySet, value: Near | None) -> ReportQuerySet:
        return reports.within(value.point, value.radius_m) if value else reports


class BoxFilter(Filter):
    field_class = BoxField

    def filter(self, reports: ReportQuerySet, value: Polygon | None) -> ReportQuerySet:
        return reports.filter(point__coveredby=value) if value else reports


class ReportFilter(OfCity):
    """Reports of a section, of status groups, services, departments, districts, a period, a place, with words.

    By default all problems. Days and months are those of the named city's time zone, else of the active one.
    """

    city = CityFilter()
    section = SectionFilter()
    status = GroupsFilter()
    service = CodesFilter(field_name="service__code")
    department = CodesFilter(field_name="department__code")
    district = DistrictFilter()
    overdue = OverdueFilter()
    disputed = DisputedFilter()
    to = ToFilter(ends=True)
    q = WordsFilter()
    mine = MineFilter()
    near = NearFilter()
    help = HelpFilter()
    bbox = BoxFilter()

    class Meta:
        form = ReportFilterForm

    @classmethod
    def get_filters(cls) -> dict[str, Filter]:
        """The declared ones, and `from`, which no attribute of a class can be called."""
        return {"from": FromFilter(), **super().get_filters()}

    @property
    def form(self) -> Form:
        """The form that knows who asks."""
        form: ReportFilterForm = super().form
        form.viewer = self.viewer if isinstance(self.viewer, User) else None
        return form

    def without(self, *names: str) -> ReportQuerySet:
        """What all filters leave but the named ones."""
        reports: ReportQuerySet = self.queryset.all()
        for name, value in self.form.cleaned_data.items():
            if name not in names:
                reports = self.filters[name].filter(reports, value)
        return reports

    @property
    def middle(self) -> Point | None:
        """The place that is asked about: where `near` is, else the middle of the box; None without either."""
        near, box = self.form.cleaned_data.get("near"), self.form.cleaned_data.get("bbox")
        if near is not None:
            return cast(Near, near).point
        return cast(Polygon, box).centroid if box is not None else None

    @property
    def zone(self) -> tzinfo:
        """The time zone by whose clocks days begin."""
        slug = self.form.cleaned_data.get("city")
        named = City.objects.filter(slug=slug).values_list("time_zone", flat=True).first() if slug else None
        return ZoneInfo(named) if named else timezone.get_current_timezone()

    def begin_of(self, limit: Limit, days: int = 0) -> datetime:
        """When the day of that limit begins, or one so many days later."""
        day = limit.day + timedelta(days=days)
        return datetime(day.year, day.month, day.day, tzinfo=self.zone)
