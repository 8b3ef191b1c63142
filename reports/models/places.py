"""Useful places: what people look for on a map besides problems."""

from typing import Self

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from districts.models import User
from layers.checks import geometry_checks
from layers.geometry import WGS84
from layers.models import UKRAINIAN, City, Viewer, in_web_mercator
from reports.models.report import new_token


class PlaceKindQuerySet(models.QuerySet["PlaceKind"]):
    def of(self, city: City) -> Self:
        """The kinds that the city's places may be: its own, and every city's where it has none of that code."""
        own = PlaceKind.objects.filter(city=city).values("code")
        return self.filter(Q(city=city) | Q(city=None) & ~Q(code__in=own))


class PlaceKind(models.Model):
    """A kind of useful place, such as a shelter, a pharmacy, a water point; without a city it is every city's."""

    city = models.ForeignKey(
        City, on_delete=models.CASCADE, null=True, blank=True, related_name="place_kinds"
    )
    code = models.SlugField(max_length=40)
    name = models.CharField(_("name"), max_length=80, db_collation=UKRAINIAN)

    objects = PlaceKindQuerySet.as_manager()

    class Meta:
        verbose_name = _("kind of place")
        verbose_name_plural = _("kinds of places")
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(
                fields=["city", "code"], name="placekind_code_in_city", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return self.name


class PlaceQuerySet(models.QuerySet["Place"]):
    def public(self) -> Self:
        """Places that a moderator published, in live cities."""
        return self.filter(state=Place.State.PUBLISHED, city__live=True)

    def visible_to(self, viewer: Viewer | None) -> Self:
        """Public places, and for staff all of their cities'."""
        public = Q(state=Place.State.PUBLISHED, city__live=True)
        return self.filter(public | Q(city__in=viewer.staff_city_ids())) if viewer else self.filter(public)

    def matching(self, words: str) -> Self:
        """Those whose name, address or details hold each of the words, in either language."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(name_uk__icontains=word)
                | Q(name_en__icontains=word)
                | Q(address__icontains=word)
                | Q(details_uk__icontains=word)
                | Q(details_en__icontains=word)
            )
        return found

    def suggested(self, city: City) -> Self:
        """What waits for a moderator, the oldest first."""
        return self.filter(city=city, state=Place.State.SUGGESTED).order_by("at", "pk")


class Place(models.Model):
    """A useful place: suggested by anybody who is registered, published by a moderator."""

    class State(models.TextChoices):
        SUGGESTED = "suggested", _("suggested")
        PUBLISHED = "published", _("published")
        REJECTED = "rejected", _("rejected")

    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="places")
    kind = models.ForeignKey(PlaceKind, on_delete=models.PROTECT, related_name="places")
    name = models.CharField(_("name"), max_length=160, db_collation=UKRAINIAN)
    details = models.TextField(_("details"), max_length=2000, blank=True)
    hours = models.CharField(_("opening hours"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    website = models.URLField(_("website"), blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    point = models.PointField(srid=WGS84)
    point_mercator = in_web_mercator("point")
    state = models.CharField(max_length=12, choices=State.choices, default=State.SUGGESTED)
    suggested_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("useful place")
        verbose_name_plural = _("useful places")
        ordering = ("name", "pk")
        indexes = [GistIndex(fields=["point_mercator"], name="place_tiles")]
        constraints = [
            *geometry_checks("place", "point"),
            models.CheckConstraint(
                condition=Q(state__in=["suggested", "published", "rejected"]), name="place_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PlacePhotoQuerySet(models.QuerySet["PlacePhoto"]):
    def visible_to(self, viewer: Viewer | None) -> Self:
        """Photos of the places that this person may see."""
        return self.filter(place__in=Place.objects.visible_to(viewer))


class PlacePhoto(models.Model):
    """A picture of a place, re-encoded without anything but its pixels."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="photos")
    token = models.CharField(max_length=40, unique=True, default=new_token)
    image = models.FileField(upload_to="places/shown")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)

    objects = PlacePhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo of a place")
        verbose_name_plural = _("photos of places")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.place}: {self.token[:6]}"
