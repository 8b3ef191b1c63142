"""Sentences that staff use often: which are offered, and put into what somebody is writing."""

from collections.abc import Mapping
from dataclasses import dataclass

from districts.models import CannedText, User
from layers.models import City


@dataclass(frozen=True, slots=True)
class Canned:
    """A sentence to choose; `text` is in the language of whoever will read it."""

    pk: int
    purpose: str
    title: str
    text: str


def canned_words(canned: CannedText | None, reader: User | None) -> str:
    """The text in the reader's language; in both where nobody knows it; Ukrainian where there is no other."""
    if canned is None:
        return ""
    languages = [reader.language] if reader else ["uk", "en"]
    words = [getattr(canned, f"text_{language}", "") for language in languages]
    return "\n\n".join(dict.fromkeys(filter(None, words))) or canned.text_uk  # type: ignore[attr-defined]


def canned_for(city: City, reader: User | None) -> list[Canned]:
    """The city's sentences, in the language of whoever will read them."""
    texts = CannedText.objects.filter(city=city)
    return [Canned(text.pk, text.purpose, text.title, canned_words(text, reader)) for text in texts]


def inserted(sent: Mapping[str, str], field: str, offered: list[Canned]) -> dict[str, str]:
    """What was typed, with the chosen sentence after the words of that field."""
    chosen = next((canned.text for canned in offered if str(canned.pk) == sent.get("canned")), "")
    words = "\n\n".join(filter(None, [sent.get(field, "").strip(), chosen]))
    return {**{name: sent[name] for name in sent}, field: words}
