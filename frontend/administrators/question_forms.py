"""What a category wants to know besides, as administrators write it and as people see it."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from districts.models import Datatype, Question
from districts.wording import in_language
from frontend.administrators.rows import CodedForm, code_field, words
from frontend.words import WordsField

COLUMNS = ("key", "uk", "en", "stop_uk", "stop_en")
LISTS = (Datatype.ONE, Datatype.MANY)
LONGEST = {"key": 40, "uk": 200, "en": 200, "stop_uk": 500, "stop_en": 500}


class ChoicesField(WordsField):
    """Choices one a line, `key | uk | en | stop_uk | stop_en`; as data a list of objects with these names."""

    widget = forms.Textarea(attrs={"rows": 6, "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        return as_lines(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        """The choices; ValidationError with a sentence for each line that can't be read."""
        choices: list[dict[str, str]] = []
        wrong: list[str] = []
        for number, line in enumerate(super().clean(value).split("\n"), 1):
            if line.strip():
                try:
                    choices.append(one_choice(line, {choice["key"] for choice in choices}))
                except ValueError as error:
                    wrong.append(gettext("Line %(number)d: %(why)s") % {"number": number, "why": error})
        if wrong:
            raise forms.ValidationError(wrong)
        return choices

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


def one_choice(line: str, taken: set[str]) -> dict[str, str]:
    """What a line says, without its empty ends; ValueError with the reason where it can't be read."""
    parts = [part.strip() for part in line.split("|")]
    if len(parts) > len(COLUMNS):
        raise ValueError(gettext("it has more than five parts; write “|” only between them."))
    said = {name: part for name, part in zip(COLUMNS, parts, strict=False) if part}
    key = said.get("key", "")
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", key):
        raise ValueError(gettext("begin with a key of small Latin letters or digits, for example “smell”."))
    if key in taken:
        raise ValueError(gettext("the key “%(key)s” stands above already.") % {"key": key})
    if "uk" not in said:
        raise ValueError(gettext("write the Ukrainian text after the first “|”."))
    too_long = [name for name in COLUMNS if len(said.get(name, "")) > LONGEST[name]]
    if too_long:
        limit = LONGEST[too_long[0]]
        raise ValueError(
            gettext("a part is longer than %(limit)d characters; shorten it.") % {"limit": limit}
        )
    return said


def as_lines(choices: Iterable[dict[str, str]]) -> str:
    """The same as lines that people edit."""
    rows = ([choice.get(name, "") for name in COLUMNS] for choice in choices if isinstance(choice, dict))
    return "\n".join(" | ".join(row).rstrip(" |") for row in rows)


class QuestionForm(CodedForm):
    """A question, what kind of answer it takes, and the choices where it is a list."""

    code_words: ClassVar[str] = "label_en"
    label_uk = words(_("Question in Ukrainian"), 300, missing=_("Write the question in Ukrainian."))
    label_en = words(_("Question in English"), 300)
    hint_uk = words(_("Hint in Ukrainian"), 300)
    hint_en = words(_("Hint in English"), 300)
    code = code_field(
        r"^[a-z][a-z0-9_]*\Z",
        _("Answers are kept under it, for example pole_number. Empty: made from the English question."),
        limit=40,
    )
    datatype = forms.ChoiceField(
        label=_("Kind of answer"), choices=Datatype.choices, widget=forms.RadioSelect
    )
    choices = ChoicesField(
        label=_("Choices"),
        required=False,
        max_length=8000,
        help_text=_(
            "Only for lists, one a line: key | Ukrainian | English | warning in Ukrainian | warning in English. "
            "The last three may be left out; a warning is shown to whoever chooses this."
        ),
    )
    order = forms.IntegerField(
        label=_("Place among the questions"),
        min_value=1,
        max_value=999,
        error_messages={"required": _("Write a number; the question with 1 comes first.")},
    )

    within = "service"

    class Meta:
        model = Question
        fields = (
            "label_uk", "label_en", "code", "hint_uk", "hint_en", "datatype", "choices", "required", "order",
        )  # fmt: skip

    def made_from(self, text: str) -> str:
        return super().made_from(text).replace("-", "_")[:40].strip("_").lstrip("0123456789_")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "choices" in self.errors:
            return cleaned
        listed = cleaned.get("datatype") in LISTS
        if listed and len(cleaned["choices"]) < 2:
            self.add_error("choices", _("A list needs two choices at least, one a line."))
        if not listed and cleaned["choices"]:
            self.add_error("choices", _("Only lists have choices: choose a list above, or empty this field."))
        return cleaned


def preview(questions: Iterable[Question]) -> forms.Form:
    """A form that shows the questions in the reader's language, and takes nothing."""
    form = forms.Form(auto_id="preview_%s")
    for question in questions:
        field = _shown(question)
        field.disabled = True
        form.fields[question.code] = field
    return form


def _shown(question: Question) -> forms.Field:
    about: dict[str, Any] = {
        "label": in_language(question.label_uk, question.label_en or ""),  # type: ignore[attr-defined]
        "help_text": in_language(question.hint_uk or "", question.hint_en or ""),  # type: ignore[attr-defined]
        "required": question.required,
    }
    named = [(choice["key"], in_language(choice["uk"], choice.get("en", ""))) for choice in question.choices]
    match question.datatype:
        case Datatype.ONE:
            return forms.ChoiceField(choices=named, widget=forms.RadioSelect, **about)
        case Datatype.MANY:
            return forms.MultipleChoiceField(choices=named, widget=forms.CheckboxSelectMultiple, **about)
        case Datatype.TEXT:
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **about)
        case Datatype.DATETIME:
            return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **about)
        case Datatype.NUMBER:
            return forms.CharField(widget=forms.TextInput(attrs={"inputmode": "decimal"}), **about)
    return forms.CharField(**about)
