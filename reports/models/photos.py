"""Pictures of a report, as the public may see them."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from districts.models import User
from reports.models.history import StatusChange
from reports.models.people import Comment, Objection
from reports.models.report import Report, new_token

MOST_PHOTOS = 5


class PhotoQuerySet(models.QuerySet["Photo"]):
    def public(self) -> Self:
        """Photos of public reports that no moderator hid; with a comment, only one that was let through."""
        shown = Q(comment=None) | Q(comment__state=Comment.State.PUBLISHED)
        return self.filter(shown, report__in=Report.objects.public(), hidden=False)

    def visible_to(self, user: User | None) -> Self:
        """Public ones, those of one's own reports, and for staff all of their cities'."""
        if user is None:
            return self.public()
        public = self.public().values("pk")
        return self.filter(
            Q(pk__in=public) | Q(report__reporter=user) | Q(report__city__in=user.staff_city_ids())
        )


class Photo(models.Model):
    """A picture, re-encoded without anything but its pixels; `original` is the same before a moderator masked it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="photos")
    change = models.ForeignKey(
        StatusChange, on_delete=models.SET_NULL, null=True, blank=True, related_name="photos"
    )
    comment = models.ForeignKey(
        Comment, on_delete=models.CASCADE, null=True, blank=True, related_name="photos"
    )
    objection = models.ForeignKey(
        Objection, on_delete=models.CASCADE, null=True, blank=True, related_name="photos"
    )
    role = models.CharField(
        max_length=10,
        choices=[("problem", _("of the problem")), ("outcome", _("of the outcome"))],
        default="problem",
    )
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    token = models.CharField(max_length=40, unique=True, default=new_token)
    original = models.FileField(upload_to="photos/original")
    image = models.FileField(upload_to="photos/shown", blank=True)
    thumbnail = models.FileField(upload_to="photos/small", blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    masks = models.JSONField(
        default=list, blank=True, help_text=_("rectangles made unreadable: x, y, width, height in pixels")
    )
    hidden = models.BooleanField(default=False, help_text=_("kept from the public by a moderator"))
    at = models.DateTimeField(default=timezone.now)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ("at", "pk")
        constraints = [models.CheckConstraint(condition=~Q(original=""), name="photo_has_a_file")]

    def __str__(self) -> str:
        return f"{self.report}: {self.token[:6]}"
