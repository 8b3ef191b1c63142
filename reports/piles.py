"""Piles: points that hold what nobody could place, so that they look like the worst spot of the city.

A geocoder that doesn't find an address falls back to the middle of the city, or to its hall (Goldberg, A Geocoding Best
Practices Guide, NAACCR 2008; Zandbergen, Geography Compass 3(2), 2009): of 6,000 reports in Boston's open data of 2011,
533 lie on City Hall. Reports of one spot scatter by some metres; what fell back shares its coordinates to the last
digit.
"""

from django.contrib.gis.geos import GEOSGeometry, Point
from django.db import connection

from layers.geometry import WGS84
from layers.models import City
from reports.workflow import PUBLIC

LEAST = 20
"""Reports on exactly one point: fewer are nobody's hotspot."""
LEAST_SHARE = 0.005
"""Of all public reports of the city: one address in two hundred may well be as bad as that."""
TIMES_THE_MEDIAN = 8
"""As many times the reports of the median point around."""
AROUND_M = 500
"""How far "around" reaches, in metres."""
MOST_OF_ONE_SERVICE = 0.5
"""Where more is of one category, something breaks there again and again, and the point is right."""

_PILES = """
WITH shown AS NOT MATERIALIZED (
    SELECT point, point_mercator, service_id FROM reports_report
    WHERE city_id = %(city)s AND status = ANY(%(public)s) AND NOT private
), crowded AS MATERIALIZED (
    SELECT point, point_mercator, count(*) AS reports FROM shown GROUP BY point, point_mercator
    HAVING count(*) >= greatest(%(least)s, %(least_share)s * (SELECT count(*) FROM shown))
)
SELECT ST_AsEWKB(c.point), c.reports FROM crowded c
CROSS JOIN LATERAL (
    SELECT max(number) AS most FROM (
        SELECT count(*) AS number FROM shown s
        WHERE s.point_mercator && c.point_mercator AND s.point = c.point GROUP BY s.service_id
    ) AS by_service
) AS service
CROSS JOIN LATERAL (
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY number) AS median FROM (
        SELECT count(*) AS number FROM shown s
        WHERE ST_DWithin(s.point_mercator, c.point_mercator, %(around_m)s / cos(radians(ST_Y(c.point))))
          AND NOT s.point = c.point
        GROUP BY s.point
    ) AS by_point
) AS around
WHERE service.most <= %(most_of_one_service)s * c.reports
  AND c.reports >= %(times_the_median)s * coalesce(around.median, 1)
ORDER BY c.reports DESC, c.point
"""


def piles_of(city: City) -> list[tuple[Point, int]]:
    """The piles among the city's public reports, each with how many lie on it, the largest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            _PILES,
            {
                "city": city.pk,
                "public": list(PUBLIC),
                "least": LEAST,
                "least_share": LEAST_SHARE,
                "times_the_median": TIMES_THE_MEDIAN,
                "around_m": AROUND_M,
                "most_of_one_service": MOST_OF_ONE_SERVICE,
            },
        )
        return [(_point(shape), number) for shape, number in cursor.fetchall()]


def _point(shape: bytes) -> Point:
    point = GEOSGeometry(memoryview(shape))
    assert isinstance(point, Point)
    point.srid = WGS84
    return point
