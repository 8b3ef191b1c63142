"""The categories as cards: under their groups, each with a picture."""

from collections.abc import Iterable
from dataclasses import dataclass

from districts.models import Service
from districts.suggesting import words_of

ICONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("lamp", ("ліхтар", "освітл", "опор", "lamp", "lighting")),
    ("gas", ("газ", "тепло", "опален", "спален", "вогон", "пожеж", "gas", "heating", "burn")),
    ("power", ("дрот", "дріт", "електр", "power", "wire")),
    ("water", ("вод", "каналіз", "гідрант", "люк", "річ", "зливов", "water", "sewer", "hydrant", "manhole")),
    ("bin", ("сміт", "урн", "контейнер", "звалищ", "відход", "waste", "bin", "dump", "litter")),
    ("bus", ("автобус", "зупинк", "транспорт", "bus", "transport")),
    ("car", ("авто", "парк", "parking", "car")),
    ("tree", ("дерев", "трав", "зелен", "амброз", "tree", "grass", "green")),
    ("paw", ("тварин", "собак", "dogs", "animal")),
    ("play", ("дитяч", "майданч", "спорт", "playground")),
    ("sign", ("знак", "розмітк", "перех", "світлофор", "sign", "crossing")),
    ("noise", ("шум", "noise")),
    ("road", ("дорог", "ям", "тротуар", "міст", "сніг", "ожелед", "road", "pothole", "sidewalk")),
    ("house", ("будин", "підʼїзд", "підїзд", "під’їзд", "дах", "будівн", "house", "building")),
    ("bench", ("двор", "двір", "лав", "графіт", "yard", "bench")),
    ("idea", ("ідея", "ідеї", "idea")),
)
"""Pictures by the beginnings of words in a category's name or group; the first that fits is taken."""


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    cards: list["Card"]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Card:
    service: Service
    icon: str
    words: str
    """What a search looks at, in small letters."""


def grouped(services: Iterable[Service], chosen: str, *, opened: bool) -> list[Group]:
    """Cards under the headings of their groups, those without one at the end; open where something is chosen."""
    groups: dict[str, list[Card]] = {}
    for service in services:
        groups.setdefault(service.group, []).append(Card(service, icon_of(service), words_of(service)))
    loose = groups.pop("", [])
    named = [*groups.items(), *([("", loose)] if loose else [])]
    return [
        Group(name, cards, opened or any(card.service.code == chosen for card in cards))
        for name, cards in named
    ]


def icon_of(service: Service) -> str:
    """The picture's name in the sprite."""
    for field in ("name", "group"):
        told = [getattr(service, f"{field}_{language}") or "" for language in ("uk", "en")]
        words = " ".join(told).lower().split()
        for icon, beginnings in ICONS:
            if any(word.startswith(beginnings) for word in words):
                return icon
    return "other"
