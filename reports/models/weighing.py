"""When a city's reports were weighed, and which of its points only hold what nobody could place."""

from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from layers.geometry import WGS84
from layers.models import City


class Weighing(models.Model):
    """The hour for which the weights of a city hold."""

    city = models.OneToOneField(City, on_delete=models.CASCADE, related_name="weighing", primary_key=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("weighing")
        verbose_name_plural = _("weighings")

    def __str__(self) -> str:
        return f"{self.city}: {self.at}"


class Pile(models.Model):
    """A point with far more public reports than anything around it: where those lie that nobody could place."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="piles")
    point = models.PointField(srid=WGS84)
    reports = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("pile of reports without an exact place")
        verbose_name_plural = _("piles of reports without an exact place")
        constraints = [models.UniqueConstraint(fields=["city", "point"], name="pile_once")]

    def __str__(self) -> str:
        return f"{self.city}: {self.reports}"
