"""What moderators fill in about a useful place."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.place_fields import PlaceFields, details_field, hours_field, name_field
from frontend.words import WordsField
from reports.models import Place
from reports.places import Facts

WORDS = (
    "name_uk",
    "name_en",
    "details_uk",
    "details_en",
    "hours_uk",
    "hours_en",
    "address",
    "phone",
    "website",
)


class PlaceEditForm(PlaceFields):
    """Everything that is told of a place, in both languages."""

    name_uk = name_field(_("Name in Ukrainian"))
    name_en = name_field(_("Name in English"), required=False)
    details_uk = details_field(_("Details in Ukrainian"))
    details_en = details_field(_("Details in English"))
    hours_uk = hours_field(_("Opening hours in Ukrainian"))
    hours_en = hours_field(_("Opening hours in English"))

    def facts(self) -> Facts:
        """What the valid form says."""
        said = self.cleaned_data
        return Facts(kind=said["kind"], point=said["point"], **{name: said[name] for name in WORDS})


def as_it_is(place: Place) -> dict[str, Any]:
    """The place as the form shows it before anybody changed a word."""
    words = {name: getattr(place, name) for name in WORDS}
    return words | {"kind": place.kind.code, "lon": place.point.x, "lat": place.point.y}


class PlaceRejectForm(forms.Form):
    """Says why a place isn't shown."""

    reason = WordsField(
        label=_("Why the place is not published"),
        max_length=300,
        error_messages={"required": _("Write why the place is not published.")},
    )
