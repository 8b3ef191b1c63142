"""What the city tells: water off, a road closed, a day of cleaning up."""

from datetime import datetime
from typing import Self

from django.contrib.gis.db import models
from django.contrib.gis.geos import Point
from django.contrib.postgres.indexes import GistIndex
from django.db.models import Case, F, Q, When
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from districts.models import User
from layers.checks import geometry_checks
from layers.geometry import WGS84
from layers.models import UKRAINIAN, City, Viewer, in_web_mercator

COARSE_DEGREES = 0.00005
"""Some five metres: what is drawn in a small map needs no more."""


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def public(self) -> Self:
        """Published by now, in live cities."""
        return self.filter(published_at__lte=Now(), city__live=True)

    def visible_to(self, viewer: Viewer | None) -> Self:
        """Public ones, and for staff all of their cities'."""
        public = Q(published_at__lte=Now(), city__live=True)
        return self.filter(public | Q(city__in=viewer.staff_city_ids())) if viewer else self.filter(public)

    def current(self, now: datetime | Now | None = None) -> Self:
        """Those whose time it is; without a time, by the clock of the database whenever it is asked."""
        now = now or Now()
        return self.filter(starts_at__lte=now).filter(Q(ends_at=None) | Q(ends_at__gt=now))

    def upcoming(self) -> Self:
        """Those whose time is still to come, the soonest first."""
        return self.filter(starts_at__gt=Now()).order_by("starts_at", "pk")

    def past(self) -> Self:
        """Those whose time is over."""
        return self.filter(ends_at__lte=Now())

    def holding_at(self, point: Point) -> Self:
        """Those whose area holds the point, and those for the whole city."""
        return self.filter(Q(area=None) | Q(area__covers=point))

    def urgent_first(self) -> Self:
        """Dangers before all others, then the newest."""
        others = Case(When(kind=Announcement.Kind.DANGER, then=0), default=1)
        return self.order_by(others, "-starts_at", "-pk")


class Announcement(models.Model):
    """A dated message of the city, with an area on the map where it has one."""

    class Kind(models.TextChoices):
        NEWS = "news", _("news")
        WATER = "water", _("water supply")
        POWER = "power", _("power supply")
        HEATING = "heating", _("heating supply")
        ROAD = "road", _("roads and transport")
        EVENT = "event", _("clean-up or event")
        DANGER = "danger", _("danger")

    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="announcements")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.NEWS)
    title = models.CharField(_("title"), max_length=160, db_collation=UKRAINIAN)
    text = models.TextField(_("text"), max_length=8000)
    area = models.MultiPolygonField(srid=WGS84, null=True, blank=True)
    area_mercator = in_web_mercator("area")
    starts_at = models.DateTimeField(_("from"), default=timezone.now)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ("-starts_at", "-pk")
        indexes = [
            GistIndex(fields=["area_mercator"], name="announcement_tiles"),
            models.Index(fields=["city", "-starts_at"], name="announcement_newest"),
        ]
        constraints = [
            *geometry_checks("announcement", "area", optional=True),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="announcement_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it by now."""
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def is_over(self) -> bool:
        """Whether its time has passed."""
        return self.ends_at is not None and self.ends_at <= timezone.now()

    @property
    def is_coming(self) -> bool:
        """Whether its time is still to come."""
        return self.starts_at > timezone.now()

    @property
    def lasts_a_day(self) -> bool:
        """Whether it begins and ends on one day of the city's calendar."""
        return self.ends_at is not None and timezone.localdate(self.starts_at) == timezone.localdate(
            self.ends_at
        )

    @property
    def outline(self) -> str:
        """Its area as GeoJSON in degrees, corners of a few metres left out; empty for a message to the whole city."""
        return self.area.simplify(COARSE_DEGREES, preserve_topology=True).geojson if self.area else ""
