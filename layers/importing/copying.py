"""Rows straight into a table by COPY: through the ORM an import takes four times as long (docs/decisions/0012)."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql


def new_keys(model: type[models.Model], count: int) -> list[int]:
    """That many primary keys that nobody else gets, so that rows of other tables can refer to them."""
    statement = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
    with connection.cursor() as cursor:
        cursor.execute(statement, [_table(model), count])
        return [key for (key,) in cursor.fetchall()]


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Append rows, whose values stand in the order of `columns`; every column that must be filled is named.

    The database's own rules hold as for any other write; defaults of the model don't. JSON goes in as text,
    a geometry as hexadecimal EWKB.
    """
    names = sql.SQL(", ").join([sql.Identifier(column) for column in columns])
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(_table(model)), names)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def refresh_statistics(*models_read: type[models.Model]) -> None:
    """Tell the planner how much the tables hold now, this transaction's own rows included.

    It plans by what a table held when it was last looked at: with a table remembered as empty, routing 20,000
    reports took over ten minutes instead of two seconds. A table that somebody else is looking at is passed over.
    """
    for model in models_read:
        statement = sql.SQL("ANALYZE (SKIP_LOCKED) {}").format(sql.Identifier(_table(model)))
        with connection.cursor() as cursor:
            cursor.execute(statement)


def _table(model: type[models.Model]) -> str:
    return model._meta.db_table  # noqa: SLF001
