"""A small town that many tests share, and how to draw others."""

from dataclasses import dataclass

import pytest
from django.conf import settings
from django.contrib.gis.geos import LineString, MultiPolygon, Point, Polygon
from django.test import Client
from django.utils import translation

from districts.models import (
    Department,
    District,
    DistrictSet,
    Membership,
    Responsibility,
    Role,
    Section,
    Service,
    User,
)
from layers.models import Asset, AssetLayer, City, Visibility
from reports import actions


def pytest_configure() -> None:
    """Quick passwords: a real hash takes 0.2 s on purpose, which is for attackers to wait and not for each test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # What staff may do is tested apart from how staff signs in; tests of the second factor ask for it.
    settings.STAFF_MFA = False
    # Tests fill in forms faster than people; those of the guard ask for its seconds.
    settings.QUICKEST_REPORT_S = 0
    # A test sees its own changes at once; those of keeping ask for the seconds.
    settings.VERSIONS_HELD_S = 0


def box(west: float, south: float, east: float, north: float) -> MultiPolygon:
    """A rectangle of degrees as what polygon columns hold."""
    return MultiPolygon(Polygon.from_bbox((west, south, east, north)), srid=4326)


@pytest.fixture(autouse=True)
def english():
    """Messages are compared in the language of the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def client() -> Client:
    """A visitor who reads English."""
    return Client(headers={"accept-language": "en"})


@dataclass
class Town:
    city: City
    west: District
    east: District
    road: AssetLayer
    lamps: AssetLayer
    lamp: Asset
    holes: Service
    dark: Service
    roads_body: Department
    lights_body: Department
    moderator: User
    worker: User

    def place(self, lon: float = 30.305, lat: float = 50.165) -> Point:
        return Point(lon, lat, srid=4326)

    def received(self, **said) -> "actions.Report":
        """A report as it comes in, west of the town unless told otherwise."""
        given = {"city": self.city, "service": self.holes, "text": "A hole", "point": self.place(), **said}
        return actions.submit(actions.Submission(**given)).report

    def published(self, **said) -> "actions.Report":
        return actions.publish(self.received(**said).pk, self.moderator)


@pytest.fixture
def town(db) -> Town:
    """Two districts side by side, one road through both, one lamp in the east; around it a neighbour.

      +------------+------------+ 50.18
      |    west    |    east    |
      |=========== road ===o====| 50.17   o: lamp "7-1" at 30.33
      |            |            |
      +------------+------------+ 50.16
    30.30        30.32        30.34        the neighbour reaches to 30.40

    Holes in the road: the roads body answers within 15 m of the road (10 days), else each district's own
    housing office; dark lamps: the lights body, within 20 m of a lamp (3 days), and nobody else.
    """
    city = City.objects.create(
        slug="town", name_uk="Містечко", name_en="Town", boundary=box(30.30, 50.16, 30.34, 50.18), live=True
    )
    wards = DistrictSet.objects.create(city=city, code="wards", name_uk="Райони", name_en="Wards")
    west = District.objects.create(
        city=city,
        set=wards,
        code="w",
        name_uk="Захід",
        name_en="West",
        geometry=box(30.30, 50.16, 30.32, 50.18),
    )
    east = District.objects.create(
        city=city,
        set=wards,
        code="e",
        name_uk="Схід",
        name_en="East",
        geometry=box(30.32, 50.16, 30.34, 50.18),
    )
    around = DistrictSet.objects.create(city=city, code=DistrictSet.NEIGHBOURS, name_uk="Сусіди")
    District.objects.create(
        city=city,
        set=around,
        code="n",
        name_uk="Сусідня громада",
        name_en="Next Door",
        geometry=box(30.34, 50.16, 30.40, 50.18),
    )
    road = AssetLayer.objects.create(
        city=city,
        slug="roads",
        name_uk="Дороги",
        name_en="Roads",
        kind="road",
        reach_m=15,
        visibility=Visibility.PUBLIC,
    )
    Asset.objects.create(
        city=city,
        layer=road,
        reference="r1",
        name="вулиця Соборна",
        geometry=LineString((30.30, 50.17), (30.34, 50.17), srid=4326),
    )
    lamps = AssetLayer.objects.create(
        city=city,
        slug="lamps",
        name_uk="Ліхтарі",
        name_en="Lamps",
        kind="lighting",
        reach_m=20,
        visibility=Visibility.PUBLIC,
    )
    lamp = Asset.objects.create(
        city=city, layer=lamps, reference="7-1", geometry=Point(30.33, 50.17, srid=4326)
    )
    problems = Section.objects.create(
        city=city, code=Section.PROBLEMS, name_uk="Проблеми", name_en="Problems"
    )
    holes = Service.objects.create(
        city=city, section=problems, code="holes", name_uk="Ями", name_en="Holes in the road", severity=2
    )
    dark = Service.objects.create(
        city=city, section=problems, code="dark", name_uk="Не світить", name_en="Dark lamps", severity=1
    )
    roads_body = Department.objects.create(
        city=city, code="roads", name_uk="Шляхи", name_en="Roads body", email="roads@town.example"
    )
    lights_body = Department.objects.create(city=city, code="lights", name_uk="Світло", name_en="Lights body")
    rules = {"city": city, "service": holes, "department": roads_body}
    Responsibility.objects.create(**rules, asset_layer=road, due_days=10)
    for district in (west, east):
        office = Department.objects.create(
            city=city,
            code=f"office-{district.code}",
            name_uk=f"ЖЕК {district.name_uk}",
            name_en=f"Office {district.name_en}",
        )
        Responsibility.objects.create(**{**rules, "department": office}, district=district, due_days=20)
    Responsibility.objects.create(
        city=city, service=dark, department=lights_body, asset_layer=lamps, due_days=3
    )
    moderator = User.objects.create_user("moderator@town.example", "correct horse battery")
    Membership.objects.create(user=moderator, city=city, role=Role.MODERATOR)
    worker = User.objects.create_user("worker@town.example", "correct horse battery")
    Membership.objects.create(user=worker, city=city, role=Role.DEPARTMENT, department=roads_body)
    return Town(city, west, east, road, lamps, lamp, holes, dark, roads_body, lights_body, moderator, worker)
