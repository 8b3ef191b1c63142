"""The demo city from a seed: every file its importers read."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from shapely import LineString, Polygon

from gisportal.demo import layout
from gisportal.demo.buildings import Building, building_features, raise_buildings
from gisportal.demo.features import Feature
from gisportal.demo.greenery import Green, draw_greenery, draw_parks, greenery_features, park_paths
from gisportal.demo.names import transliterate
from gisportal.demo.network import CITY_OWNER, Network, build_network, road_features
from gisportal.demo.outline import Outline, cut_districts, draw_neighbours, draw_outline
from gisportal.demo.quarters import Quarters, fill_quarters
from gisportal.demo.reports import HEADER, report_rows
from gisportal.demo.utilities import furniture, lamps, pipes
from gisportal.demo.water import Water, draw_water
from gisportal.demo.write import write_csv, write_geojson

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "vasylkiv"

Progress = Callable[[str], None]
Sheets = dict[str, list[Feature]]


@dataclass(frozen=True)
class Town:
    """Everything drawn, in metres of the plane."""

    outline: Outline
    water: Water
    network: Network
    quarters: Quarters
    buildings: list[Building]
    greens: list[Green]
    paths: list[LineString]


def build_town(seed: int, progress: Progress = lambda step: None) -> Town:
    """The city drawn from the ground up; the same seed draws the same city."""

    def dice(stage: int) -> np.random.Generator:
        return np.random.default_rng([seed, stage])

    progress("outline and water")
    outline = draw_outline(dice(1))
    water = draw_water(outline.hromada, dice(2))
    parks = draw_parks(dice(3))
    barrier = shapely.union_all([water.surface.buffer(24), *(park.shape.buffer(15) for park in parks)])
    progress("streets")
    network = build_network(outline, barrier, seed)
    quarters = fill_quarters(network, barrier, dice(5))
    progress("buildings")
    inside = (outline.city, *outline.villages)
    buildings = raise_buildings(network, quarters, inside, barrier.buffer(-3), dice(6))
    progress("greenery")
    footprints = [building.shape for building in buildings]
    greens = draw_greenery(outline, water, network, parks, footprints, dice(7))
    return Town(outline, water, network, quarters, buildings, greens, park_paths(greens, dice(8)))


def sheets_of(town: Town, seed: int) -> Sheets:
    """The town's features by file stem."""
    roads, oblast = road_features(town.network, town.outline, [*town.paths, *town.quarters.footways])
    roads += [
        Feature(f"V-{number}", lane, "", "", "service", CITY_OWNER)
        for number, lane in enumerate(town.quarters.driveways, start=1)
    ]
    parks = [green.shape for green in town.greens if green.subtype == "park" and green.shape.area > 4_000]
    rng = np.random.default_rng([seed, 9])
    return {
        **_areas(town, seed),
        "roads": roads,
        "roads-oblast": oblast,
        "waterbodies": _water_features(town.water),
        "greenery": greenery_features(town.greens),
        "buildings": building_features(town.buildings),
        "lighting": lamps(town.network, town.outline, town.quarters),
        **pipes(town.network, town.outline, rng),
        **furniture(town.network, town.outline, town.quarters, parks, rng),
    }


def _areas(town: Town, seed: int) -> Sheets:
    outline = town.outline
    cuts = [LineString(street.line) for street in town.network.streets[: town.network.main]]
    districts = cut_districts(outline.city, [*cuts, town.water.river])
    neighbours = draw_neighbours(outline.hromada, np.random.default_rng([seed, 10]))
    city = layout.OWN_CITY
    settlements = [_area(city[0], city[1], city[2], outline.city, city[3])]
    settlements += [
        _area(village.code, village.name, village.name_en, shape, village.population)
        for village, shape in zip(layout.VILLAGES, outline.villages, strict=True)
    ]
    return {
        "city": [_area("vasylkiv", "Васильківська міська громада", "Vasylkiv City Hromada", outline.hromada)],
        "settlements": settlements,
        "microdistricts": [
            _area(code, name, name_en, shape)
            for (code, name, name_en, _), shape in zip(layout.DISTRICTS, districts, strict=True)
        ],
        "neighbours": [
            _area(code, f"{name} (сусідня громада)", f"{name_en} (neighbouring hromada)", shape)
            for (code, name, name_en), shape in zip(layout.NEIGHBOURS, neighbours, strict=True)
        ],
    }


def _area(code: str, name: str, name_en: str, shape: Polygon, population: int = 0) -> Feature:
    more: dict[str, str | int] = {"code": code}
    if population:
        more["population"] = population
    return Feature(code, shape, name, name_en, more=more)


def _water_features(water: Water) -> list[Feature]:
    kinds = {"річка": "River", "струмок": "Stream", "озеро": "Lake", "став": "Pond"}
    features = []
    for number, (name, subtype, shape) in enumerate(water.bodies, start=1):
        kind, _, rest = name.partition(" ")
        english = (
            f"{transliterate(rest)} {kinds[kind]}"
            if kind in kinds and rest
            else kinds.get(kind, transliterate(name))
        )
        features.append(Feature(f"WB-{number}", shape, name, english, subtype, CITY_OWNER))
    return features


def generate(seed: int, folder: Path, progress: Progress = lambda step: None) -> None:
    """Write the whole demo city into `folder` (made if absent): GeoJSON in WGS84, CSV in UTF-8.

    The same seed writes the same bytes. `progress` hears the name of each step as it begins.
    """
    folder.mkdir(parents=True, exist_ok=True)
    town = build_town(seed, progress)
    progress("utilities")
    sheets = sheets_of(town, seed)
    progress("files")
    for stem, features in sheets.items():
        write_geojson(folder / f"{stem}.geojson", features)
    progress("reports")
    council = np.asarray(town.buildings[0].shape.centroid.coords[0])
    rows = report_rows(sheets, FIXTURES, council, np.random.default_rng([seed, 11]))
    write_csv(folder / "reports.csv", HEADER, rows)
