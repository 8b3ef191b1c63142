"""Vector tiles (Mapbox Vector Tile 2.1) cut by PostGIS from what the catalogue lists."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import BinaryField, BooleanField, F, Func, QuerySet
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from layers.catalog import Layer
from layers.geometry import TILE_BUFFER, TILE_EXTENT, Tile
from layers.models import Viewer

COMPILED = 500
"""How many pairs of layer and filters keep their SQL; the least recently asked one is forgotten."""


class _AsItIs(Func):
    """The geometry itself: GeoDjango would select it as bytes, of no use to an outer query."""

    template = "%(expressions)s"
    output_field = BinaryField()


class _TouchesTile(Func):
    """Whether the geometry's box meets the tile's; which tile is filled in when it is cut."""

    template = "(%(expressions)s && {tile})"
    output_field = BooleanField()


_TILE_BOX = "ST_MakeEnvelope(%(box_west)s, %(box_south)s, %(box_east)s, %(box_north)s, 3857)"


@dataclass(frozen=True, slots=True)
class _Compiled:
    """The SQL of a layer under certain filters, for every tile alike, and its parameters but for the tile's."""

    statement: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the public asks of a layer, told apart by `key`; holding the layer, so that its id stays its own."""

    key: Hashable
    layer: Layer = field(compare=False)
    tile: Tile = field(compare=False)
    filters: Mapping[str, Any] = field(compare=False)


def cut(layer: Layer, tile: Tile, filters: Mapping[str, Any], viewer: Viewer | None = None) -> bytes:
    """The layer's features in the tile under the filters; empty bytes where there are none.

    Points are counted in exactly one tile of a zoom. Where more than `layer.crowd_at` the zoom share the tile, cells
    with more than their share are answered as counts (`count`, and `weight` where the layer has one), so that nothing
    is dropped.
    Raises ValidationError for filters that make no sense.
    """
    query = _query(layer, tile, filters, viewer)
    with connection.cursor() as cursor:
        cursor.execute(query.statement, {**query.values, **_numbers(layer, tile)})
        return bytes(cursor.fetchone()[0] or b"")


def _numbers(layer: Layer, tile: Tile) -> dict[str, float | int | None]:
    names = ("west", "south", "east", "north")
    box = tile.bounds(0 if layer.points else TILE_BUFFER / TILE_EXTENT)
    return {
        **dict(zip(names, tile.bounds(), strict=True)),
        **{f"box_{name}": value for name, value in zip(names, box, strict=True)},
        "size": tile.size_m,
        "extent": TILE_EXTENT,
        "buffer": TILE_BUFFER,
        "side": layer.cells_a_side,
        "crowd": layer.crowd_at(tile.z),
        "share": layer.share_at(tile.z),
    }


def _query(layer: Layer, tile: Tile, filters: Mapping[str, Any], viewer: Viewer | None) -> _Compiled:
    """What to run; for the public it is kept, as composing it takes longer than running it for a small tile."""
    if viewer is not None:
        return _compile(layer, tile, filters, viewer)
    given = filters.lists() if isinstance(filters, MultiValueDict) else filters.items()
    zoom = tile.z if layer.thin else layer.share_at(tile.z) > 0
    # Features depend on the day too: districts are those of today.
    key = (id(layer), zoom, repr(sorted(given)), timezone.localdate())
    return _kept(_Asked(key, layer, tile, filters))


@lru_cache(COMPILED)
def _kept(asked: _Asked) -> _Compiled:
    return _compile(asked.layer, asked.tile, asked.filters, None)


def _compile(layer: Layer, tile: Tile, filters: Mapping[str, Any], viewer: Viewer | None) -> _Compiled:
    features = _filtered(layer, filters, viewer)
    if layer.thin is not None:
        features = layer.thin(features, tile)
    inner, values = _inside(layer, features)
    return _Compiled(_statement(layer, tile, inner), {**values, "layer": layer.id})


def _filtered(layer: Layer, filters: Mapping[str, Any], viewer: Viewer | None) -> "QuerySet[Any]":
    filterset = layer.filters(filters, queryset=layer.features(viewer), viewer=viewer)
    if not filterset.is_valid():
        raise ValidationError(filterset.errors.get_json_data())
    features: QuerySet[Any] = filterset.qs
    return features


def _inside(layer: Layer, features: "QuerySet[Any]") -> tuple[str, dict[str, Any]]:
    """The SQL that selects identity, attributes and geometry of what may touch the tile, with named parameters."""
    shape = F(layer.geometry)
    columns = {name: F(path) for name, path in _columns(layer).items()}
    rows = features.filter(_TouchesTile(shape)).order_by().annotate(**columns, shape=_AsItIs(shape))
    sql, values = rows.values(*columns, "shape").query.sql_with_params()
    named = {f"p{number}": value for number, value in enumerate(values)}
    text = sql.replace("%%", "%%%%") % tuple(f"%({name})s" for name in named)
    return text.replace("{tile}", _TILE_BOX), named


def _columns(layer: Layer) -> dict[str, str]:
    """What the inner query selects: a neutral name for each, so that no field of the model is hidden by it."""
    attributes = {f"attribute_{number}": path for number, path in enumerate(layer.fields.values())}
    weight = {"cell_weight": layer.weight} if layer.weight else {}
    return {"feature_id": layer.identity, **attributes, **weight}


def _statement(layer: Layer, tile: Tile, inner: str) -> str:
    weighed = "sum(cell_weight) AS weight," if layer.weight else ""
    nothing = ", ".join(["NULL"] * (len(layer.fields) + 1))
    return _outer(layer, tile).format(
        inner=inner, attributes=_attributes(layer), weighed=weighed, nothing=nothing
    )


def _outer(layer: Layer, tile: Tile) -> str:
    if not layer.points:
        return SHAPES
    if layer.crowd is None:
        return POINTS
    if layer.crowd == 0:
        return CELLS
    return POINTS_OR_BOTH if layer.share_at(tile.z) else POINTS_OR_CELLS


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
# CASE, as the planner takes four comparisons for a filter that leaves one row, and joins a crowded tile row by row.
_POINTS_INSIDE = """
    SELECT *, ST_X(shape) AS x, ST_Y(shape) AS y FROM ({inner}) AS feature
    WHERE CASE WHEN ST_X(shape) >= %(west)s AND ST_X(shape) < %(east)s
                AND ST_Y(shape) > %(south)s AND ST_Y(shape) <= %(north)s THEN true ELSE false END
"""
_PLACED = """ST_MakePoint(
    least(floor(({x} - %(west)s) / %(size)s * %(extent)s), %(extent)s - 1),
    least(floor((%(north)s - {y}) / %(size)s * %(extent)s), %(extent)s - 1)) AS mvt"""
_POINT_TILE = f"""
    SELECT ST_AsMVT(tile, %(layer)s, %(extent)s, 'mvt', 'feature_id')
    FROM (SELECT {{attributes}}, {_PLACED.format(x="x", y="y")} FROM inside) AS tile
"""
_COLUMN = "least(floor((x - %(west)s) / %(size)s * %(side)s), %(side)s - 1)"
_ROW = "least(floor((%(north)s - y) / %(size)s * %(side)s), %(side)s - 1)"
_CELL_TILE = f"""
    SELECT ST_AsMVT(tile, %(layer)s, %(extent)s, 'mvt') FROM (
        SELECT count(*) AS count, {{weighed}} {_PLACED.format(x="avg(x)", y="avg(y)")} FROM inside
        GROUP BY {_COLUMN}, {_ROW}
    ) AS tile
"""
_BOTH_TILE = f"""
    SELECT ST_AsMVT(tile, %(layer)s, %(extent)s, 'mvt', 'feature_id') FROM (
        SELECT {{attributes}}, NULL::bigint AS count, {_PLACED.format(x="x", y="y")}
        FROM celled WHERE beside <= %(share)s
        UNION ALL
        SELECT {{nothing}}, count(*), {_PLACED.format(x="avg(x)", y="avg(y)")} FROM celled WHERE beside > %(share)s
        GROUP BY cell_column, cell_row
    ) AS tile
"""
POINTS = f"WITH inside AS ({_POINTS_INSIDE}) {_POINT_TILE}"
CELLS = f"WITH inside AS ({_POINTS_INSIDE}) {_CELL_TILE}"
POINTS_OR_CELLS = f"""
WITH inside AS MATERIALIZED ({_POINTS_INSIDE})
SELECT CASE WHEN (SELECT count(*) FROM inside) > %(crowd)s THEN ({_CELL_TILE}) ELSE ({_POINT_TILE}) END
"""
POINTS_OR_BOTH = f"""
WITH inside AS MATERIALIZED ({_POINTS_INSIDE}), celled AS (
    SELECT *, count(*) OVER (PARTITION BY cell_column, cell_row) AS beside
    FROM (SELECT *, {_COLUMN} AS cell_column, {_ROW} AS cell_row FROM inside) AS numbered
)
SELECT CASE WHEN (SELECT count(*) FROM inside) > %(crowd)s THEN ({_BOTH_TILE}) ELSE ({_POINT_TILE}) END
"""
