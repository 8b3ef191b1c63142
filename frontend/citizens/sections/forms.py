"""What residents fill in beside problems: a useful place, an idea."""

from django.utils.translation import gettext_lazy as _

from frontend.citizens.resident_forms import PHOTO_TYPES, PhotosField, PhotosInput
from frontend.place_fields import PlaceFields, details_field, hours_field, name_field
from reports.places import Suggestion


class PlaceForm(PlaceFields):
    """Suggests a useful place."""

    name = name_field(_("What is it called?"))
    details = details_field(_("What should people know?"))
    hours = hours_field(_("Opening hours"))
    photos = PhotosField(
        label=_("Photos"),
        help_text=_(
            "Up to five: JPEG, PNG, WebP or HEIC, at most 20 MB each. Where they were taken is removed."
        ),
        required=False,
        widget=PhotosInput(attrs={"accept": PHOTO_TYPES}),
    )

    def suggestion(self) -> Suggestion:
        """What the valid form says."""
        said = self.cleaned_data
        words = {name: said[name] for name in ("name", "address", "details", "hours", "phone", "website")}
        return Suggestion(
            city=self.city, kind=said["kind"], point=said["point"], photos=tuple(said["photos"]), **words
        )
