"""`manage.py demo_city`: a city to look at, loaded in one go and only once."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from gisportal.demo import accounts
from gisportal.demo.helsinki import load_helsinki
from gisportal.demo.load import load_vasylkiv
from layers.models import City

Load = Callable[..., City]
CITIES: dict[str, Load] = {"vasylkiv": load_vasylkiv, "helsinki": load_helsinki}


class Command(BaseCommand):
    help = "Load a demo city: the synthetic Vasylkiv, or Helsinki's real map with synthetic reports."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--city", choices=sorted(CITIES), default="vasylkiv")

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
        city = CITIES[slug](kept, self._say, with_accounts=settings.DEMO)
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
