"""Assets and addresses into the database, in batches; what has the same reference is changed, not doubled."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

import shapely
from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _

from layers.geometry import WGS84
from layers.importing.account import FileRefusedError
from layers.importing.names import give_names, refuse_bad_fields
from layers.models import Address, Asset, AssetLayer, City, Kind, first_visibility

T = TypeVar("T")
BATCH = 2000

REACH_M = {Kind.LIGHTING: 20.0, Kind.BUILDING: 10.0, Kind.GREENERY: 10.0, Kind.WATERBODY: 30.0}
"""How near a report must be, where nobody says so; an area's reach is counted from its edge."""
REACH_OTHERS_M = 25.0


@dataclass(frozen=True, slots=True)
class LayerWanted:
    """What is asked of an asset layer; None keeps what it has, and gives a new one what suits its kind."""

    slug: str
    kind: Kind
    name_uk: str | None = None
    name_en: str | None = None
    reach_m: float | None = None
    visibility: str | None = None
    source: str | None = None


def asset_layer(city: City, wanted: LayerWanted) -> AssetLayer:
    """The city's layer of that slug, made or changed; FileRefusedError where it holds another kind."""
    layer = AssetLayer.objects.filter(city=city, slug=wanted.slug).first() or _new_layer(city, wanted)
    if layer.kind != wanted.kind:
        raise FileRefusedError(
            _("The layer “%(slug)s” already holds the kind “%(kind)s”; choose another layer.")
            % {"slug": wanted.slug, "kind": layer.kind}
        )
    give_names(layer, wanted.name_uk, wanted.name_en)
    for field in ("reach_m", "visibility", "source"):
        if (value := getattr(wanted, field)) is not None:
            setattr(layer, field, value)
    refuse_bad_fields(layer)
    if not 0 < layer.reach_m <= 5000:
        raise FileRefusedError(_("The reach must be more than 0 and at most 5000 metres."))
    layer.save()
    return layer


def _new_layer(city: City, wanted: LayerWanted) -> AssetLayer:
    layer = AssetLayer(
        city=city,
        slug=wanted.slug,
        kind=wanted.kind,
        reach_m=REACH_M.get(wanted.kind, REACH_OTHERS_M),
        visibility=first_visibility(wanted.kind),
    )
    give_names(layer, wanted.slug, None)
    return layer


def store_assets(assets: Iterable[Asset]) -> int:
    """Add the assets, or change those of the same layer and reference; how many there were."""
    stored = 0
    for batch in _batches(assets):
        Asset.objects.bulk_create(
            batch,
            update_conflicts=True,
            unique_fields=["layer", "reference"],
            update_fields=["name", "other_names", "owner", "subtype", "geometry"],
        )
        stored += len(batch)
    return stored


@dataclass(frozen=True, slots=True)
class House:
    """How a file says where a house is; the settlement is empty where it doesn't say."""

    street: str
    number: str
    settlement: str = ""

    def at(self, city: City, geometry: shapely.Geometry) -> Address:
        """The address at the geometry, for an area at a point that is surely within it."""
        (x, y), *_others = shapely.get_coordinates(shapely.point_on_surface(geometry))
        return Address(
            city=city,
            settlement=self.settlement,
            street=self.street,
            house_number=self.number,
            point=Point(x, y, srid=WGS84),
        )


def store_addresses(addresses: Iterable[Address]) -> int:
    """Add the addresses or move those that exist; how many. Of several at one number the first counts."""
    unique: dict[tuple[str, str, str], Address] = {}
    for each in addresses:
        unique.setdefault((each.street, each.house_number, each.settlement), each)
    for batch in _batches(unique.values()):
        Address.objects.bulk_create(
            batch,
            update_conflicts=True,
            unique_fields=["city", "street", "house_number", "settlement"],
            update_fields=["point"],
        )
    return len(unique)


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch
