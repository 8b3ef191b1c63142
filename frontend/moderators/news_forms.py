"""What moderators fill in to tell the city something."""

from typing import Any

from django import forms
from django.contrib.gis.geos import MultiPolygon
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from districts.models import District
from frontend.coordinates import CoordinatesForm
from frontend.words import WordsField
from layers.models import City
from reports.announcements import Message, area_around, area_of
from reports.errors import OutsideTheCity
from reports.models import Announcement

NOWHERE, KEPT, DISTRICTS, CIRCLE = "city", "kept", "districts", "circle"
WORDS = ("title_uk", "title_en", "text_uk", "text_en")
LOCAL_TIME = "%Y-%m-%dT%H:%M"


def _title(label: Any, **more: Any) -> WordsField:
    return WordsField(
        label=label, max_length=160, error_messages={"required": _("Write what it is about.")}, **more
    )


def _text(label: Any, **more: Any) -> WordsField:
    return WordsField(
        label=label,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write what people should know.")},
        **more,
    )


def _moment(label: Any, **more: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL_TIME),
        error_messages={
            "required": _("Give the day and the time."),
            "invalid": _("Write the day and the time like 2026-12-31 14:05."),
        },
        **more,
    )


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, str(capfirst(kind.label))) for kind in Announcement.Kind]


class AreaForm(CoordinatesForm):
    """Asks for which part of the city something holds; `cleaned_data["area"]` is WGS84, None for all of it."""

    area_by = forms.ChoiceField(
        label=_("For which part of the city?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose for which part of the city it holds.")},
    )
    districts = forms.ModelMultipleChoiceField(
        queryset=District.objects.none(),
        label=_("Districts"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("One of these districts no longer exists; choose again.")},
    )
    radius_m = forms.IntegerField(
        label=_("Radius, metres"),
        required=False,
        min_value=20,
        max_value=50_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "min_value": _("A circle has 20 to 50,000 metres."),
            "max_value": _("A circle has 20 to 50,000 metres."),
            "invalid": _("Write a whole number of metres."),
        },
    )

    def __init__(self, *args: Any, city: City, known: MultiPolygon | None = None, **kwargs: Any) -> None:
        super().__init__(*args, city=city, **kwargs)
        self.known = known
        here = District.objects.filter(city=city).within_the_city().on(timezone.localdate())
        self.fields["districts"].queryset = here.order_by("set__name", "name")  # type: ignore[attr-defined]
        kept = [(KEPT, _("The area it has now"))] if known else []
        choices = [(NOWHERE, _("The whole city")), (DISTRICTS, _("Some districts")), (CIRCLE, _("A circle"))]
        self.fields["area_by"].choices = [*kept, *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["area"] = self._area(cleaned)
        return cleaned

    def _area(self, said: dict[str, Any]) -> MultiPolygon | None:
        match said.get("area_by"):
            case "kept":
                return self.known
            case "districts":
                return self._of_districts(said)
            case "circle":
                return self._around(said)
        return None

    def _of_districts(self, said: dict[str, Any]) -> MultiPolygon | None:
        if said.get("districts"):
            return area_of(said["districts"])
        if "districts" not in self.errors:
            self.add_error("districts", _("Choose at least one district."))
        return None

    def _around(self, said: dict[str, Any]) -> MultiPolygon | None:
        if said.get("radius_m") is None and "radius_m" not in self.errors:
            self.add_error("radius_m", _("Write how many metres the circle reaches."))
        if said["point"] is None and not {"lon", "lat"} & self.errors.keys():
            self.add_error(None, _("Choose the middle of the circle on the map, or write its coordinates."))
        if self.errors:
            return None
        try:
            return area_around(self.city, said["point"], said["radius_m"])
        except OutsideTheCity as refusal:
            self.add_error(None, str(refusal))
            return None


class NewsForm(AreaForm):
    """A message of the city in both languages, with its time and its area."""

    kind = forms.ChoiceField(label=_("Kind"), choices=_kinds)
    title_uk = _title(_("Title in Ukrainian"))
    title_en = _title(_("Title in English"), required=False)
    text_uk = _text(_("Text in Ukrainian"))
    text_en = _text(_("Text in English"), required=False)
    starts_at = _moment(_("From"))
    ends_at = _moment(_("Until"), required=False, help_text=_("Leave it empty if nobody knows."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("It ends before it begins; give a later time."))
        return cleaned

    def message(self) -> Message:
        """What the valid form says."""
        said = self.cleaned_data
        words = {name: said[name] for name in ("kind", "starts_at", "ends_at", "area", *WORDS)}
        return Message(**words)


def as_it_is(message: Announcement) -> dict[str, Any]:
    """The message as the form shows it before anybody changed a word."""
    words = {name: getattr(message, name) for name in ("kind", "starts_at", "ends_at", *WORDS)}
    return words | {"area_by": KEPT if message.area else NOWHERE}


def blank() -> dict[str, Any]:
    """What a new message begins with."""
    return {"starts_at": timezone.now(), "area_by": NOWHERE, "radius_m": 300}
