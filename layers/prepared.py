"""Statements that the database plans once for each connection instead of once for each call."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper


class _Preparing(psycopg.Cursor[Any]):
    """Parameters travel apart from the text, which is prepared where the connection's `prepare_threshold` allows."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Self:
        return super().execute(query, params, **{"prepare": True, **options})


@contextmanager
def prepared_cursor() -> Iterator[CursorWrapper]:
    """A cursor for a few statements of fixed text whose planning takes longer than running them.

    Django's errors, wrappers and query log hold for it; web connections alone prepare (docs/decisions/0004).
    """
    connection.ensure_connection()
    raw: Any = _Preparing(connection.connection)
    logged = connection.queries_logged
    with connection.make_debug_cursor(raw) if logged else connection.make_cursor(raw) as cursor:
        yield cursor
