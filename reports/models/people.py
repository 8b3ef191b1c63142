"""People around a report besides its reporter."""

from django.contrib.gis.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from districts.models import User
from layers.checks import geometry_checks
from layers.geometry import WGS84
from reports.models.history import StatusChange
from reports.models.report import Report, new_token


class Support(models.Model):
    """Somebody who has the same problem; one for each person and report."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="supports")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="supports")
    came_from = models.ForeignKey(
        Report, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        help_text=_("the duplicate that brought it, so that a merge can be undone"),
    )  # fmt: skip
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("supports")
        constraints = [models.UniqueConstraint(fields=["report", "user"], name="support_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.report}"


class Follower(models.Model):
    """Somebody who hears of every change: a registered person, or an address; the token stops it with one click."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="followers")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="following")
    email = models.EmailField(blank=True)
    came_from = models.ForeignKey(Report, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    token = models.CharField(max_length=40, unique=True, default=new_token)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "user"], condition=Q(user__isnull=False), name="follower_once"
            ),
            models.UniqueConstraint(
                fields=["report", "email"], condition=~Q(email=""), name="follower_address_once"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, email="") | (Q(user=None) & ~Q(email="")),
                name="follower_is_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user or self.email}: {self.report}"

    @property
    def address(self) -> str:
        return self.user.email if self.user else self.email


class Objection(models.Model):
    """A resident who says that a closed report isn't solved, with a photo or from nearby; counted for that closing."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="objections")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="objections")
    against = models.ForeignKey(StatusChange, on_delete=models.CASCADE, related_name="objections")
    reason = models.TextField(_("reason"), max_length=2000)
    point = models.PointField(srid=WGS84, null=True, blank=True, spatial_index=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        constraints = [
            models.UniqueConstraint(fields=["against", "user"], name="objection_once"),
            *geometry_checks("objection", "point", optional=True),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.report}"


class Comment(models.Model):
    """What somebody says about a report; residents' comments are shown once a moderator let them through."""

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        PUBLISHED = "published", _("published")
        REJECTED = "rejected", _("rejected")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="comments")
    department = models.ForeignKey(
        "districts.Department", on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        help_text=_("in whose name it speaks: an official answer"),
    )  # fmt: skip
    text = models.TextField(_("text"), max_length=2000)
    state = models.CharField(max_length=12, choices=State.choices, default=State.RECEIVED)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ("at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["received", "published", "rejected"]), name="comment_state_is_known"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.text[:40]}"


class AbuseFlag(models.Model):
    """Somebody says that a report or a comment breaks the rules; a moderator looks at it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="abuse_flags")
    comment = models.ForeignKey(
        Comment, on_delete=models.CASCADE, null=True, blank=True, related_name="abuse_flags"
    )
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)
    at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("abuse flag")
        verbose_name_plural = _("abuse flags")

    def __str__(self) -> str:
        return f"{self.report}: {self.reason[:40]}"
