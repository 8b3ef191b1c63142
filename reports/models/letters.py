"""The outbox: one row for each event and recipient, written by the transaction that made the event."""

from datetime import datetime
from typing import Self, cast

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from districts.models import Department, Membership, User
from layers.models import City
from reports.models.history import StatusChange
from reports.models.partners import HelpOffer
from reports.models.people import Follower
from reports.models.report import Report


class LetterQuerySet(models.QuerySet["Letter"]):
    def to_send(self) -> Self:
        """Neither sent nor refused for good; not to followers who have stopped the letters since."""
        stopped = Q(audience="follower", follower=None)
        return self.filter(sent_at=None, failure="").exclude(stopped)

    def refused(self, since: datetime) -> Self:
        """Letters of that time whose address the mail server refused for good, newest first."""
        return self.exclude(failure="").filter(created_at__gte=since).order_by("-created_at", "-pk")

    def with_what_it_tells(self) -> Self:
        """The same with all that their words need, in one question."""
        return self.select_related(
            "report__city", "report__service", "change", "follower", "department", "membership__city"
        )


class Letter(models.Model):
    """A letter to send; its Message-ID stays the same however often sending is tried."""

    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, null=True, blank=True, related_name="letters"
    )
    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, null=True, blank=True, related_name="letters"
    )
    event = models.CharField(max_length=60, help_text=_("what it tells of, such as change:12"))
    change = models.ForeignKey(
        StatusChange, on_delete=models.CASCADE, null=True, blank=True, related_name="letters"
    )
    offer = models.ForeignKey(
        HelpOffer, on_delete=models.CASCADE, null=True, blank=True, related_name="letters"
    )
    audience = models.CharField(max_length=20)
    address = models.EmailField()
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    department = models.ForeignKey(
        Department, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    follower = models.ForeignKey(Follower, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=5, default="uk")
    message_id = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    send_after = models.DateTimeField(default=timezone.now)
    daily = models.BooleanField(default=False, help_text=_("waits for the day's digest"))
    sent_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(
        max_length=300, blank=True, help_text=_("why the mail server refused it for good")
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = [
            models.Index(fields=["send_after"], condition=Q(sent_at=None, failure=""), name="letter_waits"),
            models.Index(fields=["created_at"], condition=~Q(failure=""), name="letter_refused"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["event", "address"], name="letter_once_for_each_event"),
            models.CheckConstraint(
                condition=Q(report__isnull=False, membership=None) | Q(report=None, membership__isnull=False),
                name="letter_is_of_a_report_or_an_invitation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.address}"

    @property
    def city(self) -> City:
        """The city whose letter it is."""
        about = cast(Report | Membership, self.report or self.membership)
        return about.city
