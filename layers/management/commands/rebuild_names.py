"""`rebuild_names [--city S]`: the gazetteer's names anew from what they name, after a restore without triggers."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from layers import naming
from layers.models import City


class Command(BaseCommand):
    help = "Name everything anew that the search finds, and tell how many names were wrong or missing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--city", metavar="SLUG", help="one city only")

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["city"]
        cities = City.objects.filter(slug=slug) if slug else City.objects.all()
        if slug and not cities:
            raise CommandError(f"There is no city “{slug}”.")
        for city in cities.without_boundary():
            rebuilt = naming.rebuild(city)
            self.stdout.write(
                f"{city.slug}: {rebuilt.names} names, {rebuilt.wrong} were wrong, {rebuilt.missing} missing."
            )
