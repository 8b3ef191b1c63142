"""Forms for what a city writes in two languages."""

from typing import Any

from django import forms

from frontend.words import WordsField


def words(label: Any, limit: int, hint: Any = "", missing: Any = None, rows: int = 0) -> WordsField:
    """A text of at most so many characters; it may be left out where nothing says it is missed."""
    return WordsField(
        label=label,
        max_length=limit,
        help_text=hint,
        required=missing is not None,
        widget=forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(),
        error_messages={"required": missing or ""},
    )
