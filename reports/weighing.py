"""Weighing a city's reports anew for the heat map: in batches, so that no writer waits long."""

from collections.abc import Iterator
from datetime import datetime

from django.db import connection, transaction

from districts.models import PriorityPolicy
from layers.models import City
from reports.models import Pile, Report, Weighing
from reports.piles import piles_of
from reports.priorities import REWEIGH, of_policy, parameters
from reports.workflow import PUBLIC

BATCH = 5000


def weigh(city: City, at: datetime) -> int:
    """Find the city's piles, and give each published report its weight at that time; how many had another one before.

    Reports whose weight stays as it was aren't touched.
    """
    _remember_piles(city)
    policy = of_policy(PriorityPolicy.of(city))
    changed = 0
    for ids in _batches(city):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(REWEIGH, parameters(ids, at) | policy)
            changed += cursor.rowcount
    Weighing.objects.update_or_create(city=city, defaults={"at": at})
    return changed


@transaction.atomic
def _remember_piles(city: City) -> None:
    found = [Pile(city=city, point=point, reports=number) for point, number in piles_of(city)]
    here = [pile.point for pile in found]
    Pile.objects.filter(city=city).exclude(point__in=here).delete()
    Pile.objects.bulk_create(
        found, update_conflicts=True, unique_fields=["city", "point"], update_fields=["reports"]
    )


def _batches(city: City) -> Iterator[list[int]]:
    published = Report.objects.filter(city=city, status__in=PUBLIC).order_by("pk")
    last = 0
    while ids := list(published.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        yield ids
        last = ids[-1]
