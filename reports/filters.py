"""What people may ask of reports: one filter for map, list, counts and API."""

from typing import Any, cast

from django.contrib.gis.geos import Polygon
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.forms import Field, SelectMultiple
from django.utils.translation import gettext as _
from django_filters import CharFilter, Filter, FilterSet

from districts.models import Section, Service
from layers.filters import OfCity
from layers.geometry import WGS84, is_position
from reports.models import Place, PlaceQuerySet, Report, ReportDistrict
from reports.workflow import GROUPS, WAITING, Group


class ListField(Field):
    """Values that may be repeated, or separated by commas."""

    widget = SelectMultiple

    def to_python(self, value: Any) -> list[str]:
        """Each value once, without blanks."""
        given = value if isinstance(value, (list, tuple)) else [value or ""]
        parts = [part.strip() for text in given for part in str(text).split(",") if part.strip()]
        if any("\x00" in part for part in parts):
            raise ValidationError(_("This value holds a character that nothing here can have."))
        return parts


class GroupsField(ListField):
    """Public status groups."""

    def validate(self, value: list[str]) -> None:
        """Raise ValidationError naming the first that is no group, and those that are."""
        for group in value:
            if group not in Group.values:
                known = ", ".join(Group.values)
                raise ValidationError(
                    _("“%(group)s” is not a status. Known are: %(known)s.") % {"group": group, "known": known}
                )


class BoxField(Field):
    """west,south,east,north in WGS84 degrees, as a polygon."""

    def to_python(self, value: Any) -> Polygon | None:
        """The box, None where nothing is given; raises ValidationError."""
        if not value:
            return None
        try:
            west, south, east, north = (float(part) for part in str(value).split(","))
        except ValueError:
            raise self._nonsense() from None
        if not (is_position(west, south) and is_position(east, north) and west <= east and south <= north):
            raise self._nonsense()
        box = Polygon.from_bbox((west, south, east, north))
        box.srid = WGS84
        return box

    @staticmethod
    def _nonsense() -> ValidationError:
        return ValidationError(
            _("Write the box as west,south,east,north in degrees, like 30.2,50.1,30.4,50.2.")
        )


class GroupsFilter(Filter):
    field_class = GroupsField

    def filter(self, reports: "QuerySet[Report]", value: list[str]) -> "QuerySet[Report]":
        statuses = [status for group in value for status in GROUPS[Group(group)]]
        return reports.filter(status__in=statuses) if value else reports


class CodesFilter(Filter):
    field_class = ListField

    def filter(self, reports: "QuerySet[Report]", value: list[str]) -> "QuerySet[Report]":
        return reports.filter(**{f"{self.field_name}__in": value}) if value else reports


class BoxFilter(Filter):
    field_class = BoxField

    def filter(self, reports: "QuerySet[Report]", value: Polygon | None) -> "QuerySet[Report]":
        return reports.filter(point__coveredby=value) if value else reports


class SectionField(Field):
    """A section of the portal; problems where none is named."""

    def to_python(self, value: Any) -> str:
        """The section's code; raises ValidationError."""
        code = value or Section.PROBLEMS
        if code not in (Section.PROBLEMS, Section.IDEAS):
            raise ValidationError(
                _("“%(section)s” is not a section. Known are: problems, ideas.") % {"section": code}
            )
        return str(code)


class SectionFilter(Filter):
    field_class = SectionField

    def filter(self, reports: "QuerySet[Report]", value: str) -> "QuerySet[Report]":
        return reports.filter(service__in=Service.objects.filter(section__code=value))


class PlaceFilter(OfCity):
    """Useful places of a city, of a kind, holding words."""

    kind = CharFilter(field_name="kind__code")
    q = CharFilter(method="holding")

    def holding(self, places: "QuerySet[Place]", name: str, value: str) -> "QuerySet[Place]":
        return cast(PlaceQuerySet, places).matching(value)


class HelpFilter(Filter):
    """With `1`, what welcomes help and is still open; ideas do as long as they are."""

    def filter(self, reports: "QuerySet[Report]", value: str) -> "QuerySet[Report]":
        if value != "1":
            return reports
        ideas = Service.objects.exclude(section__code=Section.PROBLEMS)
        welcome = Q(welcomes_help=True) | Q(service__in=ideas)
        return reports.filter(welcome, status__in=WAITING)


class DistrictFilter(Filter):
    """Reports that districts of these codes held on their day."""

    field_class = ListField

    def filter(self, reports: "QuerySet[Report]", value: list[str]) -> "QuerySet[Report]":
        held = ReportDistrict.objects.filter(district__code__in=value).values("report")
        return reports.filter(pk__in=held) if value else reports


class ReportFilter(FilterSet):
    """Reports of a section, a city, status groups, services, departments, districts, inside a box, that welcome help.

    By default all problems.
    """

    section = SectionFilter()
    city = CharFilter(field_name="city__slug")
    status = GroupsFilter()
    service = CodesFilter(field_name="service__code")
    department = CodesFilter(field_name="department__code")
    district = DistrictFilter()
    help = HelpFilter()
    bbox = BoxFilter()
