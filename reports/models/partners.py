"""Those who help to solve things besides the city: enterprises, NGOs, charities, businesses, neighbours."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from districts.models import Role, User
from layers.models import UKRAINIAN, City
from reports import workflow
from reports.models.report import Report


class PartnerQuerySet(models.QuerySet["Partner"]):
    def public(self) -> Self:
        """Partners that the city shows."""
        return self.filter(published=True, city__live=True)

    def visible_to(self, user: User | None) -> Self:
        """What this person may see: public ones, their own, and all of the cities they moderate."""
        if user is None:
            return self.public()
        if user.is_superuser:
            return self.all()
        moderated = {role.city_id for role in user.roles if role.role in (Role.MODERATOR, Role.ADMINISTRATOR)}
        own = Partner.people.through.objects.filter(user=user, partner=OuterRef("pk"))
        return self.filter(
            Q(published=True, city__live=True) | Q(city__in=moderated) | Exists(own),
        )


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


class HelpOfferQuerySet(models.QuerySet["HelpOffer"]):
    def public(self) -> Self:
        """Help that was accepted or given, for reports that everybody sees."""
        return self.filter(
            state__in=[HelpOffer.State.ACCEPTED, HelpOffer.State.DONE],
            report__status__in=workflow.PUBLIC,
            report__private=False,
            report__city__live=True,
        )

    def waiting_without_department(self, city: City) -> Self:
        """Offers for ideas and reports that lie with nobody: the moderators answer them."""
        return self.filter(report__city=city, report__department=None, state=HelpOffer.State.OFFERED)


class HelpOffer(models.Model):
    """Somebody offers to help with a report or an idea, or to hold a clean-up day; the department accepts."""

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined with thanks")
        WITHDRAWN = "withdrawn", _("withdrawn")
        DONE = "done", _("done")

    STANDING = (State.OFFERED, State.ACCEPTED)
    """What still can be answered, done or withdrawn."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="help_offers")
    user = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="help_offers",
        help_text=_("nobody once the account is deleted"),
    )  # fmt: skip
    partner = models.ForeignKey(
        Partner, on_delete=models.SET_NULL, null=True, blank=True, related_name="help_offers"
    )
    text = models.TextField(_("how"), max_length=1000)
    day = models.DateField(_("day"), null=True, blank=True)
    cleanup = models.BooleanField(
        default=False, db_default=False, help_text=_("a day on which neighbours clean up together")
    )
    shows_name = models.BooleanField(
        default=False, db_default=False, help_text=_("its helper wants to be named")
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.OFFERED)
    at = models.DateTimeField(default=timezone.now)

    objects = HelpOfferQuerySet.as_manager()

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
                condition=Q(state__in=["offered", "accepted", "declined", "withdrawn", "done"]),
                name="helpoffer_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(cleanup=False) | Q(day__isnull=False), name="helpoffer_cleanup_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner or self.user}: {self.report}"

    @property
    def named(self) -> str:
        """Who helps, as far as everybody may know: the published partner, or a person who wants to be named."""
        if self.partner is not None and self.partner.published:
            return str(self.partner)
        return self.user.name if self.shows_name and self.user is not None else ""

    @property
    def stands(self) -> bool:
        """Whether it still can be answered, done or withdrawn."""
        return self.state in self.STANDING

    @property
    def is_ahead(self) -> bool:
        """Whether it is an accepted clean-up day that is yet to come, or today."""
        ahead = self.day is not None and self.day >= timezone.localdate()
        return self.cleanup and self.state == self.State.ACCEPTED and ahead


class CleanupGuest(models.Model):
    """Somebody who comes to a clean-up day."""

    offer = models.ForeignKey(HelpOffer, on_delete=models.CASCADE, related_name="guests")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="cleanups")
    shows_name = models.BooleanField(default=False, db_default=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("guest of a clean-up")
        verbose_name_plural = _("guests of clean-ups")
        ordering = ("at", "pk")
        constraints = [models.UniqueConstraint(fields=["offer", "user"], name="cleanupguest_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.offer}"
