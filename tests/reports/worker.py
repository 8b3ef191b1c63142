"""The job worker, for tests that look at the real queue."""

import asyncio
import threading
from collections.abc import Callable

from asgiref.sync import sync_to_async
from django.db import connection, connections
from procrastinate.contrib.django import app


def work_off(*queues: str) -> None:
    """Do all that waits in these queues, then stop."""
    worker = app.with_connector(app.connector.get_worker_connector())
    _elsewhere(
        lambda: worker.run_worker(
            wait=False, install_signal_handlers=False, listen_notify=False, queues=list(queues)
        )
    )
    # The worker's threads keep their connections; the test database could not be dropped under them.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    # One of these threads serves the next worker too, which must not meet the dead connection.
    _elsewhere(lambda: asyncio.run(_forget_connections()))


async def _forget_connections() -> None:
    await sync_to_async(connections.close_all)()


def _elsewhere(work: Callable[[], None]) -> None:
    """In a thread of its own: the browser tests leave an event loop running in theirs."""
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
