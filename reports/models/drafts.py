"""Reports that somebody has begun and not yet sent."""

from datetime import datetime
from typing import Self

from django.contrib.gis.db import models
from django.contrib.gis.geos import Point
from django.db.models import F, Func, OuterRef, Q, Subquery, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from districts.models import User
from layers.checks import Geography, geometry_checks
from layers.geometry import WGS84
from layers.models import City
from reports.models.report import Report, new_token


class DraftQuerySet(models.QuerySet["Draft"]):
    def unsent(self) -> Self:
        """Drafts that can still be gone on with."""
        return self.filter(report=None)

    def visible_to(self, user: User | None) -> Self:
        """This person's own; a visitor has none but the one whose address they hold."""
        return self.filter(user=user) if user else self.none()

    def untouched_since(self, moment: datetime) -> Self:
        """Drafts nobody has come back to, sent or not."""
        return self.filter(updated_at__lt=moment)

    def begun(self) -> Self:
        """Those that say more than a place: worth coming back to."""
        photos = DraftPhoto.objects.filter(draft=OuterRef("pk")).values("pk")[:1]
        return self.annotate(a_photo=Subquery(photos)).filter(
            Q(a_photo__isnull=False) | Q(data__has_key="service") | Q(data__has_key="text")
        )


class Draft(models.Model):
    """What somebody has written so far, kept under an address that nobody can guess; emptied when it is sent."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="drafts")
    token = models.CharField(max_length=40, unique=True, default=new_token)
    data = models.JSONField(default=dict, help_text=_("the answers given so far, by their fields"))
    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, null=True, blank=True, related_name="+",
        help_text=_("what it became"),
    )  # fmt: skip
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ("-updated_at", "-pk")
        indexes = [models.Index(fields=["updated_at"], name="draft_oldest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(report=None) | Q(data=Value({}, models.JSONField())), name="draft_sent_is_emptied"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city}: {self.token[:6]}"

    @property
    def point(self) -> Point | None:
        """The place chosen so far, in WGS84."""
        lon, lat = self.data.get("lon"), self.data.get("lat")
        return Point(lon, lat, srid=WGS84) if lon is not None and lat is not None else None


class DraftPhotoQuerySet(models.QuerySet["DraftPhoto"]):
    def taken_away_from(self, point: Point | None, metres: float) -> Self:
        """Those that know where they were taken, farther than that from the point; all of them where there is none."""
        taken = self.exclude(point=None)
        if point is None:
            return taken
        here, there = (
            Geography(Value(point, output_field=models.PointField(srid=WGS84))),
            Geography(F("point")),
        )
        near = Func(here, there, Value(metres), function="ST_DWithin", output_field=models.BooleanField())
        return taken.exclude(near)


class DraftPhoto(models.Model):
    """A picture of a draft, without metadata; `point` is where it was taken, as a suggestion, gone when it is sent."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="photos")
    token = models.CharField(max_length=40, unique=True, default=new_token)
    image = models.FileField(upload_to="photos/drafts")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    point = models.PointField(srid=WGS84, null=True, blank=True, spatial_index=False)
    at = models.DateTimeField(default=timezone.now)

    objects = DraftPhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo of a draft")
        verbose_name_plural = _("photos of drafts")
        ordering = ("pk",)
        constraints = [*geometry_checks("draftphoto", "point", optional=True)]

    def __str__(self) -> str:
        return f"{self.draft}: {self.token[:6]}"
