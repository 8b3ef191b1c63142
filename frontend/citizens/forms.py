"""What residents fill in."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from districts.models import Service, User
from frontend.citizens.resident_forms import PHOTO_TYPES, PhotosField, PhotosInput
from frontend.coordinates import CoordinatesForm
from frontend.guards import GuardedForm
from frontend.words import WordsField
from layers.models import City
from reports.actions import Submission
from reports.models import TEXT_LIMIT


class ServicesByGroup(ModelChoiceIterator):  # type: ignore[type-arg]  # generic in the stubs only
    """Services under the headings of their groups, those without one at the end."""

    def __iter__(self) -> Iterator[Any]:
        yield "", self.field.empty_label
        groups: dict[str, list[Any]] = {}
        for service in self.queryset:
            groups.setdefault(service.group, []).append(self.choice(service))
        loose = groups.pop("", [])
        yield from groups.items()
        yield from loose


class ServiceField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    iterator = ServicesByGroup


def address_field() -> WordsField:
    return WordsField(
        label=_("Address or landmark"),
        help_text=_("For example: 12 Soborna Street, by the second entrance"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def text_field() -> WordsField:
    """What happened, in words that everybody will see."""
    return WordsField(
        label=_("What happened?"),
        help_text=_(
            "Everybody will see this text. Leave out names, telephone numbers and other private details."
        ),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Describe the problem in a sentence or two."),
            "max_length": _(
                "Shorten the description to %(limit_value)d characters; now it has %(show_value)d."
            ),
        },
    )


def name_field() -> WordsField:
    return WordsField(
        label=_("Your name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


def email_field() -> forms.EmailField:
    return forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"invalid": _("Write the e-mail address in full, for example olena@example.org.")},
    )


class ReportForm(GuardedForm, CoordinatesForm):
    """Reports a problem: a place on the map, by coordinates or by address; what happened; who may be asked."""

    address = address_field()
    service = ServiceField(
        queryset=Service.objects.none(),
        to_field_name="code",
        label=_("What is it about?"),
        empty_label=_("Choose from the list"),
        error_messages={
            "required": _("Choose what the problem is about."),
            "invalid_choice": _("This choice is no longer offered; choose another one."),
        },
    )
    text = text_field()
    photos = PhotosField(
        label=_("Photos"),
        help_text=_(
            "Up to five: JPEG, PNG, WebP or HEIC, at most 20 MB each. Where they were taken is removed."
        ),
        required=False,
        widget=PhotosInput(attrs={"accept": PHOTO_TYPES}),
    )
    contact_name = name_field()
    contact_email = email_field()
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, city: City, person: User | None, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4(), **_contact(person), **kwargs.get("initial", {})}
        super().__init__(*args, city=city, **kwargs)
        self.person = person
        self.fields["service"].queryset = Service.objects.offered_in(city)  # type: ignore[attr-defined]

    def clean_key(self) -> str:
        """The token this form was served with; a fresh one where it was lost or spoilt on the way."""
        try:
            return str(UUID(self.cleaned_data["key"]))
        except ValueError:
            return str(uuid4())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        place_is_fine = not ({"lon", "lat", "address"} & self.errors.keys())
        if place_is_fine and cleaned["point"] is None and not cleaned.get("address"):
            self.add_error(None, _("Show the place on the map, or write an address or a landmark."))
        return cleaned

    def submission(self) -> Submission:
        """What the valid form says, ready to be sent."""
        said = self.cleaned_data
        return Submission(
            city=self.city,
            service=said["service"],
            text=said["text"],
            point=said["point"],
            address=said["address"],
            reporter=self.person,
            contact_name=said["contact_name"],
            contact_email=said["contact_email"],
            key=said["key"],
        )


def _contact(person: User | None) -> dict[str, str]:
    return {"contact_name": person.name, "contact_email": person.email} if person else {}
