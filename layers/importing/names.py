"""What the city writes has a column a language, which modeltranslation adds unseen by type checkers."""

from django.db.models import Model


def name_in(language: str, thing: Model) -> str:
    """The thing's name in that language, "" where it has none."""
    return getattr(thing, f"name_{language}") or ""


def give_names(thing: Model, uk: str | None, en: str | None) -> None:
    """Set its Ukrainian and English names; None or "" keeps what it has."""
    for language, name in (("uk", uk), ("en", en)):
        if name:
            setattr(thing, f"name_{language}", name)
