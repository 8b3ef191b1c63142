"""Where a city ends, for whoever asks before something is put on its map."""

from django.contrib.gis.geos import Point
from django.utils import timezone

from districts.models import District, DistrictSet
from districts.routing import is_within
from layers.models import City
from reports.errors import OutsideTheCity


def refuse_outside(city: City, point: Point) -> None:
    """Raise OutsideTheCity, naming the neighbour that holds the place, where one is known."""
    if is_within(city, point):
        return
    neighbours = District.objects.filter(city=city, set__code=DistrictSet.NEIGHBOURS).on(timezone.localdate())
    neighbour = neighbours.covering(point).first()
    raise OutsideTheCity(str(city), str(neighbour) if neighbour else None)
