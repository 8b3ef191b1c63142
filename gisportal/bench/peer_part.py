"""Tiles of single points, uncached, beside the same tiles of TiPg, django-vectortiles and djangorestframework-gis."""

import json
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import mapbox_vector_tile
from django.conf import settings

from gisportal.bench import synthetic
from gisportal.bench.http import Loopback, Sender, get
from gisportal.bench.peers.points import VIEW, BenchPoint, make_view
from gisportal.bench.peers.tipg_server import TiPg
from gisportal.bench.running import Run, Unequal
from gisportal.bench.scratch import connection_to
from gisportal.bench.timing import alternately
from layers.geometry import Tile

ZOOMS = range(13, 19)
PLACES = 20
CANDIDATES = 400
"""Places looked at for tiles that the portal shows as points."""
CLUSTER_ZOOM = 10

Features = Counter[str]
FLOOR = (
    "SELECT ST_AsMVT(tile, 'reports', 4096, 'mvt') FROM (SELECT p.id, p.service, p.status, p.\"group\","
    " ST_AsMVTGeom(p.geom, ST_TileEnvelope(%(z)s, %(x)s, %(y)s), 4096, 0) AS mvt"
    f" FROM {VIEW} p WHERE p.geom && ST_TileEnvelope(%(z)s, %(x)s, %(y)s)) AS tile WHERE mvt IS NOT NULL"
)


def measure(run: Run) -> None:
    """Add a line for each zoom and peer that is installed; Unequal where features or attributes differ."""
    missing = [name for name in ("tipg", "uvicorn", "vectortiles") if not find_spec(name)]
    if missing:
        print(f"left out, as {', '.join(missing)} is missing: uv sync --group peers", flush=True)  # noqa: T201
        return
    # Nobody keeps tiles: each is cut anew.
    os.environ["KEPT_ANSWERS_MB"] = "0"
    make_view(run.town.city.slug)
    with TiPg() as tipg, Loopback() as server:
        for z in ZOOMS:
            _zoom(run, server, tipg, z)
    _clusters(run)


def _zoom(run: Run, server: Sender, tipg: TiPg, z: int) -> None:
    slug = run.town.city.slug
    tiles = _with_points(server, slug, z)
    if not tiles:
        print(f"z{z}: every tile is crowded, the portal shows cells", flush=True)  # noqa: T201
        return
    addresses: dict[str, Callable[[Tile], str]] = {
        "ours": lambda t: f"/tiles/reports/{t.z}/{t.x}/{t.y}.mvt?city={slug}",
        "TiPg": lambda t: tipg.address(t.z, t.x, t.y),
        "django-vectortiles": lambda t: f"/api/peers/vectortiles/{t.z}/{t.x}/{t.y}/",
        "djangorestframework-gis, GeoJSON": lambda t: f"/api/peers/features/{t.z}/{t.x}/{t.y}/",
    }
    senders: dict[str, Sender] = {"TiPg": tipg.client}

    def way(name: str) -> Callable[[int], bytes]:
        sender, address = senders.get(name, server), addresses[name]
        return lambda number: get(sender, address(tiles[number % len(tiles)]))

    sizes = []
    for number, tile in enumerate(tiles):
        body = way("ours")(number)
        sizes.append(len(body))
        _compare(_of_tile(body), _of_tile(way("TiPg")(number)), f"TiPg {tile}")
        _compare(_of_tile(body), _of_tile(way("django-vectortiles")(number)), f"django-vectortiles {tile}")
        _compare(_of_tile(body), _of_json(way(list(addresses)[3])(number)), f"djangorestframework-gis {tile}")
    with connection_to() as bare:
        bare.execute("SET plan_cache_mode TO auto")

        def floor(number: int) -> object:
            tile = tiles[number % len(tiles)]
            values = {"z": tile.z, "x": tile.x, "y": tile.y}
            return bare.execute(FLOOR, values, prepare=True).fetchall()

        rounds = max(run.rounds // 2, len(tiles))
        ours, *others, bare_ms = alternately([*(way(name) for name in addresses), floor], rounds, warm_up=20)
    size = sorted(sizes)[len(sizes) // 2]
    run.add(f"points z{z}, over HTTP", "prepared ST_AsMVT", [ours, bare_ms], size_bytes=size)
    for name, theirs in zip(list(addresses)[1:], others, strict=True):
        run.add(f"points z{z}, over HTTP", f"peer: {name}", [ours, theirs], size_bytes=size)


def _with_points(server: Sender, slug: str, z: int) -> list[Tile]:
    """Tiles around random reports that the portal serves as points, each once."""
    found: dict[tuple[int, int], Tile] = {}
    for lon, lat in synthetic.places(CANDIDATES, seed=41).tolist():
        tile = Tile.covering(lon, lat, z)
        if (tile.x, tile.y) in found:
            continue
        body = get(server, f"/tiles/reports/{z}/{tile.x}/{tile.y}.mvt?city={slug}")
        features = mapbox_vector_tile.decode(body)["reports"]["features"] if body else []
        if features and not any("count" in feature["properties"] for feature in features):
            found[tile.x, tile.y] = tile
        if len(found) == PLACES:
            break
    return list(found.values())


def _compare(ours: Features, theirs: Features, whose: str) -> None:
    if ours != theirs:
        raise Unequal(f"{whose}: {sum(ours.values())} features here, {sum(theirs.values())} there")


def _of_tile(body: bytes) -> Features:
    layers = mapbox_vector_tile.decode(body) if body else {}
    return _told(feature["properties"] for layer in layers.values() for feature in layer["features"])


def _of_json(body: bytes) -> Features:
    return _told(feature["properties"] for feature in json.loads(body)["features"])


def _told(features: Any) -> Features:
    names = ("id", "service", "status", "group")
    return Counter(json.dumps([said[name] for name in names], default=str) for said in features)


def _clusters(run: Run) -> None:
    """For scale only: supercluster holds all points in memory, knows no filter and no write, and encodes nothing."""
    node = shutil.which("node")
    if not node or not (settings.BASE_DIR / "frontend" / "node_modules" / "supercluster").is_dir():
        print("supercluster is left out: it wants Node.js and frontend/node_modules", flush=True)  # noqa: T201
        return
    points = list(BenchPoint.objects.values_list("geom", flat=True))
    degrees = [point.transform(4326, clone=True).coords for point in points]
    places: Sequence[tuple[float, float]] = synthetic.places(PLACES, seed=41).tolist()
    tiles = [Tile.covering(lon, lat, CLUSTER_ZOOM) for lon, lat in places]
    asked = {"points": degrees, "tiles": [[t.z, t.x, t.y] for t in tiles], "rounds": run.rounds}
    script = Path(__file__).parent / "peers" / "clusters.mjs"
    done = subprocess.run([node, script], input=json.dumps(asked), capture_output=True, text=True, check=True)  # noqa: S603
    told = json.loads(done.stdout)
    if told["held"] != len(points):
        raise Unequal(f"supercluster holds {told['held']} points of {len(points)}")
    slug = run.town.city.slug
    with Loopback() as server:
        addresses = [f"/tiles/reports/{t.z}/{t.x}/{t.y}.mvt?city={slug}" for t in tiles]
        (ours,) = alternately([lambda number: get(server, addresses[number % len(tiles)])], run.rounds)
    note = f"it took {told['loaded']:,.0f} ms and {told['memory'] / 1e6:,.0f} MB to load"
    run.add(
        f"cells z{CLUSTER_ZOOM}, over HTTP", "peer: supercluster, in memory", [ours, told["times"]], note=note
    )
