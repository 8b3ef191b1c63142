"""Those who help to solve things besides the city: enterprises, NGOs, charities, businesses, neighbours."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from districts.models import User
from layers.models import UKRAINIAN, City
from reports.models.report import Report


class PartnerQuerySet(models.QuerySet["Partner"]):
    def public(self) -> Self:
        """Partners that the city shows."""
        return self.filter(published=True, city__live=True)


class Partner(models.Model):
    """An organisation that helps in a city; its people have the role of a partner there."""

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", _("communal enterprise")
        NGO = "ngo", _("non-governmental organisation")
        CHARITY = "charity", _("charity")
        BUSINESS = "business", _("business")

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="partners")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=160, db_collation=UKRAINIAN)
    description = models.TextField(_("description"), max_length=2000, blank=True)
    website = models.URLField(_("website"), blank=True)
    people = models.ManyToManyField(User, blank=True, related_name="partners")
    published = models.BooleanField(default=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class HelpOffer(models.Model):
    """Somebody offers to help with a report that welcomes it; the department accepts."""

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined with thanks")
        DONE = "done", _("done")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="help_offers")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="help_offers")
    partner = models.ForeignKey(
        Partner, on_delete=models.SET_NULL, null=True, blank=True, related_name="help_offers"
    )
    text = models.TextField(_("how"), max_length=1000)
    day = models.DateField(_("day"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OFFERED)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("offer of help")
        verbose_name_plural = _("offers of help")
        ordering = ("at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "user"],
                condition=Q(state__in=["offered", "accepted"]),
                name="helpoffer_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["offered", "accepted", "declined", "done"]),
                name="helpoffer_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner or self.user}: {self.report}"
