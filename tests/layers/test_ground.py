import pytest
from django.contrib.gis.geos import Point, Polygon

from layers.ground import Ground, ground
from layers.models import Asset, AssetLayer, City, Visibility
from tests.town import box

IN_THE_POND, IN_THE_YARD, IN_THE_STREET = (Point(lon, 50.5, srid=4326) for lon in (30.15, 30.35, 30.55))


@pytest.fixture
def city(db: None) -> City:
    """A pond from 30.1 to 30.2 and a private yard from 30.3 to 30.4; nothing east of it."""
    city = City.objects.create(
        slug="misto", name_uk="Місто", boundary=box(30, 50, 31, 51), live=True, publishes_owners=True
    )
    for kind, owner, west in [("waterbody", "", 30.1), ("other", "private", 30.3)]:
        layer = AssetLayer.objects.create(
            city=city, slug=kind, name_uk=kind, kind=kind, visibility=Visibility.PUBLIC
        )
        area = Polygon.from_bbox((west, 50.4, west + 0.1, 50.6))
        area.srid = 4326
        Asset.objects.create(city=city, layer=layer, reference="1", owner=owner, geometry=area)
    return city


def test_water_and_private_land_are_told_apart_from_the_street(city: City) -> None:
    found = [ground(city, point) for point in (IN_THE_POND, IN_THE_YARD, IN_THE_STREET)]
    assert found == [Ground.WATER, Ground.PRIVATE, None]


def test_owners_stay_untold_where_the_city_does_not_publish_them(city: City) -> None:
    city.publishes_owners = False
    assert ground(city, IN_THE_YARD) is None


def test_a_layer_for_routing_only_tells_nothing(city: City) -> None:
    AssetLayer.objects.update(visibility=Visibility.ROUTING)
    assert ground(city, IN_THE_POND) is None
