"""`manage.py make_pages`: the usual pages of a city."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from districts.pages import make_usual_pages
from layers.models import City


class Command(BaseCommand):
    help = "Write a city's usual pages in both languages: rules, privacy, accessibility, contacts, appeals."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--city", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        city = City.objects.filter(slug=options["city"]).first()
        if city is None:
            raise CommandError(f"There is no city “{options['city']}”.")
        self.stdout.write(f"{make_usual_pages(city)} pages were made; what was there stays.")
