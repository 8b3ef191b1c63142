"""The statements that cut tiles: texts with places for what a layer selects, and named parameters for the tile."""

SHAPES = """
SELECT ST_AsMVT(tile, %(layer)s, %(extent)s, 'mvt', 'feature_id') FROM (
    SELECT {attributes}, ST_AsMVTGeom(
        shape, ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 3857), %(extent)s, %(buffer)s, true) AS mvt
    FROM ({inner}) AS feature
) AS tile WHERE mvt IS NOT NULL
"""

# A point on the edge of two tiles belongs to the eastern and the southern one; so the counts of a zoom add up.
# CASE, as the planner takes four comparisons for a filter that leaves one row, and joins a crowded tile row by row.
POINTS_INSIDE = """
    SELECT *, ST_X(shape) AS x, ST_Y(shape) AS y FROM ({inner}) AS feature
    WHERE CASE WHEN ST_X(shape) >= %(west)s AND ST_X(shape) < %(east)s
                AND ST_Y(shape) > %(south)s AND ST_Y(shape) <= %(north)s THEN true ELSE false END
"""
# A numbered point of the tile's edge may lie a little beyond it: its number and its metres are rounded apart.
POINTS_NUMBERED = "SELECT *, ST_X(shape) AS x, ST_Y(shape) AS y FROM ({inner}) AS feature"
_PLACED = """ST_MakePoint(
    greatest(0, least(floor(({x} - %(west)s) / %(size)s * %(extent)s), %(extent)s - 1)),
    greatest(0, least(floor((%(north)s - {y}) / %(size)s * %(extent)s), %(extent)s - 1))) AS mvt"""
_POINT_TILE = f"""
    SELECT ST_AsMVT(tile, %(layer)s, %(extent)s, 'mvt', 'feature_id')
    FROM (SELECT {{attributes}}, {_PLACED.format(x="x", y="y")} FROM inside) AS tile
"""
_COLUMN = "greatest(0, least(floor((x - %(west)s) / %(size)s * %(side)s), %(side)s - 1))"
_ROW = "greatest(0, least(floor((%(north)s - y) / %(size)s * %(side)s), %(side)s - 1))"
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
POINTS = f"WITH inside AS ({{inside}}) {_POINT_TILE}"
CELLS = f"WITH inside AS ({{inside}}) {_CELL_TILE}"
POINTS_OR_CELLS = f"""
WITH inside AS MATERIALIZED ({{inside}})
SELECT CASE WHEN (SELECT count(*) FROM inside) > %(crowd)s THEN ({_CELL_TILE}) ELSE ({_POINT_TILE}) END
"""
POINTS_OR_BOTH = f"""
WITH inside AS MATERIALIZED ({{inside}}), celled AS (
    SELECT *, count(*) OVER (PARTITION BY cell_column, cell_row) AS beside
    FROM (SELECT *, {_COLUMN} AS cell_column, {_ROW} AS cell_row FROM inside) AS numbered
)
SELECT CASE WHEN (SELECT count(*) FROM inside) > %(crowd)s THEN ({_BOTH_TILE}) ELSE ({_POINT_TILE}) END
"""

# Stops at the first point too many: NULL says that the tile is crowded.
FEW_POINTS = f"""
WITH inside AS MATERIALIZED ({{inside}} LIMIT %(crowd)s + 1)
SELECT CASE WHEN (SELECT count(*) FROM inside) <= %(crowd)s THEN coalesce(({_POINT_TILE}), '') END
"""

# A cell's column is every second bit of its number, its row the bits between: at most six each below the tile.
_BITS = " + ".join(f"(({{code}} >> {bit}) & {1 << bit})" for bit in range(6))
_MIDDLE = f"""ST_MakePoint(
    floor(((({_BITS.format(code="cell")}) & (%(across)s - 1)) + 0.5) / %(across)s * %(extent)s),
    floor(((({_BITS.format(code="(cell >> 1)")}) & (%(across)s - 1)) + 0.5) / %(across)s * %(extent)s)) AS mvt"""
COUNTED_CELLS = f"""
SELECT ST_AsMVT(tile, %(layer)s, %(extent)s, 'mvt') FROM (
    SELECT n AS count, {{carried}} {_MIDDLE} FROM ({{sums}}) AS sums
) AS tile
"""
# OFFSET 0 keeps the planner from joining in another order: it doesn't know how few cells are shown singly.
COUNTED_BOTH = f"""
WITH sums AS MATERIALIZED ({{sums}}), judged AS MATERIALIZED (
    SELECT cell, n, n <= %(share)s OR (SELECT sum(n) FROM sums) <= %(crowd)s AS single FROM sums
)
SELECT ST_AsMVT(tile, %(layer)s, %(extent)s, 'mvt', 'feature_id') FROM (
    SELECT {{attributes}}, NULL::bigint AS count, {_PLACED.format(x="x", y="y")}
    FROM judged CROSS JOIN LATERAL ({{candidates}} OFFSET 0) AS candidate
    CROSS JOIN LATERAL ({{inside}} OFFSET 0) AS inside
    WHERE judged.single
    UNION ALL
    SELECT {{nothing}}, n, {_MIDDLE} FROM judged WHERE NOT single
) AS tile
"""
