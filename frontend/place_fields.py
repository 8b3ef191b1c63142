"""What people are asked about a useful place, whoever writes it down."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.coordinates import CoordinatesForm
from frontend.words import WordsField
from layers.models import City
from reports.models import PlaceKind


class PlaceFields(CoordinatesForm):
    """The kind of a place, where it is and how it is reached; a valid form has a point."""

    kind = forms.ModelChoiceField(
        queryset=PlaceKind.objects.none(),
        to_field_name="code",
        label=_("What kind of place is it?"),
        empty_label=_("Choose from the list"),
        error_messages={
            "required": _("Choose what kind of place it is."),
            "invalid_choice": _("This choice is no longer offered; choose another one."),
        },
    )
    address = WordsField(label=_("Address"), max_length=200, required=False)
    phone = WordsField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    website = forms.URLField(
        label=_("Website"),
        max_length=200,
        required=False,
        assume_scheme="https",
        error_messages={
            "invalid": _("Write the website's address in full, for example https://example.org.")
        },
    )

    def __init__(self, *args: Any, city: City, **kwargs: Any) -> None:
        super().__init__(*args, city=city, **kwargs)
        self.fields["kind"].queryset = PlaceKind.objects.of(city)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not ({"lon", "lat"} & self.errors.keys()) and cleaned["point"] is None:
            self.add_error(None, _("Choose the place on the map, or write its coordinates."))
        return cleaned


def name_field(label: Any, **more: Any) -> WordsField:
    """What a place is called."""
    missing = _("Write what the place is called.")
    return WordsField(label=label, max_length=160, error_messages={"required": missing}, **more)


def details_field(label: Any) -> WordsField:
    return WordsField(label=label, max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}))


def hours_field(label: Any) -> WordsField:
    return WordsField(
        label=label, help_text=_("For example: Mon–Fri 9:00–18:00"), max_length=200, required=False
    )
