"""What moderators fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.coordinates import CoordinatesForm
from frontend.words import WordsField
from reports.models import TEXT_LIMIT


class PlaceForm(CoordinatesForm):
    """Puts a report on the map; `cleaned_data["point"]` is its place in WGS84."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and cleaned["point"] is None:
            self.add_error(None, _("Choose the place on the map, or write its coordinates."))
        return cleaned


class RejectForm(forms.Form):
    """Says why a report isn't published."""

    reason = WordsField(
        label=_("Why it is not published"),
        help_text=_("The sender reads this. Say what to change, if it can be sent again."),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why the report is not published; its sender reads it.")},
    )
