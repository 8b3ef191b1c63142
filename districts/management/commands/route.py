"""`manage.py route`: who answers for a service at a place, or for a table of places."""

import json
import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.gis.geos import Point
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from tqdm import tqdm

from districts.directory import Directory, UnknownNameError
from districts.route_file import Answers, answer_file, position_of
from districts.routing import Decision, route
from districts.wording import reason
from layers.geometry import WGS84
from layers.importing.account import FileRefusedError
from layers.importing.csv_rows import CsvRow, RowRefusedError
from layers.models import City


class Command(BaseCommand):
    help = "Say who answers for a service at a place, or for each row of a CSV file id,lon,lat,service."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("lon", nargs="?")
        parser.add_argument("lat", nargs="?")
        parser.add_argument("service", nargs="?", help="its code, or its name where only one has it")
        parser.add_argument("--city", required=True, metavar="SLUG")
        parser.add_argument("--json", action="store_true", dest="as_json", help="the decision as data")
        parser.add_argument("--csv", type=Path, metavar="IN", help="a table of questions")
        parser.add_argument("--out", type=Path, metavar="OUT", help="where the table of answers goes")
        parser.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="the day to ask for; today")
        parser.add_argument("--language", choices=["en", "uk"], default="en", help="of the reasons")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            city = City.objects.filter(slug=options["city"]).first()
            if city is None:
                raise CommandError(_("There is no city “%(slug)s”.") % {"slug": options["city"]})
            day = options["on"] or timezone.localdate()
            try:
                self._answer(city, day, options)
            except (FileRefusedError, RowRefusedError, UnknownNameError) as error:
                raise CommandError(str(error)) from error

    def _answer(self, city: City, day: date, options: dict[str, Any]) -> None:
        place = (options["lon"], options["lat"], options["service"])
        many = (options["csv"], options["out"])
        if all(place) and not any(many):
            self._one(city, day, *place, as_json=options["as_json"])
        elif all(many) and not any(place):
            self._many(city, day, *many, quiet=options["verbosity"] == 0)
        else:
            raise CommandError(_("Give either LON LAT SERVICE, or --csv IN --out OUT."))

    def _one(self, city: City, day: date, lon: str, lat: str, service: str, *, as_json: bool) -> None:
        point = Point(*position_of(lon, lat), srid=WGS84)
        decision = route(point, Directory(city).service(service), on=day)
        if as_json:
            self.stdout.write(json.dumps(decision.as_data(), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(self._told(decision))

    def _told(self, decision: Decision) -> str:
        because = reason(decision.as_data(), public=False)
        best = decision.best
        if best is None:
            return because
        lines = [f"{best.department_code}: {because}"]
        if best.due_days is not None:
            lines.append(_("It has %(days)d days.") % {"days": best.due_days})
        codes = dict.fromkeys(candidate.department_code for candidate in decision.candidates)
        others = ", ".join(code for code in codes if code != best.department_code)
        if others:
            lines.append(_("Asked next: %(others)s.") % {"others": others})
        return "\n".join(lines)

    def _many(self, city: City, day: date, source: Path, target: Path, *, quiet: bool) -> None:
        def counted(rows: Iterable[CsvRow]) -> Iterable[CsvRow]:
            return tqdm(rows, desc=source.name, unit="", file=sys.stderr, disable=quiet)

        answers = Answers.of(city, day)
        # Written beside and moved, so that a failure leaves no half of an answer, and IN may be OUT.
        unfinished = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            with unfinished.open("w", encoding="utf-8", newline="") as stream:
                count = answer_file(source, stream, answers, counted)
            unfinished.replace(target)
        except OSError as error:
            raise CommandError(
                _("%(path)s can't be written: %(why)s.") % {"path": target, "why": error.strerror}
            ) from error
        finally:
            unfinished.unlink(missing_ok=True)
        self.stdout.write(
            _("%(count)d rows: %(unanswered)d that nobody answers for, %(unasked)d that could not be asked")
            % {"count": count, "unanswered": answers.unanswered, "unasked": answers.unasked}
        )
