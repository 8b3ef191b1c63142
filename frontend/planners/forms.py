"""What planners decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from districts.models import MOST_PERCENT, MOST_WEEKS, PriorityPolicy
from frontend.numbers import number


def percent(label: Any, hint: Any) -> forms.IntegerField:
    """How much something counts, from nothing to three times as much."""
    return number(label, 0, MOST_PERCENT, hint)


class WeightsForm(forms.ModelForm):  # type: ignore[type-arg]
    """How much each thing makes a report weigh on the heat map."""

    supporters_percent = percent(
        _("Supporters, percent"),
        _("100: two supporters double the weight, six triple it. 0: they don’t count."),
    )
    age_percent = percent(
        _("Waiting the longest, percent"),
        _("100: once it has waited all the weeks below, a report weighs twice as much."),
    )
    age_weeks = number(_("Weeks after which waiting longer adds nothing"), 1, MOST_WEEKS)
    reopened_percent = percent(
        _("Each reopening, percent"), _("50: the first reopening adds half, the second another half.")
    )
    merged_percent = percent(
        _("Merged duplicates, percent"), _("100: two duplicates double the weight, six triple it.")
    )

    class Meta:
        model = PriorityPolicy
        fields = ("supporters_percent", "age_percent", "age_weeks", "reopened_percent", "merged_percent")
