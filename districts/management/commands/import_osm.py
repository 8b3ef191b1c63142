"""`import_osm FILE.osm.pbf --city S`: everything useful in an OpenStreetMap extract."""

from pathlib import Path

import shapely
from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from districts import territories
from districts.models import District, DistrictSet
from districts.versions import Incoming, Versions
from layers import osm
from layers.importing.account import Account
from layers.importing.assets import asset_layer, store_addresses, store_assets
from layers.importing.command import ImportCommand, Options
from layers.importing.features import Texts, each, multipolygon
from layers.importing.names import give_names, tell_source
from layers.importing.reading import Rows
from layers.importing.source import MAX_FILE_MB, Source
from layers.models import Asset, City


class Command(ImportCommand):
    fills = (Asset, District)
    # An extract is cut out of a larger map and nobody here can mend it: what is broken at its edge is refused
    # one by one, and the rest taken.
    all_or_nothing = False
    help = (
        "Import roads, lamps, utilities, water, parks, buildings, addresses and boundaries of an OSM extract."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--max-mb", type=int, default=MAX_FILE_MB, help=_("largest file read, in megabytes")
        )

    def take(self, path: Path, account: Account, options: Options) -> None:
        city = self.city(options)
        reading = osm.read_extract(Source(path, max_mb=options["max_mb"]), city.extent, account)
        extract = osm.Extract(dict(self.progress(reading, _("reading"), 3)))
        if self.takes_nothing(account, options):
            return
        for theme in self.progress(osm.THEMES, _("storing"), len(osm.THEMES)):
            _store(extract, theme, city, account)
        numbers = store_addresses(osm.addresses(extract, city, account))
        account.note(_("%(number)d addresses were stored.") % {"number": numbers})
        _store_boundaries(extract, city, account)
        if not city.attribution:
            tell_source(city, osm.ATTRIBUTION)
            city.save()


def _store(extract: osm.Extract, theme: osm.Theme, city: City, account: Account) -> None:
    if not any(len(rows) for rows, _classes in extract.matching(theme)):
        account.note(_("%(layer)s: none in the extract.") % {"layer": theme.wanted.slug})
        return
    layer = asset_layer(city, theme.wanted)
    stored = store_assets(osm.assets(extract, theme, layer, account))
    account.taken += stored
    account.note(f"{layer.slug}: {stored}")


def _store_boundaries(extract: osm.Extract, city: City, account: Account) -> None:
    found = osm.boundaries(extract, shapely.from_wkb(bytes(city.boundary.wkb)))
    for level, rows in found.items():
        stored = _store_districts(rows, level, city, account)
        account.taken += stored
        account.note(f"admin-{level}: {stored}")
    if missing := osm.explain_levels(osm.levels_drawn(extract), set(found)):
        account.note(missing)
    if found:
        territories.rebuild(city)


def _store_districts(rows: Rows, level: str, city: City, account: Account) -> int:
    district_set = DistrictSet.objects.filter(city=city, code=f"admin-{level}").first()
    if district_set is None:
        district_set = DistrictSet(city=city, code=f"admin-{level}")
        give_names(district_set, f"Адміністративні межі, рівень {level}", f"Administrative, level {level}")
        district_set.save()
    versions = Versions.of(district_set)
    names, names_uk, names_en = (
        Texts.of(rows, field, 160, account) for field in ("name", "name:uk", "name:en")
    )
    for feature in each(rows):
        versions.take(
            Incoming(
                code=feature.reference,
                name=names_uk.of_feature(feature) or names.of_feature(feature) or feature.reference,
                name_en=names_en.of_feature(feature),
                geometry=multipolygon(feature.geometry),
            ),
            on=None,
        )
    return len(rows)
