"""An OpenStreetMap extract -> roads, lamps, utilities, water, parks, buildings, addresses and boundaries.

Tags by the meanings of https://wiki.openstreetmap.org/wiki/Map_features; kept by osmconf.ini beside this file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from layers.importing.account import Account
from layers.importing.assets import House, LayerWanted
from layers.importing.features import Texts, clean, each, geos
from layers.importing.placing import Extent, in_degrees
from layers.importing.reading import Objects, Rows, quietly, rows_of
from layers.importing.repairing import Wanted, mend
from layers.importing.source import OPENSTREETMAP, Source, check
from layers.models import Address, Asset, AssetLayer, City, Kind

ATTRIBUTION = "© OpenStreetMap contributors, ODbL"
CONFIG = Path(__file__).with_name("osmconf.ini")
OTHER_NAMES = ("name:uk", "name:en", "alt_name", "old_name", "was:name")
"""What else a thing is or was called (https://wiki.openstreetmap.org/wiki/Names)."""
POINTS, LINES, AREAS = "points", "lines", "multipolygons"
ANY = frozenset[str]()
"""Every value of the tag but "no"."""

Tags = Mapping[str, frozenset[str]]


def _of(words: str) -> frozenset[str]:
    return frozenset(words.split())


ROADS = _of(
    "motorway motorway_link trunk trunk_link primary primary_link secondary secondary_link tertiary "
    "tertiary_link unclassified residential living_street service pedestrian track road footway path "
    "cycleway steps bridleway"
)
GREEN_LEISURE = _of("park garden nature_reserve dog_park common")
GREEN_LANDUSE = _of(
    "grass forest meadow recreation_ground village_green cemetery flowerbed allotments orchard"
)


@dataclass(frozen=True, slots=True)
class Theme:
    """What becomes one asset layer: for each shape the tags, of which one must match."""

    wanted: LayerWanted
    tags: Mapping[str, Tags]


def _theme(slug: str, kind: Kind, name_uk: str, name_en: str, **tags: Tags) -> Theme:
    return Theme(LayerWanted(slug, kind, name_uk, name_en, source=ATTRIBUTION), tags)


PLAYGROUND: Tags = {"leisure": _of("playground")}
THEMES = (
    _theme("roads", Kind.ROAD, "Дороги", "Roads", lines={"highway": ROADS}),
    _theme("lamps", Kind.LIGHTING, "Ліхтарі", "Street lamps", points={"highway": _of("street_lamp")}),
    _theme("hydrants", Kind.HYDRANT, "Гідранти", "Hydrants", points={"emergency": _of("fire_hydrant")}),
    _theme("manholes", Kind.MANHOLE, "Люки", "Manholes", points={"man_made": _of("manhole"), "manhole": ANY}),
    _theme(
        "power",
        Kind.POWER,
        "Лінії електропередач",
        "Power lines",
        lines={"power": _of("line minor_line cable")},
    ),
    _theme(
        "water",
        Kind.WATERBODY,
        "Річки й водойми",
        "Rivers and ponds",
        lines={"waterway": _of("river stream canal drain ditch")},
        multipolygons={
            "natural": _of("water"),
            "waterway": _of("riverbank dock"),
            "landuse": _of("reservoir basin pond"),
        },
    ),
    _theme(
        "parks",
        Kind.GREENERY,
        "Парки й зелень",
        "Parks and greenery",
        multipolygons={"leisure": GREEN_LEISURE, "landuse": GREEN_LANDUSE, "natural": _of("wood scrub")},
    ),
    _theme("buildings", Kind.BUILDING, "Будівлі", "Buildings", multipolygons={"building": ANY}),
    _theme(
        "playgrounds",
        Kind.PLAYGROUND,
        "Дитячі майданчики",
        "Playgrounds",
        points=PLAYGROUND,
        multipolygons=PLAYGROUND,
    ),
    _theme("crossings", Kind.CROSSING, "Переходи", "Crossings", points={"highway": _of("crossing")}),
    _theme(
        "signals", Kind.SIGNAL, "Світлофори", "Traffic signals", points={"highway": _of("traffic_signals")}
    ),
    _theme(
        "bins",
        Kind.WASTE,
        "Смітники",
        "Bins",
        points={"amenity": _of("waste_basket waste_disposal recycling")},
    ),
    _theme(
        "stops",
        Kind.STOP,
        "Зупинки",
        "Stops",
        points={
            "highway": _of("bus_stop"),
            "railway": _of("tram_stop"),
            "public_transport": _of("platform"),
        },
    ),
)


@dataclass(frozen=True, slots=True)
class Extract:
    """An extract by shape; every feature has its OpenStreetMap reference, such as way/123."""

    shapes: Mapping[str, Rows]

    def matching(self, theme: Theme) -> Iterator[tuple[Rows, Objects]]:
        """For each shape the theme is drawn in its features, and which class each one is of."""
        for shape, tags in theme.tags.items():
            classes = _classes(self.shapes[shape], tags)
            good = classes != ""
            yield self.shapes[shape].only(good), classes[good]


def extent_of(path: Path) -> Extent:
    """The box that the extract states it covers; FileRefusedError where it can't be read."""
    check(Source(path), OPENSTREETMAP)
    info = quietly(
        lambda: pyogrio.read_info(path.resolve(), layer=POINTS, force_total_bounds=True), Account()
    )
    west, south, east, north = info["total_bounds"]
    return float(west), float(south), float(east), float(north)


def read_extract(source: Source, extent: Extent, account: Account) -> Iterator[tuple[str, Rows]]:
    """Each shape's features that reach into the box, valid and in WGS84; FileRefusedError for no such file."""
    check(source, OPENSTREETMAP)
    for shape in (POINTS, LINES, AREAS):
        rows = _useful(_read(source, shape, extent, account), shape)
        account.read += len(rows)
        yield shape, mend(in_degrees(rows, source, None, account), Wanted.ANYTHING, account)


def assets(extract: Extract, theme: Theme, layer: AssetLayer, account: Account) -> Iterator[Asset]:
    """The theme's features as assets of the layer."""
    for rows, classes in extract.matching(theme):
        names = Texts.of(rows, "name", 200, account)
        others = [Texts.of(rows, tag, 200, account) for tag in OTHER_NAMES if tag in rows.columns]
        for feature in each(rows):
            yield Asset(
                city_id=layer.city_id,
                layer=layer,
                reference=feature.reference,
                name=names.of_feature(feature),
                other_names=_joined([other.of_feature(feature) for other in others]),
                subtype=str(classes[feature.row])[:40],
                geometry=geos(feature.geometry),
            )


def _joined(names: list[str]) -> str:
    """Each name once, with semicolons between them as many as 400 characters hold."""
    joined = ""
    for name in dict.fromkeys(part.strip() for names_of_tag in names for part in names_of_tag.split(";")):
        longer = f"{joined}; {name}" if joined else name
        if name and len(longer) <= 400:
            joined = longer
    return joined


def addresses(extract: Extract, city: City, account: Account) -> Iterator[Address]:
    """House numbers with a street: of nodes where they stand, of buildings at a point within."""
    for shape in (POINTS, AREAS):
        rows = extract.shapes[shape]
        streets = Texts.of(rows, "addr:street", 160, account)
        houses = Texts.of(rows, "addr:housenumber", 20, account)
        settlements = Texts.of(rows, "addr:city", 120, account)
        for feature in each(rows):
            street, house = streets.of_feature(feature), houses.of_feature(feature)
            if street and house:
                yield House(street, house, settlements.of_feature(feature)).at(city, feature.geometry)


def boundaries(extract: Extract, city: shapely.Geometry) -> dict[str, Rows]:
    """Administrative areas by level; of those that merely touch the city (under 1 % of both) nothing."""
    rows = extract.shapes[AREAS]
    rows = rows.only(rows.columns["boundary"] == "administrative")
    shared = shapely.area(shapely.intersection(rows.geometry, city))
    smaller = np.minimum(shapely.area(rows.geometry), shapely.area(city))
    rows = rows.only(shared > 0.01 * smaller)
    levels = np.array([clean(value) for value in rows.columns["admin_level"]], dtype=object)
    return {level: rows.only(levels == level) for level in sorted(set(levels), key=_by_number) if level}


def levels_drawn(extract: Extract) -> list[str]:
    """Administrative levels of which the extract holds at least a piece of the outline."""
    rows = extract.shapes[LINES]
    outline = rows.columns["boundary"] == "administrative"
    return sorted({clean(value) for value in rows.columns["admin_level"][outline]} - {""}, key=_by_number)


def _by_number(level: str) -> tuple[int, str]:
    return (int(level) if level.isascii() and level.isdigit() else 99, level)


def _read(source: Source, shape: str, extent: Extent, account: Account) -> Rows:
    meta, _fids, wkb, columns = quietly(
        lambda: pyogrio.raw.read(source.path.resolve(), layer=shape, bbox=extent, CONFIG_FILE=str(CONFIG)),
        account,
    )
    by_name: dict[str, NDArray[Any]] = dict(zip(meta["fields"], columns, strict=True))
    return replace(rows_of(wkb, by_name, meta["crs"]), references=_references(by_name, shape))


def _references(columns: Mapping[str, NDArray[Any]], shape: str) -> Objects:
    ids = columns["osm_id"]
    if shape != AREAS:
        sort = "node" if shape == POINTS else "way"
        return np.array([f"{sort}/{number}" for number in ids], dtype=object)
    pairs = zip(columns["osm_way_id"], ids, strict=True)
    return np.array(
        [f"way/{way}" if way else f"relation/{relation}" for way, relation in pairs], dtype=object
    )


def _useful(rows: Rows, shape: str) -> Rows:
    """The rows that some theme, the addresses or the boundaries want."""
    good = np.zeros(len(rows), dtype=bool)
    for theme in THEMES:
        good |= _classes(rows, theme.tags.get(shape, {})) != ""
    for tag in ("boundary", "addr:housenumber"):
        if tag in rows.columns:
            good |= np.array([bool(value) for value in rows.columns[tag]], dtype=bool)
    return rows.only(good)


def _classes(rows: Rows, tags: Tags) -> Objects:
    """Each row's value of the first of the tags that it has among the wanted; "" where it has none."""
    classes = np.full(len(rows), "", dtype=object)
    for tag, wanted in tags.items():
        for index, value in enumerate(rows.columns[tag]):
            if not classes[index] and value and value != "no" and (not wanted or value in wanted):
                classes[index] = value
    return classes


def explain_levels(drawn: list[str], assembled: set[str]) -> str:
    """A sentence on the administrative levels that have an outline in the extract but no whole area; or ""."""
    if missing := [level for level in drawn if level not in assembled]:
        return _(
            "Boundaries of admin level %(levels)s don't close within the extract, so they were left out."
        ) % {"levels": ", ".join(missing)}
    return "" if assembled else _("The extract holds no administrative boundary that closes.")
