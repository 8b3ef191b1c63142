"""`manage.py import_rules`: who answers for what, from a table."""

from pathlib import Path

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from districts import territories
from districts.directory import Directory
from districts.models import Responsibility
from districts.rules import Rules, look_up
from districts.rules_file import read_rules
from layers.importing.account import Account
from layers.importing.command import ImportCommand, Options


class Command(ImportCommand):
    fills = (Responsibility,)
    help = (
        "Import routing rules from a CSV file with the columns "
        "service,department,district_set,district,asset_layer,due_days,rank."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--create",
            action="store_true",
            help=_("make unknown services and departments, called as in the file"),
        )

    def take(self, path: Path, account: Account, options: Options) -> None:
        """State the file's rules and work the territories out anew."""
        city = self.city(options)
        directory = Directory(city, create=options["create"])
        statements = look_up(city, self.progress(read_rules(path), path.name), directory, account)
        outcome = Rules(city).state(statements)
        account.taken = len(statements)
        account.note(outcome.sentence())
        for sort, count in directory.created.items():
            account.note(_("made: %(count)d × %(sort)s") % {"count": count, "sort": sort})
        account.note(_("territories: %(count)d") % {"count": territories.rebuild(city)})
