"""The routing rules, and the territories they add up to."""

from datetime import date
from typing import Self

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from districts.models.departments import Department
from districts.models.districts import District
from districts.models.services import Service
from layers.checks import geometry_checks
from layers.geometry import WGS84
from layers.models import AssetLayer, City, in_web_mercator


class ResponsibilityQuerySet(models.QuerySet["Responsibility"]):
    def on(self, day: date) -> Self:
        """Rules in force that day."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gt=day))


class Responsibility(models.Model):
    """A routing rule: the department answers for the service in the district, near the layer's assets, or both.

    With neither it is the city's fallback. A lower rank is asked first.
    """

    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="responsibilities")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="responsibilities")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="responsibilities")
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, null=True, blank=True, related_name="responsibilities"
    )
    asset_layer = models.ForeignKey(
        AssetLayer, on_delete=models.PROTECT, null=True, blank=True, related_name="responsibilities"
    )
    due_days = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("days the department has"))
    rank = models.PositiveSmallIntegerField(default=100)
    valid_from = models.DateField(default=District.BEGINNING)
    valid_to = models.DateField(null=True, blank=True)

    objects = ResponsibilityQuerySet.as_manager()

    class Meta:
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "district", "asset_layer", "department", "rank", "valid_from"],
                name="responsibility_stated_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="responsibility_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} → {self.department}"


class Territory(models.Model):
    """Where a department answers for a service by district or as the fallback, worked out from the rules in force."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="territories")
    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="territories")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="territories")
    geometry = models.MultiPolygonField(srid=WGS84)
    geometry_mercator = in_web_mercator("geometry")

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        indexes = [GistIndex(fields=["geometry_mercator"], name="territory_tiles")]
        constraints = [
            models.UniqueConstraint(fields=["city", "department", "service"], name="territory_once"),
            *geometry_checks("territory", "geometry"),
        ]

    def __str__(self) -> str:
        return f"{self.department}: {self.service}"
