"""`map_style FILE --city S --theme light|dark`, `map_style --remove …`: a city's own look of the base map."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from layers.models import City
from layers.own_style import checked, forget, keep
from layers.palette import THEMES


class Command(BaseCommand):
    help = "Draw a city's base map by a style of its own (MapLibre style specification v8)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="the style, as JSON")
        parser.add_argument("--city", required=True, metavar="SLUG")
        parser.add_argument("--theme", required=True, choices=sorted(THEMES))
        parser.add_argument("--remove", action="store_true", help="draw it as the portal does again")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            city = City.objects.without_boundary().get(slug=options["city"])
        except City.DoesNotExist:
            raise CommandError("There is no such city.") from None
        if options["remove"]:
            done = "removed" if forget(city, options["theme"]) else "there was none"
        elif options["file"]:
            keep(city, options["theme"], self._read(options["file"]))
            done = "kept"
        else:
            raise CommandError("Name the file, or --remove.")
        self.stdout.write(f"{city.slug}, {options['theme']}: {done}")

    def _read(self, path: Path) -> dict[str, Any]:
        try:
            return checked(path.read_bytes())
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}.") from error
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
