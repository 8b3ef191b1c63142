"""`manage.py recount_cells`: proves that the map's counts are those of the reports, and puts them right."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from districts.errors import Refused
from layers.models import City
from reports import cells


class Command(BaseCommand):
    help = "Compare the map's counts with the reports, city by city, and put wrong ones right."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--city", help=_("only this city, by its slug"))
        parser.add_argument("--check", action="store_true", help=_("only say what is wrong"))

    def handle(self, *args: Any, **options: Any) -> None:
        slug, check = options["city"], options["check"]
        cities = list(City.objects.filter(**({"slug": slug} if slug else {})).order_by("slug"))
        if slug and not cities:
            raise CommandError(_("There is no such city."))
        wrong = sum(self._recount(city, n, len(cities), check) for n, city in enumerate(cities, 1))
        if check and wrong:
            raise CommandError(_("Counts are wrong. Run the command again without --check."))

    def _recount(self, city: City, number: int, of: int, check: bool) -> int:
        self.stdout.write(_("%(n)d of %(of)d: %(city)s …") % {"n": number, "of": of, "city": city.slug})
        try:
            (found,) = cells.recount(city, mend=not check)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        words = _("%(city)s: %(sums)d counts, wrong: %(wrong)d")
        self.stdout.write(words % {"city": city.slug, "sums": found.sums, "wrong": found.wrong})
        return found.wrong
