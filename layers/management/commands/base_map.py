"""`base_map [--city S]`: the base map as static tiles, from the city's own public layers."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from layers.basemap.making import CannotMake, is_made, make
from layers.models import City

MIB = 1024 * 1024


class Command(BaseCommand):
    help = "Make the base map's tiles beforehand (PMTiles, by tippecanoe); until then they are cut when asked for."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--city", help="only this one; without it, every live city")
        parser.add_argument("--force", action="store_true", help="also where it is up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        cities = City.objects.live().without_boundary()
        if options["city"]:
            cities = cities.filter(slug=options["city"])
        if not cities:
            raise CommandError("There is no such live city.")
        for city in cities:
            self._make(city, force=options["force"])

    def _make(self, city: City, *, force: bool) -> None:
        if is_made(city) and not force:
            self.stdout.write(f"{city.slug}: up to date")
            return
        start = time.monotonic()
        try:
            made = make(city)
        except CannotMake as error:
            raise CommandError(f"{city.slug}: {error}.") from error
        took = time.monotonic() - start
        self.stdout.write(
            f"{city.slug}: {made.features:,} features, {made.size_bytes / MIB:.1f} MiB in {took:.1f} s"
        )
