"""Small files of features, written for one test."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Geometry = Mapping[str, Any] | None


def point(*position: float) -> Geometry:
    return {"type": "Point", "coordinates": list(position)}


def line(*positions: tuple[float, float]) -> Geometry:
    return {"type": "LineString", "coordinates": [list(position) for position in positions]}


def ring(*positions: tuple[float, float]) -> Geometry:
    """A polygon of one ring, closed here."""
    return {"type": "Polygon", "coordinates": [[list(position) for position in (*positions, positions[0])]]}


def square(west: float, south: float, size: float = 0.01) -> Geometry:
    east, north = west + size, south + size
    return ring((west, south), (east, south), (east, north), (west, north))


def bow_tie(west: float, south: float) -> Geometry:
    """Two triangles that meet in the middle, drawn as one ring that crosses itself."""
    return ring((west, south), (west + 0.02, south + 0.02), (west + 0.02, south), (west, south + 0.02))


def geojson(path: Path, *features: tuple[Mapping[str, Any], Geometry], crs: str | None = None) -> Path:
    """Write properties and geometries as a GeoJSON file."""
    content: dict[str, Any] = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": p, "geometry": g} for p, g in features],
    }
    if crs:
        content["crs"] = {"type": "name", "properties": {"name": crs}}
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path
