"""`manage.py compile_catalogues`: translations as the server reads them, without gettext's own tools."""

from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Compile every locale/*/LC_MESSAGES/*.po that is newer than its .mo, leaving fuzzy messages out."
    # A broken catalogue must not keep the command that mends it from starting.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in settings.LOCALE_PATHS:
            for text in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                if not is_fresh(text):
                    compile_catalogue(text)
                    self.stdout.write(f"{text.parent.parent.name}/{text.name}")


def is_fresh(text: Path) -> bool:
    """Whether the catalogue was compiled after its last change."""
    compiled = text.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime_ns >= text.stat().st_mtime_ns


def compile_catalogue(text: Path) -> None:
    """Write the .mo beside the .po; CommandError names the message whose placeholders differ, and its line."""
    language = text.parent.parent.name
    try:
        with text.open("rb") as stream:
            catalogue = read_po(stream, locale=language, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as error:
        raise CommandError(f"{text}: {error}") from error
    _check(text, catalogue)
    unfinished = text.with_suffix(".mo.new")
    with unfinished.open("wb") as stream:
        write_mo(stream, catalogue)
    # In one step, so that a server that starts meanwhile reads the old or the new one, never a half.
    unfinished.replace(text.with_suffix(".mo"))


def _check(text: Path, catalogue: Catalog) -> None:
    for message, errors in catalogue.check():
        if not message.fuzzy:
            raise CommandError(f"{text}:{message.lineno}: {errors[0]}")
