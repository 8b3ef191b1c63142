"""What the figures were taken on, without a date or a name."""

import os
import platform

from gisportal.bench.scratch import connection_to

GIB = 1024**3


def describe() -> str:
    """Processors, memory and the versions that matter, in one sentence."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIB
    with connection_to() as bare:
        rows = bare.execute(
            "SELECT current_setting('server_version'), default_version"
            " FROM pg_available_extensions WHERE name = 'postgis'"
        ).fetchall()
    server, postgis = (str(value).split()[0] for value in rows[0])
    return (
        f"{os.cpu_count()} processors, {memory:.0f} GiB of memory, Python {platform.python_version()}, "
        f"PostgreSQL {server}, PostGIS {postgis}."
    )
