"""Weighing a city's reports anew for the heat map: in batches, so that no writer waits long."""

from collections.abc import Iterator
from datetime import datetime

from django.db import connection, transaction

from districts.models import PriorityPolicy
from layers.models import City
from reports.models import Report, Weighing
from reports.priorities import REWEIGH, of_policy, parameters
from reports.workflow import PUBLIC

BATCH = 5000


def weigh(city: City, at: datetime) -> int:
    """Give each published report of the city the weight it has at that time; how many had another one before.

    Reports whose weight stays as it was aren't touched.
    """
    policy = of_policy(PriorityPolicy.of(city))
    changed = 0
    for ids in _batches(city):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(REWEIGH, parameters(ids, at) | policy)
            changed += cursor.rowcount
    Weighing.objects.update_or_create(city=city, defaults={"at": at})
    return changed


def _batches(city: City) -> Iterator[list[int]]:
    published = Report.objects.filter(city=city, status__in=PUBLIC).order_by("pk")
    last = 0
    while ids := list(published.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        yield ids
        last = ids[-1]
