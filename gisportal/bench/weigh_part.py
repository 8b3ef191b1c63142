"""The hourly weighing of a whole city: as parameters change, and as in most hours nearly nothing does."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from districts.models import PriorityPolicy
from gisportal.bench.running import Run, Unequal
from gisportal.bench.timing import milliseconds
from layers.models import City
from reports.models import Report
from reports.piles import piles_of
from reports.priorities import weights_of
from reports.weighing import weigh
from reports.workflow import PUBLIC

SAMPLE = 1000
BARE = "UPDATE reports_report SET priority = priority + 1 WHERE status = ANY(%s)"


def measure(run: Run) -> None:
    """Add a line for weighing all anew and one for an hour later; Unequal where a weight isn't the formula's."""
    city = City.objects.get(slug=run.town.city.slug)
    at = timezone.now()
    changed = 0

    def all_anew(number: int) -> None:
        nonlocal changed
        changed = weigh(city, at)

    anew = milliseconds(all_anew, 0)
    _check(city)
    bare = milliseconds(lambda _: _bare(), 0)
    weigh(city, at)
    run.add(
        f"weigh {run.reports:,} reports anew; ms a 1,000",
        "one UPDATE of as many rows",
        [[anew / run.reports * 1000], [bare / run.reports * 1000]],
        note=f"{run.reports / anew * 1000:,.0f} rows a second; {changed:,} weigh something else",
    )
    later = milliseconds(lambda _: weigh(city, at + timedelta(hours=1)), 0)
    piles = milliseconds(lambda _: piles_of(city), 0)
    run.add(
        "the same an hour later; ms a 1,000",
        "finding the piles alone",
        [[later / run.reports * 1000], [piles / run.reports * 1000]],
        note=f"{run.reports / later * 1000:,.0f} rows a second",
    )


def _bare() -> None:
    with connection.cursor() as cursor:
        cursor.execute(BARE, [list(PUBLIC)])


def _check(city: City) -> None:
    """What is kept must be what the formula says; in a pile, nothing."""
    kept = dict(Report.objects.filter(city=city, status__in=PUBLIC).values_list("pk", "priority")[:SAMPLE])
    weighing = city.weighing.at
    for weight in weights_of(kept, PriorityPolicy.of(city), weighing):
        if kept[weight.report_id] != weight.priority:
            raise Unequal(f"report {weight.report_id} weighs {kept[weight.report_id]}, not {weight.priority}")
