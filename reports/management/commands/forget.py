"""`manage.py forget`: take contact data from reports that have been closed longer than their city's period."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from layers.models import City
from reports import retention


class Command(BaseCommand):
    help = "Forget whose the reports were that have been closed longer than their city's period."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help=_("only say how many there are"))

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        for city in City.objects.order_by("slug"):
            if options["dry_run"]:
                number, words = retention.due(city, now).count(), _("%(city)s: to be forgotten: %(number)d")
            else:
                number, words = retention.forget_due(city, now), _("%(city)s: forgotten: %(number)d")
            self.stdout.write(words % {"city": city.slug, "number": number})
