"""Telling the database's absence from everything else that may go wrong."""

import psycopg
from django.db import InterfaceError, OperationalError

_ABSENCE = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)


def is_outage(error: BaseException | None) -> bool:
    """Whether the error, or what led to it, says that the database is gone, restarting or out of reach."""
    while error is not None:
        if isinstance(error, _ABSENCE):
            return True
        # The job queue and the sessions wrap what the database said in errors of their own.
        error = error.__cause__ or error.__context__
    return False
