"""`manage.py import_reports`: reports that another system kept, with their history."""

from pathlib import Path

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from districts.directory import Directory
from districts.models import District, Responsibility
from layers.importing.account import Account
from layers.importing.command import ImportCommand, Options
from layers.importing.copying import refresh_statistics
from layers.importing.csv_rows import open_csv
from layers.models import Asset
from reports.importing.loading import Loader
from reports.importing.mapping import read_mapping
from reports.jobs import weigh_soon
from reports.models import Report, ReportDistrict, StatusChange


class Command(ImportCommand):
    help = "Import reports from a CSV file, by a TOML file that says what its columns and words mean."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mapping", type=Path, required=True, metavar="FILE.toml")
        parser.add_argument(
            "--create-services",
            action="store_true",
            help=_("make services that are not known, as the file calls them"),
        )

    def take(self, path: Path, account: Account, options: Options) -> None:
        """Write the file's new reports and tell how many were there, odd, or unanswered."""
        city = self.city(options)
        mapping = read_mapping(options["mapping"])
        directory = Directory(city, create=options["create_services"])
        loader = Loader(city, mapping, directory, account)
        refresh_statistics(Asset, District, Responsibility)
        with open_csv(path, list(mapping.columns.values())) as rows:
            loader.load(self.progress(rows, path.name))
        refresh_statistics(Report, StatusChange, ReportDistrict)
        weigh_soon(city)
        account.note(_("already there: %(count)d") % {"count": loader.present})
        account.note(_("nobody answers for: %(count)d") % {"count": loader.unanswered})
        for sort, count in directory.created.items():
            account.note(_("made: %(count)d × %(sort)s") % {"count": count, "sort": sort})
        for flag, count in sorted(loader.flags.items()):
            account.note(_("flagged %(flag)s: %(count)d") % {"flag": flag, "count": count})
