"""Pictures of a report, as the public may see them."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from districts.models import User
from reports.models.history import StatusChange
from reports.models.people import Comment, Objection
from reports.models.report import Report, new_token

MOST_PHOTOS = 5


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

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ("at", "pk")
        constraints = [models.CheckConstraint(condition=~Q(original=""), name="photo_has_a_file")]

    def __str__(self) -> str:
        return f"{self.report}: {self.token[:6]}"
