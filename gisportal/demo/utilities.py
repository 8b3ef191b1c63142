"""Lamps, pipes, cables and the street furniture that stands along the network."""

import numpy as np
import shapely
from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from gisportal.demo.features import Feature
from gisportal.demo.network import CITY_OWNER, Network
from gisportal.demo.outline import Outline
from gisportal.demo.plane import Array, along, lengths
from gisportal.demo.quarters import Quarters
from gisportal.demo.streets import CITY, COUNTRY, Street

LIGHTS, WATERWORKS = "КП «Міськсвітло»", "КП «Водоканал»"
HEAT, WASTE = "КП «Тепломережі»", "КП «Чисте місто»"
GAS, POWER = "АТ «Газмережі» (демо)", "АТ «Електромережі» (демо)"


def lamps(network: Network, outline: Outline, quarters: Quarters) -> list[Feature]:
    """A lamp every 35 m of main roads and the old town, 50 m of quiet streets, 70 m of a village's main road.

    The reference is the street's number and the lamp's: 791-2.
    """
    features: list[Feature] = []
    for number, street in enumerate(network.streets, start=1):
        if street.settlement != CITY and street.kind != "main":
            continue
        pitch = 35.0 if street.kind in ("main", "old") else 50.0
        at = np.arange(pitch / 2, lengths(street.line)[-1], pitch)
        side = np.where(np.arange(len(at)) % 2 == 0, 1.0, -1.0) if street.kind == "main" else np.ones(len(at))
        place = beside(street.line, at, side * (7.0 if street.kind == "main" else 4.6))
        features += _lamps_of(number, place[_lit(street, place, outline)], street.name)
    for number, lane in enumerate(quarters.driveways, start=len(network.streets) + 1):
        place = beside(np.asarray(lane.coords), np.arange(15.0, lane.length, 42), 3.0)
        features += _lamps_of(number, place, "")
    return features


def _lit(street: Street, place: Array, outline: Outline) -> np.typing.NDArray[np.bool_]:
    inside = shapely.contains_xy(outline.city, place[:, 0], place[:, 1])
    if street.kind != "main":
        return inside
    villages = shapely.MultiPolygon(outline.villages)
    sparse = np.arange(len(place)) % 2 == 0
    return np.asarray(inside | (sparse & shapely.contains_xy(villages, place[:, 0], place[:, 1])))


def _lamps_of(street: int, place: Array, name: str) -> list[Feature]:
    refs = [f"{street}-{i}" for i in range(1, len(place) + 1)]
    more: dict[str, str | int] = {"street": name} if name else {}
    return [
        Feature(
            ref, Point(at), f"опора {ref}", f"lamp post {ref}", "led" if i % 3 else "sodium", LIGHTS, more
        )
        for i, (ref, at) in enumerate(zip(refs, place.tolist(), strict=True))
    ]


def beside(line: Array, at: Array, away: Array | float) -> Array:
    """Places beside the line: `away` metres to its left (negative: right) at each of the metres along."""
    place, heading = along(line, at)
    return np.asarray(
        place + np.column_stack([-np.sin(heading), np.cos(heading)]) * np.reshape(away, (-1, 1))
    )


def pipes(network: Network, outline: Outline, rng: np.random.Generator) -> dict[str, list[Feature]]:
    """Water, sewer, heating, gas and power lines, each on its own side of the streets it follows."""
    kinds = np.array([_served(network.streets[s.street], s.line) for s in network.segments])
    lines = np.array([LineString(segment.line) for segment in network.segments], dtype=object)
    middle = shapely.get_coordinates(shapely.line_interpolate_point(lines, 0.5, normalized=True))
    settled = shapely.MultiPolygon([outline.city, *outline.villages])
    shapely.prepare(settled)
    inside = shapely.contains_xy(settled, middle[:, 0], middle[:, 1])
    dice = rng.random(len(lines))
    homes, works = kinds == "houses", np.isin(kinds, ["flats", "industry"])
    drained = works | np.isin(kinds, ["old", "main"]) | (homes & (dice < 0.55))
    plans = {
        "water": ("W", 3.4, WATERWORKS, inside & ((kinds != "village") | (dice < 0.6))),
        "sewer": ("S", -3.2, WATERWORKS, inside & drained),
        "heating": ("H", 5.6, HEAT, inside & (works | ((kinds == "old") & (dice < 0.4)))),
        "gas": ("G", 7.2, GAS, inside & (dice < 0.93)),
        "power": ("E", -5.4, POWER, inside),
    }
    return {
        layer: _followers(letter, lines[where], away, owner)
        for layer, (letter, away, owner, where) in plans.items()
    }


def _served(street: Street, line: Array) -> str:
    if street.settlement == COUNTRY and street.kind == "main":
        return "main"
    return street.kind if street.settlement == CITY else "village"


def _followers(letter: str, lines: np.typing.NDArray[np.object_], away: float, owner: str) -> list[Feature]:
    moved = shapely.simplify(shapely.offset_curve(lines, away, join_style="mitre"), 0.4)
    good = [line for line in moved.tolist() if isinstance(line, LineString) and line.length > 8]
    return [
        Feature(f"{letter}-{i}", line, owner=owner, subtype="main") for i, line in enumerate(good, start=1)
    ]


def furniture(
    network: Network,
    outline: Outline,
    quarters: Quarters,
    parks: list[Polygon],
    rng: np.random.Generator,
) -> dict[str, list[Feature]]:
    """Hydrants, manholes, waste places, crossings, playgrounds and bus stops."""
    settled = shapely.MultiPolygon([outline.city, *outline.villages])
    shapely.prepare(settled)
    return {
        "hydrants": _hydrants(network, settled, rng),
        "manholes": _manholes(network, settled, rng),
        "bins": _bins(network, settled, quarters, parks, rng),
        "crossings": _crossings(network, outline),
        "playgrounds": _playgrounds(quarters, parks),
        "bus-stops": _bus_stops(network, settled),
    }


def _spread(
    network: Network,
    settled: BaseGeometry,
    pitch: dict[str, float],
    away: float,
    rng: np.random.Generator,
) -> Array:
    """Places along the streets of each kind, one every `pitch` metres on average."""
    places = []
    for street in network.streets:
        step = pitch.get(street.kind, 0.0)
        length = float(lengths(street.line)[-1])
        if step:
            at = np.arange(rng.uniform(0.1, 1.0) * step, length - 4, step)
            places.append(beside(street.line, at, away))
    place = np.vstack(places)
    return np.asarray(place[shapely.contains_xy(settled, place[:, 0], place[:, 1])])


def _hydrants(network: Network, settled: BaseGeometry, rng: np.random.Generator) -> list[Feature]:
    place = _spread(
        network,
        settled,
        {"main": 300, "old": 200, "houses": 330, "flats": 180, "industry": 220, "village": 650},
        4.4,
        rng,
    )
    return [
        Feature(f"PG-{i}", Point(x, y), f"гідрант {i}", f"hydrant {i}", "hydrant", WATERWORKS)
        for i, (x, y) in enumerate(place.tolist(), start=1)
    ]


def _manholes(network: Network, settled: BaseGeometry, rng: np.random.Generator) -> list[Feature]:
    place = _spread(
        network, settled, {"main": 80, "old": 70, "houses": 130, "flats": 60, "industry": 90}, -1.4, rng
    )
    return [
        Feature(
            f"K-{i}", Point(x, y), f"колодязь {i}", f"manhole {i}", "sewer" if i % 4 else "water", WATERWORKS
        )
        for i, (x, y) in enumerate(place.tolist(), start=1)
    ]


def _bins(
    network: Network,
    settled: BaseGeometry,
    quarters: Quarters,
    parks: list[Polygon],
    rng: np.random.Generator,
) -> list[Feature]:
    sites = _spread(network, settled, {"houses": 520, "old": 300, "village": 700}, -6.2, rng)
    yards = np.array(
        [lane.interpolate(0.5, normalized=True).coords[0] for lane in quarters.driveways]
    ).reshape(-1, 2)
    urns = _spread(network, settled, {"main": 170}, 8.6, rng)
    inner = [part.representative_point().coords[0] for part in parks]
    kinds = ["container_site"] * (len(sites) + len(yards)) + ["litter_bin"] * (len(urns) + len(inner))
    place = np.vstack([sites, yards + np.array([0.0, 5.5]), urns, np.array(inner).reshape(-1, 2)])
    return [
        Feature(f"T-{i}", Point(x, y), f"{'контейнерний майданчик' if kind == 'container_site' else 'урна'} {i}",
                f"{'container site' if kind == 'container_site' else 'litter bin'} {i}", kind, WASTE)
        for i, ((x, y), kind) in enumerate(zip(place.tolist(), kinds, strict=True), start=1)
    ]  # fmt: skip


def _crossings(network: Network, outline: Outline) -> list[Feature]:
    """On main roads of the city, nine metres from a junction, none within 90 m of another."""
    places: list[tuple[float, float]] = []
    for segment in network.segments:
        street = network.streets[segment.street]
        length = float(lengths(segment.line)[-1])
        if street.kind != "main" or street.subtype == "trunk" or length < 30:
            continue
        x, y = along(segment.line, np.array([9.0]))[0][0].tolist()
        near = any((a - x) ** 2 + (b - y) ** 2 < 90**2 for a, b in places)
        if not near and outline.city.contains(Point(x, y)):
            places.append((x, y))
    return [
        Feature(
            f"X-{i}",
            Point(x, y),
            f"перехід {i}",
            f"crossing {i}",
            "traffic_signals" if i % 6 == 0 else "zebra",
            CITY_OWNER,
        )
        for i, (x, y) in enumerate(places, start=1)
    ]


def _playgrounds(quarters: Quarters, parks: list[Polygon]) -> list[Feature]:
    shapes = list(quarters.playgrounds)
    for park in parks:
        spot = park.buffer(-25)
        if not spot.is_empty:
            shapes.append(spot.representative_point().buffer(13, quad_segs=3))
    return [
        Feature(f"D-{i}", shape, f"дитячий майданчик {i}", f"playground {i}", "playground", CITY_OWNER)
        for i, shape in enumerate(shapes, start=1)
    ]


def _bus_stops(network: Network, settled: BaseGeometry) -> list[Feature]:
    """Pairs of stops every 550 m of a main road in town, named after the nearest quiet street."""
    quiet = [number for number, street in enumerate(network.streets) if street.kind != "main"]
    tree = shapely.STRtree([LineString(network.streets[number].line) for number in quiet])
    features: list[Feature] = []
    for street in network.streets[: network.main]:
        at = np.arange(260.0, lengths(street.line)[-1] - 60, 550.0)
        for side, shift in ((-8.0, 0.0), (8.0, 32.0)):
            place = beside(street.line, at + shift, side)
            for x, y in place[shapely.contains_xy(settled, place[:, 0], place[:, 1])].tolist():
                name = network.streets[quiet[int(tree.nearest(Point(x, y)))]].name.split(" ", 1)[-1]
                number = len(features) + 1
                features.append(
                    Feature(f"A-{number}", Point(x, y), f"зупинка «{name}»", "", "bus_stop", CITY_OWNER)
                )
    return features
