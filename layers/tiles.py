"""Vector tiles (Mapbox Vector Tile 2.1) cut by PostGIS from what the catalogue lists."""

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import BinaryField, BooleanField, F, Func, QuerySet
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from layers import tile_sql
from layers.catalog import NEAR_ZOOM, Layer, Sums
from layers.geometry import CODE_ZOOM, TILE_BUFFER, TILE_EXTENT, Tile
from layers.models import Viewer
from layers.prepared import prepared_cursor

SMALL_ZOOM = 17
"""From here on a tile, some 200 m wide, holds few points, whatever the filters."""
COMPILED = 500
"""How many pairs of layer and filters keep their SQL; the least recently asked one is forgotten."""


class _AsItIs(Func):
    """The geometry itself: GeoDjango would select it as bytes, of no use to an outer query."""

    template = "%(expressions)s"
    output_field = BinaryField()


class _IsInside(Func):
    """Whether a feature is one of those sought, to be filled in when a tile is cut: by a column's name, after |."""

    template = "{where|%(expressions)s}"
    arg_joiner = "|"
    output_field = BooleanField()


_WHERE = re.compile(r"\{where\|([^|}]*)\|([^|}]*)\}")
_TOUCHES_TILE = r"(\1 && ST_MakeEnvelope(%(box_west)s, %(box_south)s, %(box_east)s, %(box_north)s, 3857))"
_NUMBERED_IN_TILE = r"(\1 BETWEEN %(first_code)s AND %(last_code)s)"
_IS_CANDIDATE = r"(\2 = candidate.id)"


@dataclass(frozen=True, slots=True)
class _Compiled:
    """The SQL of a layer's features under certain filters, for every tile alike, its parameters but for the tile's, and
    the cleaned filters."""

    inner: str
    values: Mapping[str, Any]
    cleaned: Mapping[str, Any]


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
    is dropped. Counts come from the layer's sums where it keeps them, else from the points.
    Raises ValidationError for filters that make no sense.
    """
    query = _query(layer, tile, filters, viewer)
    sums = layer.sums(query.cleaned, tile, tile.z + layer.cell_zooms) if layer.sums and not viewer else None
    if sums is None:
        return _cut_from_points(layer, tile, query)
    few = _cut_few(layer, tile, query) if _worth_looking(layer, tile, sums) else None
    return few if few is not None else _cut_from_sums(layer, tile, query, sums)


def _worth_looking(layer: Layer, tile: Tile, sums: Sums) -> bool:
    """Whether the tile's points are soon looked through: it is small, or all of them count."""
    return bool(layer.crowd) and tile.z >= (NEAR_ZOOM if sums.whole else SMALL_ZOOM)


def _cut_few(layer: Layer, tile: Tile, query: _Compiled) -> bytes | None:
    """The tile of its points, None where they are a crowd; quicker than asking the sums which points there are."""
    inside = tile_sql.POINTS_NUMBERED.format(inner=_WHERE.sub(_NUMBERED_IN_TILE, query.inner))
    statement = tile_sql.FEW_POINTS.format(inside=inside, **_selected(layer))
    with prepared_cursor() as cursor:
        cursor.execute(statement, {**query.values, **_numbers(layer, tile)})
        found = cursor.fetchone()[0]
        return None if found is None else bytes(found)


def _cut_from_points(layer: Layer, tile: Tile, query: _Compiled) -> bytes:
    if layer.code:
        inner = _WHERE.sub(_NUMBERED_IN_TILE, query.inner)
        inside = tile_sql.POINTS_NUMBERED.format(inner=inner)
    else:
        inner = _WHERE.sub(_TOUCHES_TILE, query.inner)
        inside = tile_sql.POINTS_INSIDE.format(inner=inner)
    statement = _outer(layer, tile).format(inside=inside, inner=inner, **_selected(layer))
    with connection.cursor() as cursor:
        cursor.execute(statement, {**query.values, **_numbers(layer, tile)})
        return bytes(cursor.fetchone()[0] or b"")


def _cut_from_sums(layer: Layer, tile: Tile, query: _Compiled, sums: Sums) -> bytes:
    width, across = 2 * (CODE_ZOOM - sums.level), 1 << (sums.level - tile.z)
    numbers = {
        **_numbers(layer, tile),
        "across": across,
        "share": (layer.crowd_at(tile.z) or 0) // across**2,
    }
    if layer.crowd == 0:
        statement = tile_sql.COUNTED_CELLS.format(sums=sums.sql, **_selected(layer))
    else:
        candidates = sums.singly.format(
            codes=f"(judged.cell << {width}) AND ((judged.cell + 1) << {width}) - 1"
        )
        inside = tile_sql.POINTS_NUMBERED.format(inner=_WHERE.sub(_IS_CANDIDATE, query.inner))
        statement = tile_sql.COUNTED_BOTH.format(
            sums=sums.sql, candidates=candidates, inside=inside, **_selected(layer)
        )
    # Its plan is good for any tile: sums and points are found by ranges of one index each, and few are shown.
    with prepared_cursor() as cursor:
        cursor.execute(statement, {**query.values, **sums.values, **numbers})
        return bytes(cursor.fetchone()[0] or b"")


def _numbers(layer: Layer, tile: Tile) -> dict[str, float | int | str | None]:
    names = ("west", "south", "east", "north")
    box = tile.bounds(0 if layer.points else TILE_BUFFER / TILE_EXTENT)
    first_code, last_code = tile.codes()
    return {
        **dict(zip(names, tile.bounds(), strict=True)),
        **{f"box_{name}": value for name, value in zip(names, box, strict=True)},
        "layer": layer.id,
        "first_code": first_code,
        "last_code": last_code,
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
    zoom = tile.z if layer.thin else None
    # Features depend on the day too: districts are those of today.
    key = (id(layer), zoom, repr(sorted(given)), timezone.localdate())
    return _kept(_Asked(key, layer, tile, filters))


@lru_cache(COMPILED)
def _kept(asked: _Asked) -> _Compiled:
    return _compile(asked.layer, asked.tile, asked.filters, None)


def _compile(layer: Layer, tile: Tile, filters: Mapping[str, Any], viewer: Viewer | None) -> _Compiled:
    filterset = layer.filters(filters, queryset=layer.features(viewer), viewer=viewer)
    if not filterset.is_valid():
        raise ValidationError(filterset.errors.get_json_data())
    features: QuerySet[Any] = filterset.qs
    if layer.thin is not None:
        features = layer.thin(features, tile)
    inner, values = _inner(layer, features)
    return _Compiled(inner, values, filterset.form.cleaned_data)


def _inner(layer: Layer, features: "QuerySet[Any]") -> tuple[str, dict[str, Any]]:
    """The SQL that selects identity, attributes and geometry of what may touch the tile, with named parameters."""
    shape = F(layer.geometry)
    columns = {name: F(path) for name, path in _columns(layer).items()}
    inside = _IsInside(F(layer.code) if layer.code else shape, F(layer.identity))
    rows = features.filter(inside).order_by().annotate(**columns, shape=_AsItIs(shape))
    sql, values = rows.values(*columns, "shape").query.sql_with_params()
    named = {f"p{number}": value for number, value in enumerate(values)}
    text = sql.replace("%%", "%%%%") % tuple(f"%({name})s" for name in named)
    return text, named


def _columns(layer: Layer) -> dict[str, str]:
    """What the inner query selects: a neutral name for each, so that no field of the model is hidden by it."""
    attributes = {f"attribute_{number}": path for number, path in enumerate(layer.fields.values())}
    weight = {"cell_weight": layer.weight} if layer.weight else {}
    return {"feature_id": layer.identity, **attributes, **weight}


def _selected(layer: Layer) -> dict[str, str]:
    """The texts of what a statement selects."""
    names = [f"attribute_{number} AS {_quoted(name)}" for number, name in enumerate(layer.fields)]
    return {
        "attributes": ", ".join(["feature_id", *names]),
        "nothing": ", ".join(["NULL"] * (len(layer.fields) + 1)),
        "weighed": "sum(cell_weight) AS weight," if layer.weight else "",
        "carried": "weight," if layer.weight else "",
    }


def _outer(layer: Layer, tile: Tile) -> str:
    if not layer.points:
        return tile_sql.SHAPES
    if layer.crowd is None:
        return tile_sql.POINTS
    if layer.crowd == 0:
        return tile_sql.CELLS
    return tile_sql.POINTS_OR_BOTH if layer.share_at(tile.z) else tile_sql.POINTS_OR_CELLS


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
