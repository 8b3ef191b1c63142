"""Publishes cities, addresses and the asset layers, the latter by kind."""

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter

from layers.catalog import Layer, publish
from layers.checks import Dimension, PointInside
from layers.filters import OfCity
from layers.geometry import MAX_ZOOM, Tile
from layers.models import Address, Asset, City, Kind, Viewer

FIRST_ZOOM = {
    Kind.ROAD: 8,
    Kind.WATERBODY: 8,
    Kind.GREENERY: 9,
    Kind.BUILDING: 14,
}
"""Where a kind begins to be drawn; others begin at zoom 13."""

NAMED_AREAS = (Kind.GREENERY, Kind.WATERBODY, Kind.BUILDING)
"""Kinds whose areas have a name of their own in the middle, once, however many tiles they lie in."""

ROADS_FROM_AFAR = (
    # below this zoom, only these classes of road are drawn
    (11, ("motorway", "trunk", "primary")),
    (13, ("motorway", "trunk", "primary", "secondary", "tertiary")),
    (
        14,
        (
            "motorway",
            "trunk",
            "primary",
            "secondary",
            "tertiary",
            "unclassified",
            "residential",
            "living_street",
            "",
        ),
    ),
)


class CityBySlug(OfCity):
    city = CharFilter(field_name="slug")


def _thin_roads(assets: "QuerySet[Asset]", tile: Tile) -> "QuerySet[Asset]":
    for zoom, classes in ROADS_FROM_AFAR:
        if tile.z < zoom:
            return assets.filter(
                Q(subtype__in=classes) | Q(subtype__endswith="_link", subtype__startswith="trunk")
            )
    return assets


def _first_zoom_of_road(subtype: str) -> int:
    trunk_link = subtype.startswith("trunk") and subtype.endswith("_link")
    for zoom, classes in reversed(ROADS_FROM_AFAR):
        if subtype not in classes and not trunk_link:
            return zoom
    return FIRST_ZOOM[Kind.ROAD]


def _of_kind(kind: Kind) -> Layer:
    def features(viewer: Viewer | None) -> "QuerySet[Asset]":
        return Asset.objects.visible_to(viewer).filter(layer__kind=kind).with_owner_for(viewer)

    return Layer(
        id=kind.value,
        title=kind.label,
        features=features,
        geometry="geometry_mercator",
        fields={
            "reference": "reference",
            "name": "name",
            "subtype": "subtype",
            "layer": "layer__slug",
            "owner": "shown_owner",
        },
        filters=OfCity,
        zooms=range(FIRST_ZOOM.get(kind, 13), MAX_ZOOM + 1),
        thin=_thin_roads if kind is Kind.ROAD else None,
        first_zoom=_first_zoom_of_road if kind is Kind.ROAD else None,
        sources=("layers_city", "layers_assetlayer", "layers_asset", f"layers_asset.{kind.value}"),
    )


def _named_areas(viewer: Viewer | None) -> "QuerySet[Asset]":
    assets = Asset.objects.visible_to(viewer).filter(layer__kind__in=NAMED_AREAS).exclude(name="")
    return assets.annotate(middle=PointInside(F("geometry_mercator")), flat=Dimension(F("geometry"))).filter(
        flat=2
    )


def _cities(viewer: Viewer | None) -> "QuerySet[City]":
    return City.objects.visible_to(viewer)


def _addresses(viewer: Viewer | None) -> "QuerySet[Address]":
    return Address.objects.filter(city__in=City.objects.visible_to(viewer))


publish(
    Layer(
        id="city",
        title=_("cities"),
        features=_cities,
        geometry="boundary_mercator",
        fields={"slug": "slug", "name": "name_uk", "name_en": "name_en"},
        filters=CityBySlug,
        sources=("layers_city",),
    )
)
publish(
    Layer(
        id="area-name",
        title=_("names of parks and waters"),
        features=_named_areas,
        geometry="middle",
        fields={"name": "name", "subtype": "subtype", "kind": "layer__kind"},
        filters=OfCity,
        zooms=range(13, MAX_ZOOM + 1),
        points=True,
        sources=(
            "layers_city",
            "layers_assetlayer",
            "layers_asset",
            *(f"layers_asset.{kind.value}" for kind in NAMED_AREAS),
        ),
    )
)
publish(
    Layer(
        id="address",
        title=_("house numbers"),
        features=_addresses,
        geometry="point_mercator",
        fields={"street": "street", "house_number": "house_number"},
        filters=OfCity,
        zooms=range(15, MAX_ZOOM + 1),
        points=True,
        sources=("layers_city", "layers_address"),
    )
)
# A kind is always on the list: what it holds is decided by each layer's visibility when it is asked.
for each in Kind:
    publish(_of_kind(each))
