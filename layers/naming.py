"""What the gazetteer's names are made of, and making them anew; otherwise triggers keep them (docs/decisions/0026)."""

from typing import NamedTuple

from django.db import connection, transaction
from psycopg import sql

from layers.models import City

VIEWS = ["gazetteer_of_layers"]
"""Each gives the names that a city should have; an app that has things with names adds its own."""

REBUILD = """
WITH wanted AS MATERIALIZED ({wanted}), gone AS (
    DELETE FROM layers_name n WHERE n.city_id = %(city)s AND NOT EXISTS (
        SELECT FROM wanted w WHERE (w.kind, w.key, w.said, w.name, w.name_en, w.settlement, w.point, w.across_m)
            = (n.kind, n.key, n.said, n.name, n.name_en, n.settlement, n.point, n.across_m)
          AND (w.valid_from, w.valid_to) IS NOT DISTINCT FROM (n.valid_from, n.valid_to))
    RETURNING 1
), come AS (
    INSERT INTO layers_name (city_id, kind, key, name, name_en, settlement, said, point, across_m, valid_from, valid_to)
    SELECT * FROM wanted w WHERE NOT EXISTS (
        SELECT FROM layers_name n WHERE n.city_id = %(city)s
          AND (w.kind, w.key, w.said, w.name, w.name_en, w.settlement, w.point, w.across_m)
            = (n.kind, n.key, n.said, n.name, n.name_en, n.settlement, n.point, n.across_m)
          AND (w.valid_from, w.valid_to) IS NOT DISTINCT FROM (n.valid_from, n.valid_to))
    RETURNING 1
)
SELECT (SELECT count(*) FROM wanted), (SELECT count(*) FROM gone), (SELECT count(*) FROM come)
"""


class Rebuilt(NamedTuple):
    """How many names a city has, and of how many the gazetteer had wrong ones, or had none."""

    names: int
    wrong: int
    missing: int


@transaction.atomic
def rebuild(city: City) -> Rebuilt:
    """Name everything in the city anew, and tell what was wrong: nothing, unless triggers were off."""
    views = [
        sql.SQL("SELECT * FROM {} WHERE city_id = %(city)s").format(sql.Identifier(view)) for view in VIEWS
    ]
    statement = sql.SQL(REBUILD).format(wanted=sql.SQL(" UNION ALL ").join(views))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('gazetteer'), %s)", [city.pk])
        cursor.execute(statement, {"city": city.pk})
        return Rebuilt(*cursor.fetchall()[0])
