"""Proves the sums, and puts them right."""

from contextlib import suppress
from dataclasses import dataclass

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext

from districts.errors import Refused
from layers.models import City

LOCK_MS = 400
"""How long a recount waits for writers: less than the second after which the database looks for a deadlock."""
LOCK_TRIES = 50


@dataclass(frozen=True, slots=True)
class Recounted:
    """How many sums there are for a city, and how many of them were wrong, missing or too much."""

    city_id: int
    sums: int
    wrong: int


def recount(city: City | None = None, *, mend: bool = True) -> list[Recounted]:
    """Compare the sums with the reports, for each city or for one, and put them right; writers wait meanwhile."""
    for _ in range(LOCK_TRIES):
        with suppress(OperationalError), transaction.atomic():
            _keep_writers_out()
            return _recounted(city, mend)
    raise Refused(gettext("Somebody is writing all the time. Try again when less is going on."))


def _keep_writers_out() -> None:
    with connection.cursor() as cursor:
        # A writer that holds one table and wants the other must not wait for us for good.
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{LOCK_MS}ms"])
        cursor.execute("LOCK TABLE reports_report, reports_reportdistrict IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("SELECT set_config('lock_timeout', '0', true)")


def _recounted(city: City | None, mend: bool) -> list[Recounted]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT city_id, rows, wrong FROM reports_recount_cells(%s::bigint, %s)",
            [city.pk if city else None, mend],
        )
        return [Recounted(*row) for row in cursor.fetchall()]
