"""Puts the synthetic city into the benchmark's own database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.gis.geos import MultiPolygon, Polygon
from django.db import connection, transaction
from tqdm import tqdm

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
from gisportal.bench import synthetic
from gisportal.bench.synthetic import EAST, NORTH, SOUTH, WEST
from layers.geometry import WGS84
from layers.models import AssetLayer, City, Kind

SLUG = "bench"
MODERATOR = "moderator@bench.example"
LAMP_SERVICES = 5
"""How many services are routed by the nearest lamp first; all are routed by district, then by the fallback."""
FIRST_NEW_REPORT = 100_000_000
"""Numbers of reports sent while measuring: beyond every other number, so that a replay can tell them apart."""
BORN = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Town:
    """What the measurements need to know of the loaded city."""

    city: City
    services: list[Service]
    moderator: User


def find_town() -> Town:
    """The city that was loaded; City.DoesNotExist where none was."""
    city = City.objects.get(slug=SLUG)
    services = list(Service.objects.filter(city=city).order_by("code"))
    return Town(city, services, User.objects.get(email=MODERATOR))


def load(reports: int, assets: int) -> None:
    """Fill the empty database with the synthetic city, so many reports and assets, and have it analysed."""
    with transaction.atomic():
        city = City.objects.create(slug=SLUG, name="Bench", boundary=_outline(), live=True, synthetic=True)
        services = _services(city)
        departments = _departments(city)
        layer = AssetLayer.objects.create(
            city=city,
            slug="lamps",
            name="Lamps",
            kind=Kind.LIGHTING,
            reach_m=synthetic.REACH_M,
            visibility="public",
        )
        _rules(city, services, departments, layer)
        moderator = User.objects.create_user(MODERATOR)
        Membership.objects.create(user=moderator, city=city, role=Role.MODERATOR)
    _assets(layer, assets)
    _reports(city, services, departments, reports)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _outline() -> MultiPolygon:
    return MultiPolygon(Polygon.from_bbox((WEST, SOUTH, EAST, NORTH)), srid=WGS84)


def _services(city: City) -> list[Service]:
    section = Section.objects.create(city=city, code=Section.PROBLEMS, name="Problems")
    return [
        Service.objects.create(
            city=city, section=section, code=f"s{n:02}", name=f"Service {n}", severity=1 + n % 3
        )
        for n in range(synthetic.SERVICES)
    ]


def _departments(city: City) -> list[Department]:
    return [
        Department.objects.create(
            city=city, code=f"d{n:02}", name=f"Department {n}", email=f"d{n:02}@bench.example"
        )
        for n in range(synthetic.SERVICES)
    ]


def _rules(city: City, services: list[Service], departments: list[Department], layer: AssetLayer) -> None:
    wards = DistrictSet.objects.create(city=city, code="wards", name="Wards")
    made = District.objects.bulk_create(
        District(
            city=city,
            set=wards,
            code=f"w{number:03}",
            name=f"Ward {number}",
            geometry=MultiPolygon(Polygon(ring.tolist()), srid=WGS84),
        )
        for number, ring in enumerate(synthetic.districts())
    )
    rules = []
    for service, department in zip(services, departments, strict=True):
        rule = {"city": city, "service": service, "department": department, "due_days": 10}
        rules += [Responsibility(**rule, district=district) for district in made]
        rules.append(Responsibility(**rule, rank=200))
    rules += [
        Responsibility(city=city, service=service, department=departments[0], asset_layer=layer, due_days=3)
        for service in services[:LAMP_SERVICES]
    ]
    Responsibility.objects.bulk_create(rules, batch_size=1000)


def _assets(layer: AssetLayer, number: int) -> None:
    rows = ((f"lamp-{n}", lon, lat) for n, (lon, lat) in enumerate(synthetic.lamps(number).tolist()))
    _copy("reference text, lon float8, lat float8", rows, number, "assets")
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO layers_asset (city_id, layer_id, reference, name, owner, subtype, geometry)
            SELECT %s, %s, reference, '', '', '', ST_SetSRID(ST_MakePoint(lon, lat), 4326) FROM staging
            """,
            [layer.city_id, layer.pk],
        )


def _reports(city: City, services: list[Service], departments: list[Department], number: int) -> None:
    columns = "lon float8, lat float8, service int, status int, age_s int, ward int, disputed int, weight int"
    wards = list(District.objects.filter(city=city).order_by("code"))
    for start, batch in enumerate(synthetic.reports(number)):
        _copy(columns, batch.rows(), len(batch), f"reports {start + 1}")
        values: dict[str, Any] = {
            "city": city.pk,
            "services": [service.pk for service in services],
            "departments": [department.pk for department in departments],
            "statuses": list(synthetic.STATUSES),
            "born": BORN,
            "set": wards[0].set_id,
            "wards": [ward.pk for ward in wards],
        }
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in (_NUMBERED, _REPORTS, _DISTRICTS):
                cursor.execute(statement, values)
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('reports_report_id_seq', %s)", [FIRST_NEW_REPORT])


_NUMBERED = """
CREATE TEMPORARY TABLE numbered ON COMMIT DROP AS
SELECT *, nextval('reports_report_id_seq') AS id, %(born)s::timestamptz - age_s * interval '1 second' AS at,
    (%(statuses)s::text[])[status + 1] AS word
FROM staging
"""
_REPORTS = """
INSERT INTO reports_report (
    id, city_id, service_id, department_id, status, text, address, point, decision, flags, contact_name, contact_email,
    contact_phone, created_at, updated_at, published_at, due_at, disputed, priority, token, fingerprint, reference)
SELECT id, %(city)s, (%(services)s::bigint[])[service + 1], (%(departments)s::bigint[])[service + 1],
       word, 'Something is broken here.', '', ST_SetSRID(ST_MakePoint(lon, lat), 4326),
       '{}', '[]', '', '', '', at, at,
       CASE WHEN word <> 'received' THEN at END, CASE WHEN word <> 'received' THEN at + interval '10 days' END,
       disputed = 1, weight, gen_random_uuid()::text, '', ''
FROM numbered
"""
_DISTRICTS = """
INSERT INTO reports_reportdistrict (city_id, report_id, set_id, district_id)
SELECT %(city)s, id, %(set)s, (%(wards)s::bigint[])[ward + 1] FROM numbered WHERE word <> 'received'
"""


def _copy(columns: str, rows: Iterable[tuple[Any, ...]], number: int, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS staging")
        cursor.execute(f"CREATE TEMPORARY TABLE staging ({columns})")
        with cursor.copy("COPY staging FROM STDIN") as copy:
            for row in tqdm(rows, desc=name, total=number, leave=False, mininterval=1):
                copy.write_row(row)
