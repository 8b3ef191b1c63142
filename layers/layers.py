"""Publishes cities, addresses and the asset layers, the latter by kind."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter

from layers.catalog import Layer, publish
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
        sources=("layers_city", "layers_assetlayer", "layers_asset", f"layers_asset.{kind.value}"),
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
        id="address",
        title=_("house numbers"),
        features=_addresses,
        geometry="point_mercator",
        fields={"street": "street", "house_number": "house_number"},
        filters=OfCity,
        zooms=range(16, MAX_ZOOM + 1),
        points=True,
        sources=("layers_city", "layers_address"),
    )
)
# A kind is always on the list: what it holds is decided by each layer's visibility when it is asked.
for each in Kind:
    publish(_of_kind(each))
