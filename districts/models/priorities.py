"""How a city weighs the reports of its community."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from layers.models import City

MOST_PERCENT = 300
MOST_WEEKS = 104


def _percent(name: Any, default: int) -> "models.PositiveSmallIntegerField[Any, Any]":
    return models.PositiveSmallIntegerField(
        name, default=default, validators=[MaxValueValidator(MOST_PERCENT)]
    )


class PriorityPolicy(models.Model):
    """What makes reports weigh more in one city, in percent; a city without a row lives by the defaults."""

    city = models.OneToOneField(
        City, on_delete=models.CASCADE, related_name="priority_policy", primary_key=True
    )
    supporters_percent = _percent(_("percent for supporters"), 100)
    age_percent = _percent(_("percent for waiting the longest"), 100)
    age_weeks = models.PositiveSmallIntegerField(
        _("weeks after which waiting longer adds nothing"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_WEEKS)],
    )
    reopened_percent = _percent(_("percent for each reopening"), 50)
    merged_percent = _percent(_("percent for merged duplicates"), 50)

    class Meta:
        verbose_name = _("weights of the heat map")
        verbose_name_plural = _("weights of the heat map")
        constraints = [
            models.CheckConstraint(
                condition=Q(age_weeks__range=(1, MOST_WEEKS))
                & Q(supporters_percent__lte=MOST_PERCENT)
                & Q(age_percent__lte=MOST_PERCENT)
                & Q(reopened_percent__lte=MOST_PERCENT)
                & Q(merged_percent__lte=MOST_PERCENT),
                name="prioritypolicy_in_bounds",
            ),
        ]

    def __str__(self) -> str:
        return str(self.city)

    @classmethod
    def of(cls, city: City) -> "PriorityPolicy":
        """What the city has decided, the defaults where it has decided nothing."""
        return cls.objects.filter(city=city).first() or cls(city=city)
