"""`import_assets FILE --city S --layer L --kind K --ref-field F`: lamps, pipes, roads and other things."""

from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from layers.importing.account import Account
from layers.importing.assets import House, LayerWanted, asset_layer, store_addresses, store_assets
from layers.importing.command import ImportCommand, Options
from layers.importing.features import Texts, each, features, geos
from layers.importing.options import add_source_arguments, source_from
from layers.importing.reading import Rows
from layers.importing.repairing import Wanted
from layers.models import Address, Asset, AssetLayer, Kind, Visibility


class Command(ImportCommand):
    fills = (Asset,)
    help = "Import things that stand somewhere; run again, it changes those of the same reference."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--layer", required=True, metavar="SLUG", help=_("the asset layer, made if new"))
        parser.add_argument("--kind", required=True, choices=Kind.values, help=_("what the layer holds"))
        parser.add_argument(
            "--ref-field", required=True, metavar="F", help=_("the owner's number for a thing")
        )
        for option in ("--name-field", "--owner-field", "--subtype-field"):
            parser.add_argument(option, metavar="F")
        parser.add_argument(
            "--other-names-field", metavar="F", help=_("old and other names, with semicolons between them")
        )
        parser.add_argument(
            "--street-field", metavar="F", help=_("with --house-number-field: fill the addresses")
        )
        parser.add_argument("--house-number-field", metavar="F")
        parser.add_argument(
            "--settlement-field",
            metavar="F",
            help=_("the village or town of an address, where streets share names"),
        )
        parser.add_argument("--layer-name", help=_("Ukrainian name of the layer"))
        parser.add_argument("--layer-name-en", help=_("English name of the layer"))
        parser.add_argument(
            "--reach-m", type=float, metavar="M", help=_("how near a report must be, in metres")
        )
        parser.add_argument("--visibility", choices=Visibility.values)
        parser.add_argument("--attribution", help=_("source and licence of the file"))
        add_source_arguments(parser)

    def take(self, path: Path, account: Account, options: Options) -> None:
        city = self.city(options)
        layer = asset_layer(city, _layer_wanted(options))
        rows = features(
            source_from(path, options),
            account,
            reference=options["ref_field"],
            wanted=Wanted.ANYTHING,
            extent=city.extent,
        )
        if self.takes_nothing(account, options):
            return
        assets = self.progress(_assets(rows, layer, options, account), layer.slug, len(rows))
        account.taken = store_assets(assets)
        if options["street_field"] and options["house_number_field"]:
            stored = store_addresses(_addresses(rows, layer, options, account))
            account.note(_("%(number)d addresses were stored.") % {"number": stored})


def _layer_wanted(options: Options) -> LayerWanted:
    return LayerWanted(
        slug=options["layer"],
        kind=Kind(options["kind"]),
        name_uk=options["layer_name"],
        name_en=options["layer_name_en"],
        reach_m=options["reach_m"],
        visibility=options["visibility"],
        source=options["attribution"],
    )


def _assets(rows: Rows, layer: AssetLayer, options: Options, account: Account) -> Iterator[Asset]:
    name = Texts.of(rows, options["name_field"], 200, account)
    others = Texts.of(rows, options["other_names_field"], 400, account)
    owner = Texts.of(rows, options["owner_field"], 120, account)
    subtype = Texts.of(rows, options["subtype_field"], 40, account)
    for feature in each(rows):
        yield Asset(
            city_id=layer.city_id,
            layer=layer,
            reference=feature.reference,
            name=name.of_feature(feature),
            other_names=others.of_feature(feature),
            owner=owner.of_feature(feature),
            subtype=subtype.of_feature(feature),
            geometry=geos(feature.geometry),
        )


def _addresses(rows: Rows, layer: AssetLayer, options: Options, account: Account) -> Iterator[Address]:
    streets = Texts.of(rows, options["street_field"], 160, account)
    houses = Texts.of(rows, options["house_number_field"], 20, account)
    settlements = Texts.of(rows, options["settlement_field"], 120, account)
    for feature in each(rows):
        street, house = streets.of_feature(feature), houses.of_feature(feature)
        if street and house:
            where = House(street, house, settlements.of_feature(feature))
            yield where.at(layer.city, feature.geometry)
