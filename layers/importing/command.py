"""What every import command shares: its file, its account, progress, one transaction and the exit code."""

import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error as DatabaseError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from tqdm import tqdm

from layers.importing.account import Account, FileRefusedError
from layers.importing.copying import refresh_statistics
from layers.models import City

T = TypeVar("T")
Options = dict[str, Any]


class _NothingTakenError(Exception):
    """Rolls the transaction back after a row was refused."""


class ImportCommand(BaseCommand):
    """An import that takes everything or, unless --keep-going, nothing; see `all_or_nothing`.

    A command declares its options in `add_own_arguments` and does its work in `take`, which raises the
    account's counts and refuses rows; FileRefusedError ends it. Exit code 1: something was refused.
    """

    requires_city: ClassVar[bool] = True
    all_or_nothing: ClassVar[bool] = True
    fills: ClassVar[tuple[type[Model], ...]] = ()
    """The tables whose size changes much; the planner is told of it, or it routes as if they were empty."""
    _quiet: bool = False

    def add_own_arguments(self, parser: CommandParser) -> None:
        """Add the options that only this import has."""

    def take(self, path: Path, account: Account, options: Options) -> None:
        """Read the file and write what is good, inside a transaction."""
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=_("the file to read"))
        if self.requires_city:
            parser.add_argument("--city", required=True, metavar="SLUG", help=_("the city's slug"))
        self.add_own_arguments(parser)
        parser.add_argument(
            "--keep-going",
            action="store_true",
            default=not self.all_or_nothing,
            help=_("take the good rows even if some are refused"),
        )
        parser.add_argument(
            "--account", type=Path, metavar="FILE", help=_("where to write refused and repaired rows as CSV")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._quiet = options["verbosity"] == 0
        path: Path = options["file"]
        account = Account()
        kept = self._take_all_or_nothing(path, account, options)
        written = self._write_account(path, account, options["account"])
        if kept:
            refresh_statistics(*self.fills)
        else:
            account.taken = 0
        self.stdout.write(f"{path.name}: {account.summary()}")
        if written:
            self.stdout.write(_("Every refused and repaired row: %(path)s") % {"path": written})
        if not kept:
            raise CommandError(
                _("Nothing was taken, as rows were refused. Mend them, or take the rest with --keep-going.")
            )

    def city(self, options: Options) -> City:
        """The city named by --city; FileRefusedError lists the known ones where it isn't among them."""
        city = City.objects.filter(slug=options["city"]).first()
        if city is None:
            known = ", ".join(City.objects.values_list("slug", flat=True)) or "—"
            raise FileRefusedError(
                _("There is no city “%(slug)s”. Known cities: %(known)s. import_city adds one.")
                % {"slug": options["city"], "known": known}
            )
        return city

    def takes_nothing(self, account: Account, options: Options) -> bool:
        """Whether what was refused so far already forbids taking the rest."""
        return account.refused > 0 and not options["keep_going"]

    def progress(self, rows: Iterable[T], label: str, total: int | None = None) -> Iterator[T]:
        """The rows again, counted by a bar on standard error."""
        return iter(tqdm(rows, desc=label, total=total, file=sys.stderr, unit="", disable=self._quiet))

    def _take_all_or_nothing(self, path: Path, account: Account, options: Options) -> bool:
        try:
            with transaction.atomic():
                self.take(path, account, options)
                if self.takes_nothing(account, options):
                    raise _NothingTakenError
        except _NothingTakenError:
            return False
        except FileRefusedError as error:
            raise CommandError(f"{path.name}: {error}") from error
        except DatabaseError as error:
            message = str(error).strip().splitlines()[0]
            raise CommandError(
                _("%(file)s: the database refused the data, and nothing was taken: %(message)s")
                % {"file": path.name, "message": message}
            ) from error
        return True

    def _write_account(self, path: Path, account: Account, asked: Path | None) -> Path | None:
        if asked is None and not account.remarks:
            return None
        command = type(self).__module__.rsplit(".", 1)[-1]
        moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        target = asked or Path(str(settings.IMPORT_ACCOUNTS_DIR)) / f"{command}-{path.stem}-{moment}.csv"
        try:
            account.write_csv(target)
        except OSError as error:
            self.stderr.write(
                _("The account could not be written to %(path)s: %(why)s")
                % {"path": target, "why": error.strerror}
            )
            return None
        return target
