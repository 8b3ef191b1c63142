"""Asks the server of DATABASE_URL whether the portal can live on it. Unlike its neighbours it needs `.venv`.

Prints the version and exits with 0, or prints what is wrong and then how to mend it, and exits with 1.
"""

import os
import sys

import psycopg
from psycopg.rows import TupleRow

OLDEST_VERSION = 150000


def complaint(connection: psycopg.Connection[TupleRow], *, for_tests: bool) -> str | None:
    """What keeps the portal or its tests from this server and, on a new line, the remedy."""
    row = connection.execute(
        "SELECT current_setting('server_version_num')::int, rolsuper,"
        " EXISTS (SELECT FROM pg_available_extensions WHERE name = 'postgis'),"
        " EXISTS (SELECT FROM pg_extension WHERE extname = 'postgis')"
        " FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    assert row is not None
    version, is_superuser, can_have_postgis, has_postgis = row
    if version < OLDEST_VERSION:
        return f"the server is version {version // 10000}; 15 or newer is needed.\nUse a newer server."
    if not can_have_postgis:
        return (
            "the server has no PostGIS.\nInstall it where the server runs: apt-get install postgresql-postgis"
        )
    if not (is_superuser or has_postgis):
        return (
            "its database has no PostGIS yet, and its role may not create extensions.\n"
            "As an administrator of the server run in that database: CREATE EXTENSION postgis;"
        )
    if for_tests and not is_superuser:
        return (
            "the tests make a database of their own with extensions; the role is no superuser.\n"
            "Name a superuser of a throw-away server, or unset DATABASE_URL to test on a private one."
        )
    return None


def main() -> int:
    """Print the finding; 0 when the portal can live on the server."""
    address = os.environ["DATABASE_URL"].replace("postgis://", "postgresql://", 1)
    try:
        with psycopg.connect(address, connect_timeout=10) as connection:
            found = complaint(connection, for_tests="--for-tests" in sys.argv)
            version = connection.info.server_version
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        found = f"it does not answer: {reason}\nStart the server, or mend the address."
    sys.stdout.write(found or f"PostgreSQL {version // 10000}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
