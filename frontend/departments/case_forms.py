"""What is written around a report besides its steps: notes among staff, links for contractors."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from frontend.words import WordsField

LINK_DAYS = (3, 7, 14)
"""How long a link may be good; a signature never lasts longer than the longest (reports/answer_links.py)."""


class NoteForm(forms.Form):
    """A word among staff."""

    text = WordsField(
        label=_("Note for colleagues"),
        help_text=_("Only staff of the city will read it."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write the note.")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="id_note_%s")


class LinkForm(forms.Form):
    """Whom a link is for, and how long."""

    to = WordsField(
        label=_("For whom"),
        help_text=_(
            "The brigade’s or the firm’s name; your colleagues and whoever opens the link will see it."
        ),
        max_length=120,
        error_messages={"required": _("Write whom the link is for.")},
    )
    days = forms.TypedChoiceField(
        label=_("Good for"),
        coerce=int,
        initial=7,
        choices=[
            (days, ngettext_lazy("%(days)d day", "%(days)d days", "days") % {"days": days})
            for days in LINK_DAYS
        ],
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="id_link_%s")
