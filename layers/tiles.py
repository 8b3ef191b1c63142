"""Vector tiles (Mapbox Vector Tile 2.1) cut by PostGIS from what the catalogue lists."""

from collections.abc import Mapping
from typing import Any

from django.contrib.gis.geos import Polygon
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import BinaryField, F, Func, QuerySet

from layers.catalog import Layer
from layers.geometry import TILE_BUFFER, TILE_EXTENT, WEB_MERCATOR, Tile
from layers.models import Viewer


class _AsItIs(Func):
    """The geometry itself: GeoDjango would select it as bytes, of no use to an outer query."""

    template = "%(expressions)s"
    output_field = BinaryField()


def cut(layer: Layer, tile: Tile, filters: Mapping[str, Any], viewer: Viewer | None = None) -> bytes:
    """The layer's features in the tile under the filters; empty bytes where there are none.

    Points are counted in exactly one tile of a zoom. Where more than `layer.crowd_at` the zoom share the tile they are
    answered as counted cells (`count`, and `weight` where the layer has one), so that nothing is dropped.
    Raises ValidationError for filters that make no sense.
    """
    features = _filtered(layer, filters, viewer)
    if layer.thin is not None:
        features = layer.thin(features, tile)
    inner, parameters = _inside(layer, tile, features)
    west, south, east, north = tile.bounds()
    values = {**parameters, "layer": layer.id, "west": west, "south": south, "east": east, "north": north}
    values |= {"size": tile.size_m, "extent": TILE_EXTENT, "buffer": TILE_BUFFER, "side": layer.cells_a_side}
    values |= {"crowd": layer.crowd_at(tile.z)}
    with connection.cursor() as cursor:
        cursor.execute(_statement(layer, inner), values)
        return bytes(cursor.fetchone()[0] or b"")


def _filtered(layer: Layer, filters: Mapping[str, Any], viewer: Viewer | None) -> "QuerySet[Any]":
    filterset = layer.filters(filters, queryset=layer.features(viewer))
    if not filterset.is_valid():
        raise ValidationError(filterset.errors.get_json_data())
    features: QuerySet[Any] = filterset.qs
    return features


def _inside(layer: Layer, tile: Tile, features: "QuerySet[Any]") -> tuple[str, dict[str, Any]]:
    """The SQL that selects identity, attributes and geometry of what may touch the tile, with named parameters."""
    margin = 0 if layer.points else TILE_BUFFER / TILE_EXTENT
    box = Polygon.from_bbox(tile.bounds(margin))
    box.srid = WEB_MERCATOR
    rows = features.filter(**{f"{layer.geometry}__bboverlaps": box}).order_by()
    columns = {name: F(path) for name, path in _columns(layer).items()}
    sql, values = (
        rows.annotate(**columns, shape=_AsItIs(F(layer.geometry)))
        .values(*columns, "shape")
        .query.sql_with_params()
    )
    named = {f"p{number}": value for number, value in enumerate(values)}
    return sql.replace("%%", "%%%%") % tuple(f"%({name})s" for name in named), named


def _columns(layer: Layer) -> dict[str, str]:
    """What the inner query selects: a neutral name for each, so that no field of the model is hidden by it."""
    attributes = {f"attribute_{number}": path for number, path in enumerate(layer.fields.values())}
    weight = {"cell_weight": layer.weight} if layer.weight else {}
    return {"feature_id": layer.identity, **attributes, **weight}


def _statement(layer: Layer, inner: str) -> str:
    weighed = "sum(cell_weight) AS weight," if layer.weight else ""
    return _outer(layer).format(inner=inner, attributes=_attributes(layer), weighed=weighed)


def _outer(layer: Layer) -> str:
    if not layer.points:
        return SHAPES
    if layer.crowd is None:
        return POINTS
    return CELLS if layer.crowd == 0 else POINTS_OR_CELLS


def _attributes(layer: Layer) -> str:
    names = [f"attribute_{number} AS {_quoted(name)}" for number, name in enumerate(layer.fields)]
    return ", ".join(["feature_id", *names])


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


SHAPES = """
SELECT ST_AsMVT(tile, %(layer)s, %(extent)s, 'mvt', 'feature_id') FROM (
    SELECT {attributes}, ST_AsMVTGeom(
        shape, ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 3857), %(extent)s, %(buffer)s, true) AS mvt
    FROM ({inner}) AS feature
) AS tile WHERE mvt IS NOT NULL
"""

# A point on the edge of two tiles belongs to the eastern and the southern one; so the counts of a zoom add up.
_POINTS_INSIDE = """
    SELECT *, ST_X(shape) AS x, ST_Y(shape) AS y FROM ({inner}) AS feature
    WHERE ST_X(shape) >= %(west)s AND ST_X(shape) < %(east)s AND ST_Y(shape) > %(south)s AND ST_Y(shape) <= %(north)s
"""
_PLACED = """ST_MakePoint(
    least(floor(({x} - %(west)s) / %(size)s * %(extent)s), %(extent)s - 1),
    least(floor((%(north)s - {y}) / %(size)s * %(extent)s), %(extent)s - 1)) AS mvt"""
_POINT_TILE = f"""
    SELECT ST_AsMVT(tile, %(layer)s, %(extent)s, 'mvt', 'feature_id')
    FROM (SELECT {{attributes}}, {_PLACED.format(x="x", y="y")} FROM inside) AS tile
"""
_CELL_TILE = f"""
    SELECT ST_AsMVT(tile, %(layer)s, %(extent)s, 'mvt') FROM (
        SELECT count(*) AS count, {{weighed}} {_PLACED.format(x="avg(x)", y="avg(y)")} FROM inside
        GROUP BY least(floor((x - %(west)s) / %(size)s * %(side)s), %(side)s - 1),
                 least(floor((%(north)s - y) / %(size)s * %(side)s), %(side)s - 1)
    ) AS tile
"""
POINTS = f"WITH inside AS ({_POINTS_INSIDE}) {_POINT_TILE}"
CELLS = f"WITH inside AS ({_POINTS_INSIDE}) {_CELL_TILE}"
POINTS_OR_CELLS = f"""
WITH inside AS MATERIALIZED ({_POINTS_INSIDE})
SELECT CASE WHEN (SELECT count(*) FROM inside) > %(crowd)s THEN ({_CELL_TILE}) ELSE ({_POINT_TILE}) END
"""
