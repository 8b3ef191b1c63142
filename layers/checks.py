"""Expressions on geometry columns, and the rules about them that the database keeps as named CHECK constraints."""

from django.contrib.gis.db.models import GeometryField
from django.contrib.gis.db.models.functions import IsEmpty, IsValid
from django.db.models import BooleanField, CheckConstraint, F, Func, IntegerField, Q


class Geography(Func):
    """The WGS84 geometry as geography: distances in metres on the spheroid."""

    template = "(%(expressions)s)::geography"
    output_field = GeometryField(srid=4326, geography=True)


class PointInside(Func):
    """A point within the area in Web Mercator, where its name can stand."""

    function = "ST_PointOnSurface"
    output_field = GeometryField(srid=3857)


class Dimension(Func):
    """0 for points, 1 for lines, 2 for areas."""

    function = "ST_Dimension"
    output_field = IntegerField()


class OnThisWorld(Func):
    """True where every coordinate is finite and within 180 degrees of longitude and 90 of latitude."""

    template = "(%(expressions)s @ ST_MakeEnvelope(-180, -90, 180, 90, 4326))"
    output_field = BooleanField()


def geometry_checks(table: str, column: str, *, optional: bool = False) -> list[CheckConstraint]:
    """Named checks that a WGS84 geometry column is valid, not empty and on this world."""
    absent = Q(**{f"{column}__isnull": True}) if optional else Q()
    return [
        CheckConstraint(condition=absent | Q(IsValid(F(column))), name=f"{table}_{column}_is_valid"),
        CheckConstraint(condition=absent | ~Q(IsEmpty(F(column))), name=f"{table}_{column}_not_empty"),
        CheckConstraint(condition=absent | Q(OnThisWorld(F(column))), name=f"{table}_{column}_on_this_world"),
    ]
