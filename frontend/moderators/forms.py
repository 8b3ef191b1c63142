"""What moderators fill in."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from districts.models import CannedText, Department, Purpose, Section, Service, User
from frontend.canned import canned_words
from frontend.coordinates import CoordinatesForm
from frontend.words import WordsField
from layers.models import City
from reports.models import TEXT_LIMIT


class PlaceForm(CoordinatesForm):
    """Puts a report on the map; `cleaned_data["point"]` is its place in WGS84."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and cleaned["point"] is None:
            self.add_error(None, _("Choose the place on the map, or write its coordinates."))
        return cleaned


class RejectForm(forms.Form):
    """Says why a report isn't published: in words of one's own, in a canned text's, or both."""

    canned = forms.ModelChoiceField(
        queryset=CannedText.objects.none(), label=_("A reason you use often"), required=False, empty_label="—"
    )
    reason = WordsField(
        label=_("Why it is not published"),
        help_text=_("The sender reads this. Say what to change, if it can be sent again."),
        max_length=TEXT_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, city: City, reporter: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reporter = reporter
        texts = CannedText.objects.filter(city=city, purpose=Purpose.REJECT)
        self.fields["canned"].queryset = texts  # type: ignore[attr-defined]
        if not texts.exists():
            del self.fields["canned"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        canned = cleaned.get("canned")
        cleaned["reason"] = "\n\n".join(
            filter(None, [canned_words(canned, self.reporter), cleaned.get("reason", "")])
        )
        if not cleaned["reason"] and not self.errors:
            self.add_error("reason", _("Write why the report is not published; its sender reads it."))
        return cleaned


class BesideForm(forms.Form):
    """One of the forms beside a report: its `name` tells its fields' identifiers from the others'."""

    name: ClassVar[str]

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id=f"id_{self.name}_%s")


class EditForm(BesideForm):
    """Changes the words everybody will read; what came in is kept."""

    name = "edit"
    text = WordsField(
        label=_("Text for everybody"),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Leave some words for everybody to read.")},
    )

    def __init__(self, data: Any = None, *, now: str = "") -> None:
        super().__init__(data)
        self.initial = {"text": now}


class RecategoriseForm(BesideForm):
    """Moves a report to another category."""

    name = "category"
    service = forms.ModelChoiceField(
        queryset=Service.objects.none(),
        to_field_name="code",
        label=_("Category"),
        error_messages={
            "required": _("Choose a category."),
            "invalid_choice": _("Choose a category of the list."),
        },
    )

    def __init__(self, data: Any = None, *, city: City, service: Service | None = None) -> None:
        super().__init__(data)
        self.initial = {"service": service.code if service else None}
        section = service.section.code if service else Section.PROBLEMS
        self.fields["service"].queryset = Service.objects.offered_in(city, section)  # type: ignore[attr-defined]


class MergeForm(BesideForm):
    """Says of which report this is a duplicate."""

    name = "merge"
    into = forms.IntegerField(
        label=_("Number of the other report"),
        min_value=1,
        max_value=2**62,
        error_messages={"required": _("Write the number of the other report.")},
    )


class UnmergeForm(BesideForm):
    """Says why this is no duplicate after all."""

    name = "unmerge"
    reason = WordsField(
        label=_("Why it is another problem"),
        max_length=2000,
        error_messages={"required": _("Please say why, in words for everybody.")},
    )


class AssignForm(forms.Form):
    """Sends a report that no rule answers for to a body."""

    to = forms.ModelChoiceField(
        queryset=Department.objects.none(),
        to_field_name="code",
        label=_("Who should have it"),
        error_messages={"required": _("Choose who should have it.")},
    )
    reason = WordsField(
        label=_("Why"),
        max_length=TEXT_LIMIT,
        error_messages={"required": _("Write why; everybody reads it.")},
    )

    def __init__(self, *args: Any, city: City, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = Department.objects.serving(city)  # type: ignore[attr-defined]


class PixelsField(forms.IntegerField):
    """A whole number of pixels; what is no such number is asked for in words."""

    def __init__(self, label: Any, least: int, said: Any) -> None:
        wrong = dict.fromkeys(("required", "invalid", "min_value", "max_value"), said)
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-5"}
        widget = forms.TextInput(attrs=attrs)
        super().__init__(label=label, min_value=least, max_value=10000, widget=widget, error_messages=wrong)


FROM_NOTHING = _("Write a whole number of pixels, from 0 to 10000.")
FROM_ONE = _("Write a whole number of pixels, from 1 to 10000.")


class MaskForm(forms.Form):
    """A rectangle of a photo to make unreadable, in pixels from the left upper corner."""

    x = PixelsField(_("From the left, pixels"), 0, FROM_NOTHING)
    y = PixelsField(_("From the top, pixels"), 0, FROM_NOTHING)
    width = PixelsField(_("Width, pixels"), 1, FROM_ONE)
    height = PixelsField(_("Height, pixels"), 1, FROM_ONE)

    def __init__(self, data: Any = None, *, photo: int) -> None:
        super().__init__(data, auto_id=f"%s-{photo}")
