"""The field in which people write words that others will read."""

from typing import Any

from django import forms

from reports.text import clean


class WordsField(forms.CharField):
    """Text fit to be kept and shown everywhere: without control characters and what turns the line around."""

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(value) or "")
