"""Whole numbers in forms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def number(label: Any, low: int, high: int, hint: Any = "") -> forms.IntegerField:
    """A whole number in these bounds."""
    wrong = _("Write a whole number from %(low)d to %(high)d.") % {"low": low, "high": high}
    kinds = ("required", "invalid", "min_value", "max_value")
    return forms.IntegerField(
        label=label,
        min_value=low,
        max_value=high,
        help_text=hint,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(kinds, wrong),
    )
