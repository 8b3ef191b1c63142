"""`import_city FILE --slug S --name N --name-en N`: add a city, or move its boundary."""

from pathlib import Path

import shapely
from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from layers.importing.account import Account, FileRefusedError
from layers.importing.command import ImportCommand, Options
from layers.importing.features import features, multipolygon
from layers.importing.names import give_names, refuse_bad_fields, tell_source
from layers.importing.options import add_source_arguments, source_from
from layers.importing.repairing import Wanted
from layers.models import City


class Command(ImportCommand):
    help = "Add a city by the file of its boundary; run again, it changes the city of that slug."
    requires_city = False

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--slug", required=True, help=_("the city's place in addresses, such as vasylkiv")
        )
        parser.add_argument("--name", required=True, help=_("its Ukrainian name"))
        parser.add_argument("--name-en", required=True, help=_("its English name"))
        parser.add_argument("--timezone", metavar="Z", help=_("such as Europe/Kyiv, which a new city gets"))
        parser.add_argument("--attribution", help=_("source and licence of the map's data"))
        parser.add_argument("--synthetic", action="store_true", help=_("its data are made up"))
        parser.add_argument("--not-live", action="store_true", help=_("the public does not see it yet"))
        add_source_arguments(parser)

    def take(self, path: Path, account: Account, options: Options) -> None:
        rows = features(source_from(path, options), account, reference=None, wanted=Wanted.AREAS)
        if self.takes_nothing(account, options):
            return
        if not len(rows):
            raise FileRefusedError(_("The file holds no area that could be the city's boundary."))
        if len(rows) > 1:
            account.note(_("%(number)d areas were joined into one boundary.") % {"number": len(rows)})
        boundary = shapely.union_all(list(self.progress(rows.geometry, options["slug"], len(rows))))
        account.taken = len(rows)
        _save(boundary, options, account)


def _save(boundary: shapely.Geometry, options: Options, account: Account) -> None:
    city = City.objects.filter(slug=options["slug"]).first() or City(slug=options["slug"])
    account.note(
        _("The city “%(slug)s” was changed.") % {"slug": city.slug}
        if city.pk
        else _("The city “%(slug)s” was added.") % {"slug": city.slug}
    )
    give_names(city, options["name"], options["name_en"])
    city.boundary = multipolygon(boundary)
    city.live = not options["not_live"]
    city.synthetic = options["synthetic"]
    city.time_zone = options["timezone"] or city.time_zone
    if options["attribution"] is not None:
        tell_source(city, options["attribution"])
    refuse_bad_fields(city)
    city.save()
