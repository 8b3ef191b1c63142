"""What a place stands on, as far as the public map knows."""

from enum import StrEnum

from django.contrib.gis.geos import Point

from layers.models import Asset, AssetLayer, City, Kind


class Ground(StrEnum):
    WATER = "water"
    PRIVATE = "private"


PRIVATE_OWNERS = r"^(private|приватн)"


def ground(city: City, point: Point) -> Ground | None:
    """Whether the point (WGS84) lies in water or on private land; None where neither is known of.

    Only layers that everybody may see are asked, and owners only where the city publishes them.
    """
    areas = Asset.objects.filter(
        layer__in=AssetLayer.objects.visible_to(None), layer__city=city, city=city, geometry__covers=point
    )
    if areas.filter(layer__kind=Kind.WATERBODY).exists():
        return Ground.WATER
    if city.publishes_owners and areas.filter(owner__iregex=PRIVATE_OWNERS).exists():
        return Ground.PRIVATE
    return None
