"""What the city writes has a column a language, which modeltranslation adds unseen by type checkers."""

from django.core.exceptions import ValidationError
from django.db.models import Model

from layers.importing.account import FileRefusedError


def name_in(language: str, thing: Model) -> str:
    """The thing's name in that language, "" where it has none."""
    return getattr(thing, f"name_{language}") or ""


def give_names(thing: Model, uk: str | None, en: str | None) -> None:
    """Set its Ukrainian and English names; None or "" keeps what it has."""
    for language, name in (("uk", uk), ("en", en)):
        if name:
            setattr(thing, f"name_{language}", name)


def tell_source(city: Model, uk: str, en: str = "") -> None:
    """Set whom the map's data come from; without English words the Ukrainian ones are shown in English too."""
    setattr(city, "attribution_uk", uk)  # noqa: B010 - columns that modeltranslation adds, unseen by type checkers
    setattr(city, "attribution_en", en or None)  # noqa: B010


def refuse_bad_fields(thing: Model) -> None:
    """Raise FileRefusedError with the model's own sentences where what the options say can't be stored."""
    try:
        thing.clean_fields()
    except ValidationError as error:
        sentences = (f"{field}: {' '.join(said)}" for field, said in error.message_dict.items())
        raise FileRefusedError(" ".join(sentences)) from error
