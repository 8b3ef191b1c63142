"""Publishes districts and the departments' territories."""

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter

from districts.models import District, DistrictQuerySet, Territory
from layers.catalog import Layer, publish
from layers.checks import PointInside
from layers.filters import OfCity
from layers.geometry import MAX_ZOOM
from layers.models import City, Viewer
from layers.naming import VIEWS


class DistrictFilter(OfCity):
    """Districts of a city, of one set."""

    set = CharFilter(field_name="set__code")


class TerritoryFilter(OfCity):
    """Territories in a city, of one department, for one service."""

    department = CharFilter(field_name="department__code")
    service = CharFilter(field_name="service__code")


def _districts(viewer: Viewer | None) -> DistrictQuerySet:
    return District.objects.filter(city__in=City.objects.visible_to(viewer)).on(timezone.localdate())


def _territories(viewer: Viewer | None) -> "QuerySet[Territory]":
    return Territory.objects.filter(city__in=City.objects.visible_to(viewer))


def _place_names(viewer: Viewer | None) -> DistrictQuerySet:
    return _districts(viewer).within_the_city().annotate(middle=PointInside(F("geometry_mercator")))


publish(
    Layer(
        id="place-name",
        title=_("names of districts"),
        features=_place_names,
        geometry="middle",
        fields={"name": "name_uk", "name_en": "name_en", "set": "set__code"},
        filters=DistrictFilter,
        zooms=range(9, MAX_ZOOM + 1),
        points=True,
        sources=("layers_city", "districts_districtset", "districts_district"),
        moment=timezone.localdate,
    )
)
publish(
    Layer(
        id="districts",
        title=_("districts"),
        features=_districts,
        geometry="geometry_mercator",
        fields={"code": "code", "name": "name_uk", "name_en": "name_en", "set": "set__code"},
        filters=DistrictFilter,
        sources=("layers_city", "districts_districtset", "districts_district"),
        moment=timezone.localdate,
    )
)
publish(
    Layer(
        id="territories",
        title=_("territories of the departments"),
        features=_territories,
        geometry="geometry_mercator",
        fields={"department": "department__code", "service": "service__code"},
        filters=TerritoryFilter,
        sources=("layers_city", "districts_department", "districts_service", "districts_territory"),
    )
)
VIEWS.append("gazetteer_of_districts")
