"""What each page of reporting asks; a form filled with a draft's data tells whether that page is done."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from districts.models import Policy, Reporters, Service, User
from frontend.citizens.forms import address_field, email_field, name_field, text_field
from frontend.citizens.resident_forms import PHOTO_TYPES, PhotosField, PhotosInput
from frontend.coordinates import CoordinatesForm
from frontend.guards import GuardedForm
from frontend.words import WordsField
from layers.models import City
from reports.borders import refuse_outside
from reports.errors import MayNotReport, OutsideTheCity


class PlaceForm(CoordinatesForm):
    """A place in the city: a point, or at least an address that a moderator can find."""

    address = address_field()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if {"lon", "lat", "address"} & self.errors.keys():
            return cleaned
        if cleaned["point"] is None and not cleaned.get("address"):
            self.add_error(None, _("Show the place on the map, or write an address or a landmark."))
        elif cleaned["point"] is not None:
            try:
                refuse_outside(self.city, cleaned["point"])
            except OutsideTheCity as outside:
                self.add_error(None, str(outside))
        return cleaned

    def said(self) -> dict[str, Any]:
        """What the valid form says, as a draft keeps it."""
        return {name: self.cleaned_data[name] for name in ("lon", "lat", "address")}


class WhatForm(forms.Form):
    """A category and a description."""

    text = text_field()
    service = forms.ModelChoiceField(
        queryset=Service.objects.none(),
        to_field_name="code",
        label=_("What is it about?"),
        error_messages={
            "required": _("Choose what the problem is about."),
            "invalid_choice": _("This choice is no longer offered; choose another one."),
        },
    )

    def __init__(self, *args: Any, city: City, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = Service.objects.offered_in(city)  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """What the valid form says, as a draft keeps it."""
        return {"text": self.cleaned_data["text"], "service": self.cleaned_data["service"].code}


class PhotosForm(forms.Form):
    """Photos to add to those that the draft has."""

    photos = PhotosField(
        label=_("Add photos"),
        help_text=_(
            "JPEG, PNG, WebP or HEIC, at most 20 MB each. Where they were taken is removed from the files."
        ),
        required=False,
        widget=PhotosInput(attrs={"accept": PHOTO_TYPES}),
    )


class ContactForm(forms.Form):
    """Who may be asked about the report, as far as the city wants to know."""

    contact_name = name_field()
    contact_email = email_field()
    contact_phone = WordsField(
        label=_("Phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    shows_name = forms.BooleanField(label=_("Show my name beside the report"), required=False)
    on_behalf = forms.BooleanField(label=_("I write this down for somebody else"), required=False)

    def __init__(self, data: Any = None, *, city: City, person: User | None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.city, self.person = city, person
        self.reporters = Policy.of(city).reporters
        if person is None or city.pk not in person.staff_city_ids():
            del self.fields["on_behalf"]
        if person is None and self.reporters == Reporters.CONFIRMED:
            email = self.fields["contact_email"]
            email.required = True
            email.help_text = _("In this city a report counts once its sender has confirmed the address.")
            email.error_messages["required"] = _(
                "Please leave an e-mail address; we send a link to confirm it."
            )

    @property
    def must_sign_in(self) -> bool:
        return self.person is None and self.reporters == Reporters.REGISTERED

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.must_sign_in:
            raise forms.ValidationError(str(MayNotReport.without_account()))
        if cleaned.get("shows_name") and not (cleaned.get("contact_name") or "contact_name" in self.errors):
            self.add_error("contact_name", gettext("Write the name that everybody may see."))
        return cleaned

    def said(self) -> dict[str, Any]:
        """What the valid form says, as a draft keeps it."""
        return dict(self.cleaned_data)


class CheckForm(GuardedForm):
    """The last page: nothing more is asked, all is sent. It isn't timed: the pages before took their time."""

    served = None  # type: ignore[assignment]  # how Django leaves an inherited field out
