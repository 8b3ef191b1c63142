"""What a category asks besides: its own questions, and warnings that must be passed knowingly."""

import zlib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from districts.models import Datatype, Question, Service
from districts.wording import in_language
from frontend.words import WordsField
from reports.models import Draft

Choice = dict[str, str]
PREFIX = "q_"


class DetailsForm(forms.Form):
    """The questions of a service as fields; where something warns, a box to tick after reading."""

    def __init__(
        self, data: Any = None, *, service: Service, questions: list[Question], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[PREFIX + question.code] = _field(question)
        self.warnings = [text for _, text in self._stops(service)]
        if self.warnings:
            self.fields[self._understood(service)] = forms.BooleanField(
                label=_("I have read this and report it all the same"),
                error_messages={
                    "required": _("Read the warning. If you still want to report it here, tick this box.")
                },
            )

    @classmethod
    def kept(cls, draft: Draft, service: Service | None) -> Self | None:
        """Filled with what the draft holds; None where the service asks nothing and warns of nothing."""
        return cls.of(service, _held(draft))

    @classmethod
    def shown(cls, draft: Draft, service: Service | None) -> Self | None:
        """The same to be filled in further: nothing is called an error yet."""
        return cls.of(service, initial=_held(draft))

    @classmethod
    def of(cls, service: Service | None, data: Any = None, **kwargs: Any) -> Self | None:
        """The form of a service; None where it asks nothing and warns of nothing."""
        questions = list(service.questions.all()) if service else []
        if service is None or not (questions or service.stopper):
            return None
        return cls(data, service=service, questions=questions, **kwargs)

    def answers(self) -> dict[str, Any]:
        """What the valid form says, by the questions' codes, as JSON can hold it; unanswered ones left out."""
        said = {
            question.code: _plain(self.cleaned_data[PREFIX + question.code]) for question in self.questions
        }
        return {code: answer for code, answer in said.items() if answer not in ("", None, [])}

    def understood(self) -> list[str]:
        """The name of the box that was ticked."""
        return [name for name in self.fields if name.startswith("understood_")]

    def _stops(self, service: Service) -> Iterator[tuple[str, str]]:
        if service.stopper:
            yield "", service.stopper
        for question in self.questions:
            chosen = self._chosen(question)
            for choice in _choices(question):
                stop = in_language(choice.get("stop_uk", ""), choice.get("stop_en", ""))
                if stop and choice["key"] in chosen:
                    yield f"{question.code}:{choice['key']}", stop

    def _chosen(self, question: Question) -> list[str]:
        value = self[PREFIX + question.code].value()
        return value if isinstance(value, list) else [str(value)]

    def _understood(self, service: Service) -> str:
        """Another name for other warnings, so that a tick is never taken for one that wasn't read."""
        read = " ".join([service.code, *(name for name, _ in self._stops(service))])
        return f"understood_{zlib.crc32(read.encode()):08x}"


def _held(draft: Draft) -> dict[str, Any]:
    """The draft's answers by the names of the fields, boxes ticked."""
    answers = {PREFIX + code: answer for code, answer in draft.data.get("answers", {}).items()}
    return answers | dict.fromkeys(draft.data.get("understood", []), True)


def _choices(question: Question) -> list[Choice]:
    """The choices that have a key; what a city wrote wrongly is left out."""
    listed = question.choices if isinstance(question.choices, list) else []
    return [choice for choice in listed if isinstance(choice, dict) and choice.get("key")]


def _field(question: Question) -> forms.Field:
    common: dict[str, Any] = {
        "label": question.label,
        "help_text": question.hint,
        "required": question.required,
        "error_messages": {"required": _("Answer this question.")},
    }
    listed = [
        (c["key"], in_language(c.get("uk", ""), c.get("en", "")) or c["key"]) for c in _choices(question)
    ]
    match question.datatype:
        case Datatype.ONE:
            return forms.ChoiceField(choices=listed, widget=forms.RadioSelect, **common)
        case Datatype.MANY:
            return forms.MultipleChoiceField(choices=listed, widget=forms.CheckboxSelectMultiple, **common)
        case Datatype.NUMBER:
            common["error_messages"]["invalid"] = _("Write a number.")
            return forms.DecimalField(
                max_digits=12, localize=True, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **common
            )
        case Datatype.DATETIME:
            common["error_messages"]["invalid"] = _("Write a date, for example 2026-11-24.")
            return forms.DateField(
                input_formats=["%Y-%m-%d", "%d.%m.%Y"],
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                **common,
            )
        case Datatype.TEXT:
            return WordsField(max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), **common)
    return WordsField(max_length=300, **common)


def _plain(answer: Any) -> Any:
    if isinstance(answer, date):
        return answer.isoformat()
    return str(answer) if isinstance(answer, Decimal) else answer
