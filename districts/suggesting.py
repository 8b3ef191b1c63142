"""Which category a description speaks of: by the words of its name, its description and its keywords."""

import re
from collections.abc import Iterable, Iterator

from districts.models import Service

MOST_SUGGESTED = 3
LIKE = 0.5
"""How much of their letters, in threes, two words must share to count as forms of one word."""
NEAR_THE_BEST = 0.6
"""Which part of the best score another one needs, to be worth a look."""
_WORD = re.compile(r"[^\W\d_]{3,}")


def suggest(services: Iterable[Service], text: str) -> list[Service]:
    """The services that the text resembles most, the best first; none where nothing resembles it."""
    said = [_threes(word) for word in set(_words(text))]
    if not said:
        return []
    scored = [(_score(said, service), service) for service in services]
    best = max((score for score, _ in scored), default=0.0)
    likely = [pair for pair in scored if pair[0] > 0 and pair[0] >= best * NEAR_THE_BEST]
    return [service for _, service in sorted(likely, key=lambda pair: -pair[0])[:MOST_SUGGESTED]]


def words_of(service: Service) -> str:
    """All that a search for the service may look at, in both languages, in small letters."""
    return " ".join(" ".join(_told(service)).lower().split())


def _score(said: list[frozenset[str]], service: Service) -> float:
    """The sum over what was said of the best likeness to one of the service's words."""
    own = [_threes(word) for word in set(_words(" ".join(_told(service))))]
    best = (max((_likeness(word, other) for other in own), default=0.0) for word in said)
    return sum(likeness for likeness in best if likeness >= LIKE)


def _told(service: Service) -> Iterator[str]:
    for language in ("uk", "en"):
        for field in ("name", "keywords", "description"):
            yield getattr(service, f"{field}_{language}") or ""


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _threes(word: str) -> frozenset[str]:
    """The word's runs of three letters; its beginning counts more than its ending, which Ukrainian changes."""
    padded = f"  {word}"
    return frozenset(padded[start : start + 3] for start in range(len(padded) - 2))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other))) if _near_in_length(one, other) else 0.0


def _near_in_length(one: frozenset[str], other: frozenset[str]) -> bool:
    return abs(len(one) - len(other)) <= 4
