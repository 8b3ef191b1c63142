"""What keeps the portal usable for everybody: counts of attempts, and who may not send for a while."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from districts.models import User
from layers.models import City


class AttemptCount(models.Model):
    """How often somebody did a thing in the hour since then; `who` is a digest that only the portal can make."""

    act = models.CharField(max_length=20)
    who = models.CharField(max_length=64)
    since = models.DateTimeField(default=timezone.now)
    number = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("count of attempts")
        verbose_name_plural = _("counts of attempts")
        constraints = [models.UniqueConstraint(fields=["act", "who"], name="attemptcount_once")]
        indexes = [models.Index(fields=["since"], name="attemptcount_age")]

    def __str__(self) -> str:
        return f"{self.act}: {self.number}"


class BlockedSenderQuerySet(models.QuerySet["BlockedSender"]):
    def in_force(self, now: datetime) -> Self:
        """Blocks that nobody lifted and whose day hasn't come."""
        return self.filter(Q(until=None) | Q(until__gt=now), lifted_at=None)


class BlockedSender(models.Model):
    """Somebody whose words a city doesn't take for a while; lifted, never deleted."""

    class Kind(models.TextChoices):
        EMAIL = "email", _("e-mail address")
        DOMAIN = "domain", _("domain of e-mail addresses")
        NETWORK = "network", _("network address")

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="blocked_senders")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    value = models.CharField(max_length=254, help_text=_("in small letters; networks in CIDR notation"))
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = BlockedSenderQuerySet.as_manager()

    class Meta:
        verbose_name = _("blocked sender")
        verbose_name_plural = _("blocked senders")
        ordering = ("-at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["email", "domain", "network"]), name="blockedsender_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("at")), name="blockedsender_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return self.value

    @property
    def is_in_force(self) -> bool:
        return self.lifted_at is None and (self.until is None or self.until > timezone.now())
