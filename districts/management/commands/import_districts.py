"""`import_districts FILE --city S --set SET --name-field F`: one way to divide the city."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from districts import territories
from districts.models import District, DistrictSet
from districts.versions import Incoming, UnmatchedError, Versions
from layers.importing.account import Account
from layers.importing.command import ImportCommand, Options
from layers.importing.features import Feature, Texts, each, features, multipolygon
from layers.importing.names import give_names, name_in, refuse_bad_fields
from layers.importing.options import add_source_arguments, source_from
from layers.importing.reading import Rows
from layers.importing.repairing import Wanted
from layers.models import City


class Command(ImportCommand):
    fills = (District,)
    help = "Import a set of districts; run again, it changes those of the same code or unique name."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--set", required=True, metavar="CODE", help=_("the set of districts, made if new")
        )
        parser.add_argument("--set-name", help=_("its Ukrainian name"))
        parser.add_argument("--set-name-en", help=_("its English name"))
        parser.add_argument("--name-field", required=True, metavar="F")
        parser.add_argument("--name-en-field", metavar="F")
        parser.add_argument("--code-field", metavar="F", help=_("without it names are codes"))
        parser.add_argument("--population-field", metavar="F")
        parser.add_argument(
            "--valid-from",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help=_("keep the old polygon up to that day; without it a changed polygon replaces the old"),
        )
        add_source_arguments(parser)

    def take(self, path: Path, account: Account, options: Options) -> None:
        city = self.city(options)
        rows = features(
            source_from(path, options),
            account,
            reference=options["code_field"] or options["name_field"],
            wanted=Wanted.AREAS,
            extent=city.extent,
            by_name=not options["code_field"],
        )
        if self.takes_nothing(account, options):
            return
        versions = Versions.of(_set(city, options))
        before = versions.codes()
        met: set[str] = set()
        incoming = self.progress(_incoming(rows, options, account), options["set"], len(rows))
        for feature, district in incoming:
            try:
                met.add(versions.take(district, options["valid_from"]))
                account.taken += 1
            except UnmatchedError as error:
                account.refuse(feature.line, feature.reference, str(error))
        _explain(versions, before & versions.codes() - met, account)
        territories.rebuild(city)


def _set(city: City, options: Options) -> DistrictSet:
    found = DistrictSet.objects.filter(city=city, code=options["set"]).first()
    district_set = found or DistrictSet(city=city, code=options["set"])
    name = options["set_name"] or name_in("uk", district_set) or options["set"]
    give_names(district_set, name, options["set_name_en"])
    refuse_bad_fields(district_set)
    district_set.save()
    return district_set


def _incoming(rows: Rows, options: Options, account: Account) -> Iterator[tuple[Feature, Incoming]]:
    names = Texts.of(rows, options["name_field"], 160, account)
    names_en = Texts.of(rows, options["name_en_field"], 160, account)
    populations = Texts.of(rows, options["population_field"], 20, account)
    for feature in each(rows):
        yield (
            feature,
            Incoming(
                code=feature.reference,
                name=names.of_feature(feature) or feature.reference,
                name_en=names_en.of_feature(feature),
                geometry=multipolygon(feature.geometry),
                population=_population(populations.of_feature(feature), feature, account),
                has_own_code=bool(options["code_field"]),
            ),
        )


def _population(written: str, feature: Feature, account: Account) -> int | None:
    if not written:
        return None
    digits = written.replace("\u00a0", "").replace(" ", "")
    if digits.isascii() and digits.isdigit() and int(digits) < 2**31:
        return int(digits)
    what = _("the population “%(written)s” is not a whole number; left empty")
    account.repair(feature.line, feature.reference, what % {"written": written})
    return None


def _explain(versions: Versions, absent: set[str], account: Account) -> None:
    counted = versions.counted
    account.note(
        _("%(added)d districts added, %(changed)d updated in place, %(versioned)d given a new version.")
        % {"added": counted.added, "changed": counted.changed, "versioned": counted.versioned}
    )
    if absent:
        account.note(
            _("Not in the file, left as they are: %(codes)s.") % {"codes": ", ".join(sorted(absent))[:500]}
        )
