"""What residents fill in who want to help with a report or to hold a clean-up day."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.help_forms import OfferForm, day_field, how_field


def show_name_field() -> forms.BooleanField:
    return forms.BooleanField(label=_("Show my name on this page"), required=False)


class HelpForm(OfferForm):
    """«I will help»."""

    prefix = "help"
    shows_name = show_name_field()


class CleanupForm(forms.Form):
    """A day on which neighbours clean up together."""

    prefix = "cleanup"
    day = day_field(_("Day of the clean-up"), "", _("Choose the day of the clean-up."))
    text = how_field(
        _("What neighbours should know"),
        _("When and where you meet, what to bring. The department also sees your name and e-mail."),
        _("Write when and where you meet."),
    )
    shows_name = show_name_field()

    def clean(self) -> dict[str, Any]:
        return {**self.cleaned_data, "cleanup": True}
