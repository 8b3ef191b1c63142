"""What people may report."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from districts.models.departments import NamedQuerySet
from layers.models import UKRAINIAN, City


class Section(models.Model):
    """A part of the portal that takes reports: problems, which are routed, or ideas, which gather support."""

    PROBLEMS, IDEAS = "problems", "ideas"

    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="sections")
    code = models.CharField(max_length=20, choices=[(PROBLEMS, _("problems")), (IDEAS, _("ideas"))])
    name = models.CharField(_("name"), max_length=120, db_collation=UKRAINIAN)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints = [
            models.UniqueConstraint(fields=["city", "code"], name="section_code_in_city"),
            models.CheckConstraint(condition=Q(code__in=["problems", "ideas"]), name="section_code_is_known"),
        ]

    def __str__(self) -> str:
        return self.name


class ServiceQuerySet(NamedQuerySet["Service"]):
    def offered_in(self, city: City, section: str = Section.PROBLEMS) -> Self:
        """What people may report there in a section, grouped for a menu."""
        return self.filter(city=city, active=True, section__code=section).order_by("group", "name")


class Service(models.Model):
    """A category of problem that somebody answers for (Open311 service)."""

    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="services")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="services")
    code = models.CharField(max_length=120)
    name = models.CharField(_("name"), max_length=200, db_collation=UKRAINIAN)
    description = models.TextField(_("description"), blank=True)
    group = models.CharField(_("group"), max_length=120, blank=True, db_collation=UKRAINIAN)
    severity = models.PositiveSmallIntegerField(
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(3)],
        help_text=_("1 nuisance, 2 harm, 3 danger"),
    )
    keywords = models.CharField(_("keywords"), max_length=400, blank=True, help_text=_("separated by commas"))
    stopper = models.TextField(
        _("warning shown first"),
        max_length=500,
        blank=True,
        help_text=_("such as: gas smell? call 104 at once"),
    )
    wants_photo = models.BooleanField(_("resolving it needs a photo"), default=False)
    active = models.BooleanField(default=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ("code",)
        constraints = [
            models.UniqueConstraint(fields=["city", "code"], name="service_code_in_city"),
            models.CheckConstraint(condition=~Q(code=""), name="service_has_a_code"),
            models.CheckConstraint(condition=Q(severity__range=(1, 3)), name="service_severity_is_known"),
        ]

    def __str__(self) -> str:
        return self.name
