"""What residents fill in to propose an idea, and to look through those of others."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from districts import ideas
from districts.models import Service, User
from frontend.citizens.resident_forms import PHOTO_TYPES, PhotosField, PhotosInput
from frontend.coordinates import CoordinatesForm
from frontend.words import WordsField
from layers.models import City
from reports.actions import Submission
from reports.models import TEXT_LIMIT

LONGEST_TITLE = 140


class IdeaForm(CoordinatesForm):
    """Proposes something for a place of the city, in a sentence and as many more as one likes."""

    topic = forms.ModelChoiceField(
        queryset=Service.objects.none(),
        to_field_name="code",
        label=_("What is it about?"),
        empty_label=_("Choose from the list"),
        error_messages={
            "required": _("Choose what the idea is about."),
            "invalid_choice": _("This choice is no longer offered; choose another one."),
        },
    )
    title = WordsField(
        label=_("Your idea in one sentence"),
        help_text=_("For example: benches along the river"),
        max_length=LONGEST_TITLE,
        error_messages={"required": _("Write your idea in one sentence.")},
    )
    details = WordsField(
        label=_("Why, and how?"),
        help_text=_(
            "Everybody will see this text. Leave out names, telephone numbers and other private details."
        ),
        max_length=TEXT_LIMIT - LONGEST_TITLE - 2,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    address = WordsField(label=_("Address or landmark"), max_length=200, required=False)
    photos = PhotosField(
        label=_("Photos"),
        help_text=_(
            "Up to five: JPEG, PNG, WebP or HEIC, at most 20 MB each. Where they were taken is removed."
        ),
        required=False,
        widget=PhotosInput(attrs={"accept": PHOTO_TYPES}),
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False)
    shows_name = forms.BooleanField(label=_("Show my name beside the idea"), required=False)

    def __init__(self, *args: Any, city: City, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, city=city, **kwargs)
        topics = ideas.topics(city)
        self.fields["topic"].queryset = topics  # type: ignore[attr-defined]
        # A choice among one is none.
        if len(topics) < 2:
            del self.fields["topic"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        place_is_fine = not ({"lon", "lat", "address"} & self.errors.keys())
        if place_is_fine and cleaned["point"] is None and not cleaned.get("address"):
            self.add_error(None, _("Show the place on the map, or write an address or a landmark."))
        return cleaned

    def submission(self, by: User) -> Submission:
        """What the valid form says, in this person's name."""
        said = self.cleaned_data
        return Submission(
            city=self.city,
            service=said.get("topic") or ideas.first_topic(self.city),
            text="\n\n".join(filter(None, [" ".join(said["title"].split()), said["details"]])),
            point=said["point"],
            address=said["address"],
            reporter=by,
            shows_name=said["shows_name"],
            key=said["key"] or None,
        )
