"""Bodies that answer for services."""

from typing import Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from layers.models import UKRAINIAN, City

Row = TypeVar("Row", bound=models.Model)


class NamedQuerySet(models.QuerySet[Row]):
    """Things that files call by code or by name."""

    def called(self, text: str) -> Row | None:
        """The one with this code, else the only one with this name in any language; None where none or several fit."""
        by_code = self.filter(code=text).first()
        if by_code is not None:
            return by_code
        named = list(self.filter(Q(name_uk__iexact=text) | Q(name_en__iexact=text))[:2])
        return named[0] if len(named) == 1 else None


class DepartmentQuerySet(NamedQuerySet["Department"]):
    def serving(self, city: City) -> Self:
        """The city's own bodies and those that serve every city."""
        return self.filter(Q(city=city) | Q(city=None))


class Department(models.Model):
    """A body that answers for services (Open311 `agency_responsible`); without a city it serves all of them."""

    city = models.ForeignKey(
        City, on_delete=models.PROTECT, null=True, blank=True, related_name="departments"
    )
    code = models.CharField(max_length=120)
    name = models.CharField(_("name"), max_length=200, db_collation=UKRAINIAN)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ("code",)
        constraints = [
            models.UniqueConstraint(
                fields=["city", "code"], name="department_code_in_city", nulls_distinct=False
            ),
            models.CheckConstraint(condition=~Q(code=""), name="department_has_a_code"),
        ]

    def __str__(self) -> str:
        return self.name
