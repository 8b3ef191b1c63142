"""The job worker, for tests that look at the real queue."""

import threading

from django.db import connection
from procrastinate.contrib.django import app


def work_off(*queues: str) -> None:
    """Do all that waits in these queues, then stop."""
    worker = app.with_connector(app.connector.get_worker_connector())
    options = {
        "wait": False,
        "install_signal_handlers": False,
        "listen_notify": False,
        "queues": list(queues),
    }
    # In a thread of its own: the browser tests leave an event loop running in theirs.
    thread = threading.Thread(target=worker.run_worker, kwargs=options)
    thread.start()
    thread.join()
    # The worker's threads keep their connections; the test database could not be dropped under them.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
