"""What people answered to the questions of a service, in the reader's words."""

from collections.abc import Mapping
from typing import Any

from districts.models import Question, Service
from districts.wording import in_language


def told(service: Service, answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Each question that was answered, and its answer; a choice by its name, several with commas."""
    return [
        (question.label, _worded(question, answers[question.code]))
        for question in (service.questions.all() if answers else ())
        if question.code in answers
    ]


def _worded(question: Question, answer: Any) -> str:
    # What a city wrote wrongly is left out: the answer then stands as it was sent.
    listed = question.choices if isinstance(question.choices, list) else []
    choices = [choice for choice in listed if isinstance(choice, dict) and choice.get("key")]
    names = {choice["key"]: in_language(choice.get("uk", ""), choice.get("en", "")) for choice in choices}
    several = answer if isinstance(answer, list) else [answer]
    return ", ".join(names.get(str(one)) or str(one) for one in several)
