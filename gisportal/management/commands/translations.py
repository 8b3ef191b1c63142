"""`manage.py translations`: the catalogues of both languages brought up to date with the code."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import makemessages

LANGUAGES = ("uk", "en")
TOOLS = ("xgettext", "msguniq", "msgmerge", "msgattrib", "msgen")
IGNORED = ("tests", "node_modules", "dist", "gisportal/local")


class Command(makemessages.Command):
    """Django's own extraction with our choices; CommandError names a tool of gettext that is not there."""

    help = (
        "Extract every message into locale/uk and locale/en; what is new in Ukrainian waits for a translator."
    )
    # A guess by likeness reads as a translation and is wrong more often than not.
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]

    def add_arguments(self, parser: Any) -> None:
        pass

    def handle(self, *args: Any, **options: Any) -> None:
        missing = [tool for tool in TOOLS if shutil.which(tool) is None]
        if missing:
            raise CommandError(
                f"{', '.join(missing)}: not found. On Debian or Ubuntu: apt-get install gettext"
            )
        super().handle(**{**options, **_choices()})
        for language in LANGUAGES:
            catalogue = Path("locale", language, "LC_MESSAGES", "django.po")
            if language == "en":
                _say_it_as_it_is(catalogue)
            _forget_the_hour(catalogue)


def _choices() -> dict[str, Any]:
    return {
        "locale": list(LANGUAGES),
        "exclude": [],
        "all": False,
        "domain": "django",
        "extensions": [],
        "symlinks": False,
        "ignore_patterns": list(IGNORED),
        "use_default_ignore_patterns": True,
        "no_wrap": True,
        "no_location": True,
        "add_location": None,
        "no_obsolete": True,
        "keep_pot": False,
    }


def _say_it_as_it_is(catalogue: Path) -> None:
    subprocess.run(  # noqa: S603
        ["msgen", "--no-wrap", "--no-location", f"--output-file={catalogue}", str(catalogue)],  # noqa: S607
        check=True,
    )


def _forget_the_hour(catalogue: Path) -> None:
    # Two branches that each added a message would conflict over it.
    lines = catalogue.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = (line for line in lines if not line.startswith('"POT-Creation-Date:'))
    catalogue.write_text("".join(kept), encoding="utf-8")
