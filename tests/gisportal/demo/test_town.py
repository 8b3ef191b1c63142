"""What the generated files hold; areas in degrees are compared as shares, never as metres."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from gisportal.demo import SEED, layout
from gisportal.demo.generator import generate
from gisportal.demo.plane import metres
from tests.gisportal.demo.conftest import Written

STEMS = (
    "city", "settlements", "microdistricts", "neighbours", "roads", "roads-oblast", "waterbodies", "greenery",
    "buildings", "lighting", "water", "sewer", "heating", "gas", "power", "hydrants", "manholes", "bins", "crossings",
    "playgrounds", "bus-stops",
)  # fmt: skip


def _in_metres(written: Written, stem: str) -> list[BaseGeometry]:
    return [shapely.transform(shape, metres) for shape in written.shapes(stem)]


def _digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_the_same_seed_writes_the_same_bytes(written: Written, tmp_path: Path) -> None:
    generate(SEED, tmp_path)
    assert _digests(tmp_path) == _digests(written.folder)


@pytest.mark.parametrize("stem", STEMS)
def test_every_feature_has_a_reference_of_its_own(written: Written, stem: str) -> None:
    refs = [feature["properties"]["ref"] for feature in written.features(stem)]
    assert refs
    assert len(set(refs)) == len(refs)


@pytest.mark.parametrize("stem", STEMS)
def test_every_geometry_is_valid_and_not_empty(written: Written, stem: str) -> None:
    shapes = np.array(written.shapes(stem), dtype=object)
    assert shapely.is_valid(shapes).all()
    assert not shapely.is_empty(shapes).any()


@pytest.mark.parametrize("stem", STEMS)
def test_coordinates_have_at_most_seven_decimals(written: Written, stem: str) -> None:
    numbers = shapely.get_coordinates(written.shapes(stem))
    assert (np.round(numbers, 7) == numbers).all()


def test_the_hromada_has_358_square_kilometres(written: Written) -> None:
    assert _in_metres(written, "city")[0].area == pytest.approx(358e6, rel=1e-5)


def test_the_city_has_29_square_kilometres(written: Written) -> None:
    assert _in_metres(written, "settlements")[0].area == pytest.approx(29e6, rel=1e-5)


def test_there_are_the_city_and_nineteen_villages_two_of_one_name(written: Written) -> None:
    names = [feature["properties"]["name"] for feature in written.features("settlements")]
    assert len(names) == 20
    assert names.count("Червоне") == 2
    assert len({feature["properties"]["code"] for feature in written.features("settlements")}) == 20


def test_settlements_lie_in_the_hromada_and_apart(written: Written) -> None:
    hromada, settlements = _in_metres(written, "city")[0], _in_metres(written, "settlements")
    assert all(shape.difference(hromada).area < 5 for shape in settlements)
    assert shapely.union_all(settlements).area == pytest.approx(
        sum(shape.area for shape in settlements), abs=20
    )


def test_microdistricts_tile_the_city(written: Written) -> None:
    city, districts = _in_metres(written, "settlements")[0], _in_metres(written, "microdistricts")
    assert len(districts) == len(layout.DISTRICTS)
    # Nodes rounded to a centimetre leave slivers of a few square metres along 29 km of borders, no more.
    assert sum(district.area for district in districts) == pytest.approx(city.area, abs=60)
    assert shapely.union_all(districts).symmetric_difference(city).area < 60


def test_eight_neighbours_ring_the_hromada_without_a_gap(written: Written) -> None:
    hromada, neighbours = _in_metres(written, "city")[0], _in_metres(written, "neighbours")
    assert len(neighbours) == 8
    whole = shapely.union_all([hromada, *neighbours])
    assert whole.geom_type == "Polygon"
    assert sum(ring.length for ring in whole.interiors) == 0
    assert shapely.union_all(neighbours).intersection(hromada).area < 1


def test_quiet_streets_never_cross_water(written: Written) -> None:
    water = shapely.union_all(written.shapes("waterbodies"))
    shapely.prepare(water)
    quiet = [
        feature["properties"]["ref"]
        for feature, shape in zip(written.features("roads"), written.shapes("roads"), strict=True)
        if feature["properties"].get("subtype") == "residential" and water.intersects(shape)
    ]
    assert quiet == []


def test_no_quiet_street_runs_through_a_park(written: Written) -> None:
    parks = shapely.union_all(
        [
            shape
            for feature, shape in zip(written.features("greenery"), written.shapes("greenery"), strict=True)
            if feature["properties"]["subtype"] == "park"
        ]
    )
    streets = [
        shape
        for feature, shape in zip(written.features("roads"), written.shapes("roads"), strict=True)
        if feature["properties"].get("subtype") == "residential"
    ]
    assert not shapely.intersects(parks, np.array(streets, dtype=object)).any()


def test_the_river_is_crossed_by_main_roads(written: Written) -> None:
    river = shapely.union_all(written.shapes("waterbodies"))
    roads = written.shapes("roads-oblast") + written.shapes("roads")
    assert shapely.intersects(river, np.array(roads, dtype=object)).sum() >= 4


def test_houses_stand_on_no_street_and_in_no_water(written: Written) -> None:
    houses = np.array(written.shapes("buildings"), dtype=object)
    tree = shapely.STRtree(houses)
    for stem in ("roads", "roads-oblast", "waterbodies"):
        obstacles = [
            shape
            for feature, shape in zip(written.features(stem), written.shapes(stem), strict=True)
            if feature["properties"].get("subtype") not in ("footway", "service")
        ]
        assert tree.query(np.array(obstacles, dtype=object), predicate="intersects").size == 0


def test_an_address_is_given_once_in_a_settlement(written: Written) -> None:
    addresses = [
        (p["settlement"], p["street"], p["housenumber"])
        for p in (feature["properties"] for feature in written.features("buildings"))
        if "street" in p and p["settlement"] != "Червоне"
    ]
    assert len(set(addresses)) == len(addresses)


def test_there_are_at_least_120_street_names(written: Written) -> None:
    names = {f["properties"]["name"] for f in written.features("roads") if "name" in f["properties"]}
    assert len(names) >= 120
    assert {"вулиця Соборна", "вулиця Володимирська", "вулиця Грушевського", "вулиця Керамічна"} <= names


def test_the_oblast_answers_for_its_own_roads_only(written: Written) -> None:
    owners = {f["properties"]["owner"] for f in written.features("roads-oblast")}
    assert len(owners) == 1
    assert owners.isdisjoint(f["properties"]["owner"] for f in written.features("roads"))


def test_a_lamp_is_called_by_its_street_and_number(written: Written) -> None:
    refs = [feature["properties"]["ref"].split("-") for feature in written.features("lighting")]
    assert len(refs) > 4_500
    assert all(len(parts) == 2 and all(part.isdigit() for part in parts) for parts in refs)
