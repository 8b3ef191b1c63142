"""The peers that are Django views: django-vectortiles, and djangorestframework-gis as GeoJSON of the tile's box."""

from typing import Any

from django.contrib.gis.geos import Polygon
from django.db.models import QuerySet
from rest_framework.generics import ListAPIView
from rest_framework_gis.serializers import GeoFeatureModelSerializer
from vectortiles import VectorLayer
from vectortiles.views import MVTView

from gisportal.bench.peers.points import VIEW, BenchPoint
from layers.geometry import WEB_MERCATOR, Tile


class _Layer(VectorLayer):  # type: ignore[misc]
    model = BenchPoint
    id = VIEW
    geom_field = "geom"
    tile_fields = ("id", "service", "status", "group")
    # Ours has no buffer either: a point belongs to one tile.
    tile_buffer = 0


class Tiles(MVTView):  # type: ignore[misc]
    """What django-vectortiles makes of the view."""

    layer_classes = [_Layer]


class _Feature(GeoFeatureModelSerializer):  # type: ignore[misc]
    class Meta:
        model = BenchPoint
        geo_field = "geom"
        id_field = False
        fields = ("id", "service", "status", "group")


class Features(ListAPIView):  # type: ignore[type-arg]
    """What djangorestframework-gis makes of the view: all features in the tile's box."""

    serializer_class = _Feature
    pagination_class = None
    filter_backends = ()

    def get_queryset(self) -> "QuerySet[Any]":
        """The rows in the box of the tile that the address names."""
        tile = Tile(self.kwargs["z"], self.kwargs["x"], self.kwargs["y"])
        box = Polygon.from_bbox(tile.bounds())
        box.srid = WEB_MERCATOR
        return BenchPoint.objects.filter(geom__intersects=box)
