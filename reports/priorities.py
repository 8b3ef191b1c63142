"""How much each report matters to the community: its weight on the heat map, and how it comes about.

    weight = severity x supporters x age x reopenings x duplicates

    severity    1 to 3, of the report's service
    supporters  1 + s ln(1 + people who support it, those of merged duplicates among them, each once)
    age         1 + a min(weeks, W) / W, in whole weeks from publication until it is closed
    reopenings  1 + r times it was opened again, at most `MOST_REOPENINGS`
    duplicates  1 + m ln(1 + reports that were merged into it)

s, a, r, m and W are the city's (`districts.models.PriorityPolicy`). Factors are multiplied, as severity, occurrence and
detection are for the risk priority number of a failure mode (IEC 60812:2018); people count by the logarithm, so that
the hundredth voice adds less than the second and a campaign can't drown a street, as votes do in Reddit's "hot"
ranking (reddit/r2, `r2/lib/db/_sorts.pyx`). Whole weeks, so that an hour changes few weights.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from districts.models import PriorityPolicy, Section
from layers.models import City
from reports.models import Report
from reports.workflow import WAITING, Status

POINT = 100
"""Weights are kept in hundredths of a point."""
MOST_REOPENINGS = 5
"""So many count: more say nothing new, and weights stay whole numbers of four bytes."""

FACTS = """
asked AS (
    SELECT r.id, s.severity, r.supporters, r.priority,
           greatest(floor(extract(epoch FROM least(coalesce(r.closed_at, %(at)s), %(at)s) - r.published_at) / 604800),
                    0)::int AS weeks,
           EXISTS (SELECT FROM reports_pile p WHERE p.city_id = r.city_id AND p.point = r.point) AS piled
    FROM reports_report r JOIN districts_service s ON s.id = r.service_id
    WHERE r.id = ANY(%(ids)s)
), merged AS (
    SELECT a.id AS into_id, d.id FROM asked a JOIN reports_report d ON d.duplicate_of_id = a.id
    UNION ALL
    SELECT m.into_id, d.id FROM merged m JOIN reports_report d ON d.duplicate_of_id = m.id
), facts AS (
    SELECT a.id, a.severity, a.supporters, coalesce(a.weeks, 0) AS weeks, a.priority, a.piled,
           coalesce(o.times, 0) AS reopened, coalesce(m.number, 0) AS merged
    FROM asked a
    LEFT JOIN (SELECT c.report_id, count(*)::int AS times FROM reports_statuschange c
               WHERE c.report_id = ANY(%(ids)s) AND c.after = %(reopened_status)s AND c.note = ''
               GROUP BY c.report_id) AS o ON o.report_id = a.id
    LEFT JOIN (SELECT into_id, count(*)::int AS number FROM merged GROUP BY into_id) AS m ON m.into_id = a.id
)
"""
_FACTORS = """
    1 + %(supporters{which})s::float8 * ln(1 + f.supporters::float8) AS by_supporters,
    1 + %(age{which})s::float8 * least(f.weeks, %(weeks{which})s)::float8 / %(weeks{which})s AS by_age,
    1 + %(reopened{which})s::float8 * least(f.reopened, %(most_reopenings)s)::float8 AS by_reopenings,
    1 + %(merged{which})s::float8 * ln(1 + f.merged::float8) AS by_duplicates
"""
_WEIGHT = """
CASE WHEN f.piled THEN 0 ELSE
    round(%(point)s * f.severity * w{which}.by_supporters * w{which}.by_age * w{which}.by_reopenings
          * w{which}.by_duplicates)::int END
"""


def weighed_rows(*which: str) -> str:
    """The end of a SELECT: each asked report as `f`, its factors as `w…` for each set of parameters by its ending."""
    factors = [f"CROSS JOIN LATERAL (SELECT {_FACTORS.format(which=each)}) AS w{each}" for each in which]
    return " ".join(["facts f", *factors])


def weight_sql(which: str = "") -> str:
    """The weight of each of those rows, in hundredths of a point."""
    return _WEIGHT.format(which=which)


REWEIGH = f"""
WITH RECURSIVE {FACTS}, fresh AS (SELECT f.id, {weight_sql()} AS weight FROM {weighed_rows("")}), stale AS (
    -- In the order of their numbers, as merging two reports locks them too.
    SELECT r.id, fresh.weight FROM reports_report r JOIN fresh ON fresh.id = r.id
    WHERE r.priority IS DISTINCT FROM fresh.weight ORDER BY r.id FOR NO KEY UPDATE OF r
)
UPDATE reports_report r SET priority = stale.weight FROM stale WHERE r.id = stale.id
"""
_EXPLAIN = f"""
WITH RECURSIVE {FACTS}
SELECT f.id, f.severity, f.supporters, f.weeks, f.reopened, f.merged,
       w.by_supporters, w.by_age, w.by_reopenings, w.by_duplicates, {weight_sql()}
FROM {weighed_rows("")}
"""


@dataclass(frozen=True, slots=True)
class Weight:
    """What a report weighs, in hundredths of a point, with the facts and factors it comes from."""

    report_id: int
    severity: int
    supporters: int
    weeks: int
    reopened: int
    merged: int
    by_supporters: float
    by_age: float
    by_reopenings: float
    by_duplicates: float
    priority: int

    @property
    def points(self) -> float:
        return self.priority / POINT


@dataclass(frozen=True, slots=True)
class Example:
    """A real report with its weight; how many of its weeks and reopenings count."""

    report: Report
    weight: Weight
    weeks_counted: int
    reopenings_counted: int


def worked_example(city: City, policy: PriorityPolicy, at: datetime) -> Example | None:
    """The public, open problem that weighs most in the city, one with supporters where there is; None without any."""
    reports = Report.objects.public().filter(city=city, status__in=WAITING, priority__gt=0)
    problems = reports.filter(service__section__code=Section.PROBLEMS).select_related("service")
    heaviest = problems.order_by("-priority", "pk")
    report = heaviest.filter(supporters__gt=0).first() or heaviest.first()
    if report is None:
        return None
    (weight,) = weights_of([report.pk], policy, at)
    weeks, reopened = min(weight.weeks, policy.age_weeks), min(weight.reopened, MOST_REOPENINGS)
    return Example(report, weight, weeks, reopened)


def weights_of(ids: Iterable[int], policy: PriorityPolicy, at: datetime) -> list[Weight]:
    """What these reports weigh at that time under these parameters; reports that don't exist are left out."""
    with connection.cursor() as cursor:
        cursor.execute(_EXPLAIN, parameters(list(ids), at) | of_policy(policy))
        return [Weight(*row) for row in cursor.fetchall()]


def weight_when_published(report: Report) -> int:
    """The weight with which a report becomes public, in hundredths of a point.

    Nobody can have supported, reopened or merged into it before, so that its severity is all that counts.
    """
    return POINT * report.service.severity


def parameters(ids: Sequence[int], at: datetime) -> dict[str, Any]:
    """Which reports the statements above are about, and at what time."""
    return {
        "ids": list(ids),
        "at": at,
        "point": POINT,
        "most_reopenings": MOST_REOPENINGS,
        "reopened_status": Status.REOPENED,
    }


def of_policy(policy: PriorityPolicy, which: str = "") -> dict[str, Any]:
    """A city's parameters as the statements above want them, under names that end in `which`."""
    named = {
        "supporters": policy.supporters_percent / 100,
        "age": policy.age_percent / 100,
        "weeks": policy.age_weeks,
        "reopened": policy.reopened_percent / 100,
        "merged": policy.merged_percent / 100,
    }
    return {f"{name}{which}": value for name, value in named.items()}
