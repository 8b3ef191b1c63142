"""Polygons of a city, in named sets, as they were each day."""

from datetime import date
from typing import Self

from django.contrib.gis.db import models
from django.contrib.gis.geos import Point
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db.models import F, Func, GeneratedField, Q
from django.utils.translation import gettext_lazy as _

from districts.models.departments import NamedQuerySet
from layers.checks import Geography, geometry_checks
from layers.geometry import WGS84
from layers.models import UKRAINIAN, City, in_web_mercator


class DistrictSet(models.Model):
    """One way to divide a city: wards, villages, cleaning areas; `neighbours` holds those around it."""

    NEIGHBOURS = "neighbours"

    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="district_sets")
    code = models.CharField(max_length=60)
    name = models.CharField(_("name"), max_length=120, db_collation=UKRAINIAN)

    class Meta:
        verbose_name = _("set of districts")
        verbose_name_plural = _("sets of districts")
        ordering = ("city", "code")
        constraints = [models.UniqueConstraint(fields=["city", "code"], name="districtset_code_in_city")]

    def __str__(self) -> str:
        return self.name or self.code


class DistrictQuerySet(NamedQuerySet["District"]):
    def on(self, day: date) -> Self:
        """Districts as they were that day."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gt=day))

    def covering(self, point: Point) -> Self:
        """Districts that hold the point, their borders included."""
        return self.filter(geometry__covers=point)

    def within_the_city(self) -> Self:
        """All but the city's neighbours."""
        return self.exclude(set__code=DistrictSet.NEIGHBOURS)


class District(models.Model):
    """A polygon of a set, valid from one day up to, but not including, another; versions share their code."""

    BEGINNING = date(1900, 1, 1)

    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="districts")
    set = models.ForeignKey(DistrictSet, on_delete=models.PROTECT, related_name="districts")
    code = models.CharField(max_length=120)
    name = models.CharField(_("name"), max_length=160, db_collation=UKRAINIAN)
    population = models.PositiveIntegerField(null=True, blank=True)
    valid_from = models.DateField(default=BEGINNING)
    valid_to = models.DateField(null=True, blank=True)
    geometry = models.MultiPolygonField(srid=WGS84)
    geometry_mercator = in_web_mercator("geometry")
    area_m2 = GeneratedField(
        expression=Func(Geography(F("geometry")), function="ST_Area"),
        output_field=models.FloatField(),
        db_persist=True,
    )

    objects = DistrictQuerySet.as_manager()

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        indexes = [
            models.Index(fields=["set", "code"], name="district_set_code"),
            GistIndex(fields=["geometry_mercator"], name="district_tiles"),
        ]
        constraints = [
            *geometry_checks("district", "geometry"),
            models.CheckConstraint(condition=~Q(code=""), name="district_has_a_code"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="district_ends_after_it_begins",
            ),
            ExclusionConstraint(
                name="district_one_version_a_day",
                expressions=[
                    ("set", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            RangeBoundary(),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.name
