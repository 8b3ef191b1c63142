"""What departments fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.words import WordsField
from reports.models import TEXT_LIMIT


class StartForm(forms.Form):
    """Says that the work has begun, with a word about it if there is one."""

    reason = WordsField(
        label=_("A word about it"),
        help_text=_("You may leave this empty. Everybody will see it."),
        max_length=TEXT_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ResolveForm(forms.Form):
    """Says what was done."""

    reason = WordsField(
        label=_("What was done"),
        help_text=_("Everybody will see it. The sender may open the report again if it isn’t solved."),
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what was done; the sender and everybody else read it.")},
    )
