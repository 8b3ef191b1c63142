"""A town small enough to know by heart, for tests that walk through the whole house."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.gis.geos import LineString, MultiPolygon, Point, Polygon
from django.utils import timezone

from districts import territories
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
from layers.geometry import WGS84
from layers.models import Asset, AssetLayer, City, Kind, Visibility
from reports import actions
from reports.models import Report

PASSWORD = "тихе місто на річці"
IN_THE_WEST = Point(30.305, 50.165, srid=WGS84)
IN_THE_EAST = Point(30.315, 50.165, srid=WGS84)
ON_THE_ROAD = Point(30.305, 50.170, srid=WGS84)
AT_THE_NEIGHBOURS = Point(30.330, 50.165, srid=WGS84)


def box(west: float, south: float, east: float, north: float) -> MultiPolygon:
    return MultiPolygon(Polygon.from_bbox((west, south, east, north)), srid=WGS84)


@dataclass
class Town:
    city: City
    lamps: Department
    roads: Department
    cleaners: Department
    lamp: Service
    pothole: Service
    dump: Service
    moderator: User
    electrician: User
    resident: User

    def report(
        self, text: str = "Не світить ліхтар", point: Point | None = IN_THE_WEST, **fields: object
    ) -> Report:
        """A report that waits for a moderator."""
        said = {"service": self.lamp, "text": text, "point": point} | fields
        return actions.submit(actions.Submission(city=self.city, **said)).report  # type: ignore[arg-type]

    def published(self, text: str = "Не світить ліхтар", **fields: object) -> Report:
        """A report that everybody sees and a department has."""
        return actions.publish(self.report(text, **fields).pk, by=self.moderator)  # type: ignore[arg-type]

    def overdue(self, text: str) -> Report:
        """A published report whose time is over."""
        report = self.published(text)
        yesterday: datetime = timezone.now() - timedelta(days=1)
        Report.objects.filter(pk=report.pk).update(due_at=yesterday)
        return report


def build_town() -> Town:
    """Two districts side by side, one road through both, and a neighbour in the east.

      30.30       30.31        30.32       30.34
        +------------+------------+------------+  50.18
        |    west    |    east    | neighbour  |
        |=========== road ========|            |  50.17
        +------------+------------+------------+  50.16

    Lamps: the lighting company in the west, the cleaners in the east; 3 and 7 days.
    Potholes: the road service within 25 m of the road, in 5 days; elsewhere nobody.
    Dumps: the cleaners everywhere, in 10 days.
    """
    city = City.objects.create(
        slug="horodok",
        name_uk="Городок",
        name_en="Horodok",
        boundary=box(30.30, 50.16, 30.32, 50.18),
        live=True,
    )
    lamps, roads, cleaners = _departments(city)
    lamp, pothole, dump = _services(city)
    west, east = _districts(city)
    road = _road(city)
    for service, department, district, layer, days in [
        (lamp, lamps, west, None, 3),
        (lamp, cleaners, east, None, 7),
        (pothole, roads, None, road, 5),
        (dump, cleaners, None, None, 10),
    ]:
        Responsibility.objects.create(
            city=city,
            service=service,
            department=department,
            district=district,
            asset_layer=layer,
            due_days=days,
        )
    territories.rebuild(city)
    moderator = _person("moderator@example.org", city, Role.MODERATOR)
    electrician = _person("electrician@example.org", city, Role.DEPARTMENT, lamps)
    resident = User.objects.create_user("resident@example.org", PASSWORD, name="Олена")
    return Town(city, lamps, roads, cleaners, lamp, pothole, dump, moderator, electrician, resident)


def _departments(city: City) -> list[Department]:
    names = [
        ("lamps", "Міськсвітло", "City Lights"),
        ("roads", "Дороги", "Roads"),
        ("cleaners", "Благоустрій", "Cleaners"),
    ]
    return [Department.objects.create(city=city, code=c, name_uk=uk, name_en=en) for c, uk, en in names]


def _services(city: City) -> list[Service]:
    section = Section.objects.create(city=city, code=Section.PROBLEMS, name_uk="Проблеми", name_en="Problems")
    named = [
        ("lamp", "Не світить ліхтар", "Street lamp is out", "Освітлення", "Lighting"),
        ("pothole", "Яма на дорозі", "Pothole", "Дороги", "Roads"),
        ("dump", "Стихійне звалище", "", "", ""),
    ]
    return [
        Service.objects.create(
            city=city,
            section=section,
            code=code,
            name_uk=uk,
            name_en=en,
            group_uk=group_uk,
            group_en=group_en,
        )
        for code, uk, en, group_uk, group_en in named
    ]


def _districts(city: City) -> tuple[District, District]:
    wards = DistrictSet.objects.create(city=city, code="wards", name_uk="Райони", name_en="Wards")
    around = DistrictSet.objects.create(
        city=city, code=DistrictSet.NEIGHBOURS, name_uk="Сусіди", name_en="Neighbours"
    )
    west = District.objects.create(
        city=city,
        set=wards,
        code="west",
        name_uk="Захід",
        name_en="West",
        geometry=box(30.30, 50.16, 30.31, 50.18),
    )
    east = District.objects.create(
        city=city,
        set=wards,
        code="east",
        name_uk="Схід",
        name_en="East",
        geometry=box(30.31, 50.16, 30.32, 50.18),
    )
    District.objects.create(
        city=city,
        set=around,
        code="n",
        name_uk="Сусідня громада",
        name_en="Next Town",
        geometry=box(30.32, 50.16, 30.34, 50.18),
    )
    return west, east


def _road(city: City) -> AssetLayer:
    layer = AssetLayer.objects.create(
        city=city,
        slug="roads",
        name_uk="Дороги",
        name_en="Roads",
        kind=Kind.ROAD,
        reach_m=25,
        visibility=Visibility.PUBLIC,
    )
    line = LineString((30.30, 50.17), (30.32, 50.17), srid=WGS84)
    Asset.objects.create(city=city, layer=layer, reference="R-1", name="вулиця Соборна", geometry=line)
    return layer


def _person(email: str, city: City, role: Role, department: Department | None = None) -> User:
    person = User.objects.create_user(email, PASSWORD)
    Membership.objects.create(user=person, city=city, role=role, department=department)
    return person
