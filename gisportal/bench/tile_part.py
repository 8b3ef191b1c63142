"""A tile of reports and of heat: cut by the portal, and by the shortest SQL that gives the same features."""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

import mapbox_vector_tile
import psycopg

from gisportal.bench import synthetic
from gisportal.bench.http import InProcess, Loopback, Sender, get
from gisportal.bench.running import Run, Unequal
from gisportal.bench.scratch import connection_to
from gisportal.bench.timing import alternately
from layers.catalog import Layer, find
from layers.geometry import TILE_EXTENT, Tile
from layers.tiles import cut
from reports.workflow import GROUPS, PUBLIC

PLACES = 25
"""How many tiles of a zoom are cut in turn: those around random reports, so crowded ones come more often."""
ZOOMS = {"reports": (10, 12, 13, 14, 15, 16), "report-heat": (10,)}

# Cells of a tile are numbered by dividing its edge; the portal puts each at the middle of its points.
# Boxes are compared in single precision, so a neighbour's point may pass; CASE for the planner, as in layers/tiles.py.
_INSIDE = """CASE WHEN ST_X(r.point_mercator) >= %(west)s AND ST_X(r.point_mercator) < %(east)s
                AND ST_Y(r.point_mercator) > %(south)s AND ST_Y(r.point_mercator) <= %(north)s
                THEN true ELSE false END"""
_CELLS = """
SELECT ST_AsMVT(tile, %(layer)s, 4096, 'mvt') FROM (
    SELECT count(*) AS count, {weight}
           ST_AsMVTGeom(ST_SetSRID(ST_MakePoint(avg(ST_X(r.point_mercator)), avg(ST_Y(r.point_mercator))), 3857),
                        ST_TileEnvelope(%(z)s, %(x)s, %(y)s), 4096, 0) AS mvt
    FROM reports_report r JOIN districts_service s ON s.id = r.service_id JOIN layers_city c ON c.id = r.city_id
    WHERE c.live AND c.slug = %(city)s AND r.status = ANY(%(statuses)s)
      AND r.point_mercator && ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AND {inside}
    GROUP BY floor((ST_X(r.point_mercator) - %(west)s) / %(cell_m)s),
             floor((%(north)s - ST_Y(r.point_mercator)) / %(cell_m)s)
) AS tile
"""
CELLS = _CELLS.format(weight="", inside=_INSIDE)
HEAT = _CELLS.format(weight="sum(r.priority) AS weight,", inside=_INSIDE)
_POINTS = """
SELECT ST_AsMVT(tile, %(layer)s, 4096, 'mvt', 'feature') FROM (
    SELECT r.id AS feature, r.id, s.code AS service, r.status, %(groups)s::jsonb ->> r.status AS "group",
           ST_AsMVTGeom(r.point_mercator, ST_TileEnvelope(%(z)s, %(x)s, %(y)s), 4096, 0) AS mvt
    FROM reports_report r JOIN districts_service s ON s.id = r.service_id JOIN layers_city c ON c.id = r.city_id
    WHERE c.live AND c.slug = %(city)s AND r.status = ANY(%(statuses)s)
      AND r.point_mercator && ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AND {inside}
) AS tile
"""
POINTS = _POINTS.format(inside=_INSIDE)
_COUNT = """
SELECT count(*) FROM reports_report r JOIN layers_city c ON c.id = r.city_id
WHERE c.live AND c.slug = %(city)s AND r.status = ANY(%(statuses)s)
  AND r.point_mercator && ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AND {inside}
"""
COUNT = _COUNT.format(inside=_INSIDE)

_BOTH = """
WITH placed AS MATERIALIZED (
    SELECT r.id, s.code, r.status, %(groups)s::jsonb ->> r.status AS "group", r.point_mercator AS point,
           floor((ST_X(r.point_mercator) - %(west)s) / %(cell_m)s) AS i,
           floor((%(north)s - ST_Y(r.point_mercator)) / %(cell_m)s) AS j
    FROM reports_report r JOIN districts_service s ON s.id = r.service_id JOIN layers_city c ON c.id = r.city_id
    WHERE c.live AND c.slug = %(city)s AND r.status = ANY(%(statuses)s)
      AND r.point_mercator && ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AND {inside}
), counted AS (SELECT *, count(*) OVER (PARTITION BY i, j) AS beside FROM placed)
SELECT ST_AsMVT(tile, %(layer)s, 4096, 'mvt', 'feature') FROM (
    SELECT id AS feature, id, code AS service, status, "group", NULL::bigint AS count,
           ST_AsMVTGeom(point, ST_TileEnvelope(%(z)s, %(x)s, %(y)s), 4096, 0) AS mvt
    FROM counted WHERE beside <= %(share)s
    UNION ALL
    SELECT NULL, NULL, NULL, NULL, NULL, count(*),
           ST_AsMVTGeom(ST_SetSRID(ST_MakePoint(avg(ST_X(point)), avg(ST_Y(point))), 3857),
                        ST_TileEnvelope(%(z)s, %(x)s, %(y)s), 4096, 0)
    FROM counted WHERE beside > %(share)s GROUP BY i, j
) AS tile
"""
BOTH = _BOTH.format(inside=_INSIDE)

Features = Counter[str]
Connection = psycopg.Connection[tuple[Any, ...]]


def measure(run: Run) -> None:
    """Add lines for each zoom: the cut alone, the whole view in process, and over HTTP; Unequal where they differ."""
    with connection_to() as bare, Loopback() as server:
        # A plan for any tile would be a bad one for the crowded ones.
        bare.execute("SET plan_cache_mode TO auto")
        for layer_id, zooms in ZOOMS.items():
            for z in zooms:
                _zoom(run, bare, server, find(layer_id), z)


def _zoom(run: Run, bare: Connection, server: Sender, layer: Layer, z: int) -> None:
    city = {"city": run.town.city.slug}
    places = min(PLACES, run.rounds)
    tiles = [Tile.covering(lon, lat, z) for lon, lat in synthetic.places(places, seed=99).tolist()]
    floors = [_prepared(bare, layer, tile, city) for tile in tiles]
    in_process = InProcess()
    addresses = [f"/tiles/{layer.id}/{tile.z}/{tile.x}/{tile.y}.mvt?city={city['city']}" for tile in tiles]

    def ours(number: int) -> bytes:
        return cut(layer, tiles[number % places], city)

    def view(number: int) -> bytes:
        return get(in_process, addresses[number % places])

    def served(number: int) -> bytes:
        return get(server, addresses[number % places])

    def floor(number: int) -> bytes:
        statement, values = floors[number % places]
        return bytes(bare.execute(statement, values, prepare=True).fetchall()[0][0] or b"")

    sizes = sorted(_compare(layer, ours(n), view(n), served(n), floor(n)) for n in range(places))
    rounds = max(places, run.rounds // (4 if z < 14 else 1))
    cut_ms, view_ms, served_ms, floor_ms = alternately([ours, view, served, floor], rounds, warm_up=5)
    name, against = f"{layer.id} z{z}", "hand-written ST_AsMVT, prepared"
    run.add(f"{name}, cut", against, [cut_ms, floor_ms], size_bytes=sizes[places // 2])
    run.add(f"{name}, view in process", against, [view_ms, floor_ms], size_bytes=sizes[places // 2])
    run.add(f"{name}, over HTTP", against, [served_ms, floor_ms], size_bytes=sizes[places // 2])


def _prepared(
    bare: Connection, layer: Layer, tile: Tile, city: Mapping[str, str]
) -> tuple[str, dict[str, Any]]:
    """The floor's statement for this tile: it needn't count first, as we do it here."""
    west, south, east, north = tile.bounds()
    values = {
        "layer": layer.id,
        "city": city["city"],
        "statuses": list(PUBLIC),
        "groups": json.dumps({status: group for group, statuses in GROUPS.items() for status in statuses}),
        "z": tile.z,
        "x": tile.x,
        "y": tile.y,
        "west": west,
        "south": south,
        "east": east,
        "north": north,
        "cell_m": tile.size_m / layer.cells_a_side,
        "share": layer.share_at(tile.z),
    }
    if layer.crowd == 0:
        return HEAT, values
    crowd = layer.crowd_at(tile.z)
    crowded = crowd is not None and int(bare.execute(COUNT, values).fetchall()[0][0]) > crowd
    if not crowded:
        return POINTS, values
    return (BOTH if layer.share_at(tile.z) else CELLS), values


def _compare(layer: Layer, *bodies: bytes) -> int:
    """How many bytes the tile has; Unequal unless all bodies hold features of the same identity and attributes."""
    first, *others = [_features(layer, body) for body in bodies]
    for other in others:
        if other != first:
            raise Unequal(f"{layer.id}: {sum(first.values())} features here, {sum(other.values())} there")
    return len(bodies[0])


def _features(layer: Layer, body: bytes) -> Features:
    if not body:
        return Counter()
    decoded = mapbox_vector_tile.decode(body)[layer.id]
    assert decoded["extent"] == TILE_EXTENT
    return Counter(
        json.dumps([feature.get("id"), feature["properties"]], sort_keys=True)
        for feature in decoded["features"]
    )
