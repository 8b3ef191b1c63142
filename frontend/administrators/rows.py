"""Forms for what a city writes in two languages."""

from typing import Any, ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Model, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from frontend.words import WordsField
from layers.models import City


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


class CodedForm(forms.ModelForm):  # type: ignore[type-arg]
    """A row that files and addresses call by a code, made from its English name where none is given; it stays."""

    code_words: ClassVar[str] = "name_en"
    within: ClassVar[str] = "city"
    """The field that names the rows among which the code tells this one apart."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["code"]

    def siblings(self) -> "QuerySet[Any]":
        """The rows among which the code tells this one apart."""
        rows: QuerySet[Any] = self.Meta.model.objects.filter(  # type: ignore[attr-defined]
            **{self.within: getattr(self.instance, self.within)}
        )
        return rows

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "code" in self.fields and "code" not in self.errors:
            cleaned["code"] = cleaned.get("code") or self.made_from(cleaned.get(self.code_words) or "")
            if not cleaned["code"]:
                self.add_error(
                    "code", _("Write a code in Latin letters, or the English text to make it from.")
                )
            elif self.siblings().filter(code=cleaned["code"]).exists():
                self.add_error("code", _("Another one has this code already; choose a different one."))
        return cleaned

    def made_from(self, text: str) -> str:
        """A code that these words make; empty where they hold no Latin letter or digit."""
        return slugify(text)[:60].strip("-")


def code_field(pattern: str, hint: Any, limit: int = 60) -> forms.CharField:
    """Asks for the code of a new row, which may be left empty."""
    wrong = _("Use small Latin letters, digits and hyphens or underscores only, as in the example.")
    return forms.CharField(
        label=_("Code"),
        help_text=hint,
        required=False,
        max_length=limit,
        validators=[RegexValidator(pattern, wrong)],
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


def of_city(row: Model, city: City) -> Any:
    """The row as one of the city's, for forms that don't ask for the city."""
    row.city = city  # type: ignore[attr-defined]
    return row
