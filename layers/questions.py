"""What people write in a search, taken apart: the name, the house number, the settlement. Pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

LONGEST = 120
"""Characters of a question that are read; an address in full has half of that."""

_WORD = re.compile(r"[\w’'ʼ`/-]+")
_NUMBER = re.compile(r"\d+(?:[^\W\d_])?(?:[/-]\w{1,4})?\Z")
_ORDINAL = re.compile(r"\d+-?(?:й|я|ша|га|тя|та|st|nd|rd|th)\Z", re.IGNORECASE)
_FLAT = re.compile(r"\b(?:кв|квартира|кім|офіс|оф|apt|flat)\b\.?\s*№?\s*\d+\w*", re.IGNORECASE)
_LETTER_APART = re.compile(r"(\d)\s+([^\W\d_])(?=\s*(?:,|$))")
_OF_A_HOUSE = frozenset({"буд", "будинок", "б", "д", "дім", "дом", "house"})
_INITIAL = re.compile(r"\b(?:м|с|смт|сел|місто|село)\.?\s+(?=\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    names: str
    number: str = ""
    leads: bool = False
    """Whether the number stands first, so that it may belong to the name: «8 Березня»."""
    all: str = ""


def asked(words: str, own_names: Collection[str]) -> Asked | None:
    """The question taken apart; None where it names nothing. `own_names` are the city's, which tell nothing in it."""
    said = _FLAT.sub(" ", words[:LONGEST].replace("\x00", " "))
    said = _LETTER_APART.sub(r"\1\2", said).strip()
    tokens = _WORD.findall(said)
    number = next((token for token in reversed(tokens) if _is_number(token)), "")
    parts = [part for part in said.split(",") if _names_something(part, number)]
    part = _part_with_the_street(parts, number)
    own = {name.lower() for name in own_names}
    names = [word for word in _WORD.findall(part) if word != number]
    named = [word for word in names if word.lower() not in own] or names
    text = " ".join(named)
    if not re.search(r"[^\W\d_]{2}|\d+-\w", text):
        return None
    return Asked(text, number, leads=bool(number) and tokens[0] == number, all=" ".join(tokens))


def _part_with_the_street(parts: Sequence[str], number: str) -> str:
    """Of «с. Барахти, вул. Садова, 5» the middle: the part with the number, else the one before it, else the last."""
    if not parts:
        return ""
    with_number = [part for part in parts if number and number in _WORD.findall(part)]
    return _INITIAL.sub(" ", (with_number or list(parts))[-1])


def _names_something(part: str, number: str) -> bool:
    return any(word != number and word.lower() not in _OF_A_HOUSE for word in _WORD.findall(part))


def _is_number(word: str) -> bool:
    return bool(_NUMBER.match(word)) and not _ORDINAL.match(word)
