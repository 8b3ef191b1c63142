"""The finished street network: named, owned, cut at junctions, ready to be written and built along."""

from dataclasses import dataclass, replace

import numpy as np
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from gisportal.demo import layout, names
from gisportal.demo.features import Feature
from gisportal.demo.junctions import Segment, cut_at_junctions, joined, reachable
from gisportal.demo.names import OLD_NAMES
from gisportal.demo.outline import Outline
from gisportal.demo.plane import lengths
from gisportal.demo.streets import CITY, COUNTRY, Street, city_streets, main_roads, village_streets

OBLAST = "Служба відновлення та розвитку інфраструктури у Київській області"
CITY_OWNER = "Васильківська міська рада"


@dataclass(frozen=True)
class Network:
    """Whole streets and the segments they are cut into; `main` is how many of the streets are main roads."""

    streets: tuple[Street, ...]
    segments: tuple[Segment, ...]
    main: int

    def lines(self) -> list[LineString]:
        """Every whole street as a line, in metres of the plane."""
        return [LineString(street.line) for street in self.streets]


def build_network(outline: Outline, barrier: BaseGeometry, seed: int) -> Network:
    """All streets of the city and its villages; nothing but a main road crosses `barrier`."""
    rng = np.random.default_rng([seed, 4])
    roads = main_roads(outline.hromada, rng)
    grown = city_streets(outline, roads, barrier, rng) + village_streets(outline, roads, barrier, rng)
    streets = joined(roads + grown, barrier)
    return _named(reachable(streets), outline, rng)


def _named(streets: list[Street], outline: Outline, rng: np.random.Generator) -> Network:
    city_names = names.city_street_names(rng)
    village_names = [names.village_street_names(rng) for _ in outline.villages]
    lane_of: dict[int, list[str]] = {}
    named = []
    for street in streets:
        if street.kind == "main":
            named.append(street)
            continue
        pool = city_names if street.settlement == CITY else village_names[street.settlement - 1]
        spare = lane_of.setdefault(street.settlement, [])
        if lengths(street.line)[-1] < 520 and spare:
            named.append(replace(street, name=spare.pop(0)))
        else:
            name, lane = next(pool)
            spare.append(lane)
            named.append(replace(street, name=name))
    main = sum(street.kind == "main" for street in named)
    return Network(tuple(named), tuple(cut_at_junctions(named)), main)


def road_features(
    network: Network, outline: Outline, paths: list[LineString]
) -> tuple[list[Feature], list[Feature]]:
    """The city's roads and, apart, those the oblast answers for; `paths` are footways of parks and courtyards."""
    city: list[Feature] = []
    oblast: list[Feature] = []
    count: dict[int, int] = {}
    for segment in network.segments:
        street = network.streets[segment.street]
        count[segment.street] = count.get(segment.street, 0) + 1
        ref = f"R-{segment.street + 1}-{count[segment.street]}"
        line = LineString(segment.line)
        name = street.name
        if street.kind == "main":
            name = road_name(street.name, segment.street, _settlement_of(line, outline))
        theirs = street.owner == "oblast"
        old = {"other_names": OLD_NAMES.get(name, "")}
        feature = Feature(ref, line, name, "", street.subtype, OBLAST if theirs else CITY_OWNER, old)
        (oblast if theirs else city).append(feature)
    for number, path in enumerate(paths, start=1):
        city.append(Feature(f"P-{number}", path, "", "", "footway", CITY_OWNER))
    return city, oblast


def road_name(name: str, number: int, settlement: int) -> str:
    """What the main road with this number is called in a settlement; in open country a city street has no name."""
    if settlement > CITY:
        return layout.VILLAGE_ROADS[number % len(layout.VILLAGE_ROADS)]
    return "" if settlement == COUNTRY and name.startswith("вулиця") else name


def _settlement_of(line: LineString, outline: Outline) -> int:
    middle = line.interpolate(0.5, normalized=True)
    if outline.city.buffer(60).contains(middle):
        return CITY
    return next(
        (i for i, village in enumerate(outline.villages, start=1) if village.contains(middle)), COUNTRY
    )


def settlement_name(number: int) -> str:
    """The settlement's name by its number in the network; the country between them has none."""
    if number in (CITY, COUNTRY):
        return layout.OWN_CITY[1] if number == CITY else ""
    return layout.VILLAGES[number - 1].name
