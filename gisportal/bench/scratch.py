"""A database of the benchmark's own, beside the portal's: made, filled, measured and thrown away."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.core.management.base import CommandError
from psycopg import sql

SUFFIX = "_bench"


@contextmanager
def database() -> Iterator[dict[str, str]]:
    """The environment for child processes whose database is an empty, migrated one; it is dropped at the end.

    Raises CommandError where the server lets us make none.
    """
    name = f"{settings.DATABASES['default']['NAME']}{SUFFIX}"
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}")
    environment = {**os.environ, "DATABASE_URL": urlunsplit(address), "DEMO": "on", "PYTHONUNBUFFERED": "1"}
    # It sends from one address what a city sends from many; the attempts are counted all the same.
    environment["ANONYMOUS_REPORTS_AN_HOUR"] = "1000000"
    _drop(name)
    _administer(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        run(["manage.py", "migrate", "--verbosity", "0"], environment)
        yield environment
    finally:
        _drop(name)


def run(call: list[str], environment: dict[str, str]) -> None:
    """Run Python with these arguments in the checkout, its output shown; raises CommandError where it fails."""
    done = subprocess.run([sys.executable, *call], cwd=settings.BASE_DIR, env=environment, check=False)  # noqa: S603
    if done.returncode != 0:
        raise CommandError(
            f"{' '.join(call)} failed (exit status {done.returncode}); its message stands above"
        )


def connection_to(name: str | None = None) -> "psycopg.Connection[tuple[object, ...]]":
    """A connection past Django to the database of that name, the portal's own where none is given."""
    found = settings.DATABASES["default"]
    return psycopg.connect(
        dbname=name or found["NAME"],
        user=found["USER"] or None,
        password=found["PASSWORD"] or None,
        host=found["HOST"] or None,
        port=found["PORT"] or None,
        options=found["OPTIONS"]["options"],
        autocommit=True,
    )


def _drop(name: str) -> None:
    _administer(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _administer(statement: sql.Composed) -> None:
    try:
        with connection_to() as connection:
            connection.execute(statement)
    except psycopg.Error as error:
        raise CommandError(f"the benchmark needs a database of its own: {error}") from error
