"""What residents say about a report that is there already."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.coordinates import CoordinatesForm
from frontend.words import WordsField
from reports.errors import Refused
from reports.models import MOST_PHOTOS, TEXT_LIMIT
from reports.photos import Prepared, prepare

PHOTO_TYPES = "image/jpeg,image/png,image/webp,image/heic,image/heif"


def words(label: Any, missing: Any, rows: int = 3, most: int = 2000) -> WordsField:
    """A field for words that everybody will read."""
    return WordsField(
        label=label,
        help_text=_("Everybody will see this text."),
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
    )


def photo_field() -> forms.FileField:
    return forms.FileField(
        label=_("Photo"),
        help_text=_("JPEG, PNG, WebP or HEIC, at most 20 MB. Where it was taken is removed from the file."),
        required=False,
        widget=forms.FileInput(attrs={"accept": PHOTO_TYPES}),
    )


class PhotosInput(forms.ClearableFileInput):
    template_name = "django/forms/widgets/file.html"
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several photos, each read and made safe; `cleaned_data` holds them prepared."""

    widget = PhotosInput

    def clean(self, data: Any, initial: Any = None) -> list[Prepared]:
        files = [file for file in (data or []) if file]
        if len(files) > MOST_PHOTOS:
            raise forms.ValidationError(_("Choose at most %(number)s photos.") % {"number": MOST_PHOTOS})
        try:
            return [prepare(super(PhotosField, self).clean(file, initial)) for file in files]
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class CommentForm(forms.Form):
    prefix = "comment"
    text = words(_("Your comment"), _("Write your comment."))


class AnswerForm(forms.Form):
    prefix = "answer"
    text = words(_("Your answer"), _("Write your answer."))


class FlagForm(forms.Form):
    prefix = "flag"
    reason = WordsField(
        label=_("What is wrong with it?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write what is wrong with it.")},
    )


class ObjectionForm(CoordinatesForm):
    """A neighbour's word that it isn't solved, with a photo or from nearby."""

    prefix = "objection"
    reason = words(_("What is still wrong?"), _("Write what is still wrong."))
    photo = photo_field()


class ReopenForm(forms.Form):
    """Says why a report that was called solved is not."""

    reason = WordsField(
        label=_("What is still wrong?"),
        help_text=_("Everybody will see this text."),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what is still wrong, so that the department knows what to do.")},
    )
    photo = photo_field()
