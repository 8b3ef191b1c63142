"""What somebody fills in who wants to help: on a report's page, and at the partners' desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.words import WordsField


def day_field(label: Any, hint: Any, missing: Any = "") -> forms.DateField:
    """A day; it may be left out where nothing says it is missed."""
    return forms.DateField(
        label=label,
        help_text=hint,
        required=bool(missing),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": missing, "invalid": _("Write the day like 2026-12-31.")},
    )


def how_field(label: Any, hint: Any, missing: Any) -> WordsField:
    """How somebody helps, in words for everybody."""
    return WordsField(
        label=label,
        help_text=hint,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": missing},
    )


class OfferForm(forms.Form):
    """How, and when, somebody can help."""

    text = how_field(
        _("How you can help"),
        _(
            "Everybody will see it once your offer is accepted. The department also sees your name and e-mail."
        ),
        _("Write how you can help."),
    )
    day = day_field(_("When"), _("The day you can come, if you know it."))
