"""`manage.py demo_city`: a city to look at, loaded in one go and only once."""

from importlib import import_module
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from gisportal.demo import accounts
from layers.models import City

LOADERS = {"vasylkiv": "gisportal.demo.load", "helsinki": "gisportal.demo.helsinki"}


class Command(BaseCommand):
    help = "Load a demo city: the synthetic Vasylkiv, or Helsinki's real map with synthetic reports."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--city", choices=sorted(LOADERS), default="vasylkiv")

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["city"]
        city = City.objects.filter(slug=slug).first()
        if city is not None and not city.synthetic:
            raise CommandError(f"The city “{slug}” is here with real data; the demo does not touch it.")
        if city is not None:
            self.stdout.write(f"The demo city “{slug}” is already there.")
        else:
            city = self._load(slug)
        self._tell_accounts(city)

    def _load(self, slug: str) -> City:
        begun = monotonic()
        kept = Path(settings.LOCAL_DIR) / "demo"
        # Imported only here: what draws and reads maps takes a second to import, and most runs find the city there.
        load = getattr(import_module(LOADERS[slug]), f"load_{slug}")
        city: City = load(kept, self._say, with_accounts=settings.DEMO)
        self._say(f"The demo city “{slug}” was loaded in {monotonic() - begun:.1f} s.")
        return city

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        # Progress must be seen as it happens, through a pipe too.
        self.stdout.flush()

    def _tell_accounts(self, city: City) -> None:
        if not settings.DEMO:
            self.stdout.write("No demo accounts: DEMO is off, and everybody knows their password.")
            return
        listed = accounts.how_to_sign_in(city)
        accounts.write_accounts(listed, Path(settings.LOCAL_DIR) / "demo-accounts.json")
        for one in listed:
            self.stdout.write(f"  {one['email']:32} {one['password']:16} {one['role']}")
