"""Which places would rise or fall on the heat map if a city weighed by other parameters."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from districts.models import PriorityPolicy, Section
from layers.geometry import CODE_ZOOM
from layers.models import City
from reports.models import Report
from reports.priorities import FACTS, of_policy, parameters, weighed_rows, weight_sql
from reports.workflow import WAITING

PLACE_ZOOM = 17
"""A place is a tile of this zoom: about 200 m at 50 degrees of latitude."""
FOREMOST = 50
"""Only places that are among so many before or after are looked at: below, ranks change by chance."""
MOST_MOVES = 5
"""Up, and as many down."""

_MOVES = f"""
WITH RECURSIVE {FACTS}, weighed AS (
    SELECT r.cell >> %(bits)s AS place, r.point, r.address,
           {weight_sql("_now")} AS now, {weight_sql("_then")} AS later
    FROM {weighed_rows("_now", "_then")} JOIN reports_report r ON r.id = f.id
), ranked AS (
    SELECT count(*) AS reports, sum(now) AS now, sum(later) AS later,
           coalesce(mode() WITHIN GROUP (ORDER BY address) FILTER (WHERE address <> ''), '') AS address,
           avg(ST_X(point)) AS lon, avg(ST_Y(point)) AS lat,
           rank() OVER (ORDER BY sum(now) DESC) AS rank_now, rank() OVER (ORDER BY sum(later) DESC) AS rank_later
    FROM weighed GROUP BY place
)
SELECT address, lon, lat, reports, rank_now, rank_later,
       now / %(point)s::float8, later / %(point)s::float8 FROM (
    SELECT *, row_number() OVER (
        PARTITION BY rank_later < rank_now ORDER BY abs(rank_now - rank_later) DESC, rank_later, lon, lat) AS nth
    FROM ranked WHERE rank_now <> rank_later AND least(rank_now, rank_later) <= %(foremost)s
) AS moved WHERE nth <= %(most)s
ORDER BY rank_later > rank_now, nth
"""


@dataclass(frozen=True, slots=True)
class Move:
    """A place with its open problems: its rank and points as they are and as they would be; where, in degrees."""

    address: str
    lon: float
    lat: float
    reports: int
    rank_now: int
    rank_later: int
    points_now: float
    points_later: float

    @property
    def rises(self) -> bool:
        return self.rank_later < self.rank_now


def places_that_move(city: City, now: PriorityPolicy, later: PriorityPolicy, at: datetime) -> list[Move]:
    """The five places that would rise most, and the five that would fall most, each sort from its farthest move."""
    reports = Report.objects.public().filter(
        city=city, status__in=WAITING, service__section__code=Section.PROBLEMS
    )
    values = parameters(list(reports.values_list("pk", flat=True)), at)
    values |= of_policy(now, "_now") | of_policy(later, "_then")
    values |= {"bits": 2 * (CODE_ZOOM - PLACE_ZOOM), "foremost": FOREMOST, "most": MOST_MOVES}
    with connection.cursor() as cursor:
        cursor.execute(_MOVES, values)
        return [Move(*row) for row in cursor.fetchall()]
