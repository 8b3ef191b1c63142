"""Files as the project's own importers take them: GeoJSON in WGS84 with 7 decimals, CSV in UTF-8."""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gisportal.demo.features import Feature
from gisportal.demo.plane import degrees


def write_geojson(path: Path, features: Sequence[Feature]) -> None:
    """A FeatureCollection, one feature a line; polygons that rounding made invalid are mended on the way."""
    shapes = shapely.transform(np.array([f.geometry for f in features], dtype=object), degrees)
    broken = ~shapely.is_valid(shapes)
    shapes[broken] = [_mended(shape) for shape in shapes[broken]]
    lines = [
        f'{{"type":"Feature","properties":{json.dumps(feature.properties(), ensure_ascii=False)},"geometry":{text}}}'
        for feature, text in zip(features, shapely.to_geojson(shapes).tolist(), strict=True)
    ]
    body = ",\n".join(lines)
    path.write_text(f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n', encoding="utf-8")


def _mended(shape: BaseGeometry) -> BaseGeometry:
    parts: list[BaseGeometry] = shapely.get_parts(
        shapely.set_precision(shapely.make_valid(shape), 1e-7)
    ).tolist()
    largest = max(parts, key=lambda part: float(part.area))
    rounded: BaseGeometry = shapely.transform(largest, lambda xy: np.round(xy, 7))
    return rounded


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A CSV file with Unix line ends, the same on every machine."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
