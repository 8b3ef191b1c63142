"""Addresses and names: what people write becomes places, whatever spelling or alphabet they write it in."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, log2, radians
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.gis.geos import Point
from django.utils import timezone
from django.utils.translation import get_language

from layers.geometry import WGS84
from layers.importing.names import name_in
from layers.models import City, Name
from layers.prepared import prepared_cursor
from layers.questions import Asked, asked

MOST_FOUND = 8
LANGUAGES = ("uk", "en")
SURE = 0.5
"""How alike a street's whole name must be for its house to be the one that was meant."""
HOUSE = "house"
"""The kind of what is found as a house; the others are `Name.Kind`."""

# The candidates by trigrams (the threshold is set with the connection), the likeliest few of them, and houses of those
# that are streets. A name scores by how much of the question it holds and by how little more it is: «Соборна» comes
# before «Соборності». Houses belong to the piece of the street around them, where villages share its name.
SUGGEST = """
WITH asked AS MATERIALIZED (
    SELECT gazetteer_fold(%(names)s) AS names, gazetteer_fold(%(all)s) AS everything, gazetteer_sort(%(names)s) AS sort,
           gazetteer_number(%(number)s) AS number, ' ' || gazetteer_latin(%(all)s) || ' ' AS said,
           ST_SetSRID(ST_MakePoint(%(lon)s::float8, %(lat)s::float8), 4326) AS near, %(today)s::date AS today
), named AS (
    SELECT DISTINCT ON (n.kind, n.key, n.point) n.*, likeness.*,
        part + whole
        + CASE WHEN n.sort = '' OR asked.sort = '' THEN 0 WHEN n.sort = asked.sort THEN 0.3 ELSE -0.3 END
        + CASE n.kind WHEN 'street' THEN 0.1 WHEN 'district' THEN 0.1 WHEN 'place' THEN 0.05 ELSE 0 END
        + CASE WHEN n.said IN (n.name, n.name_en) THEN 0.05 ELSE 0 END
        + CASE WHEN n.settlement <> '' AND position(' ' || gazetteer_latin(n.settlement) || ' ' IN asked.said) > 0
               THEN 0.4 ELSE 0 END
        + CASE WHEN n.settlement = %(own)s THEN 0.05 ELSE 0 END
        - CASE WHEN asked.near IS NULL THEN 0
               ELSE least(0.2, ST_DistanceSphere(n.point, asked.near) / 50000) END AS score
    FROM asked JOIN layers_name n ON n.folded %%> asked.names
    CROSS JOIN LATERAL (
        SELECT word_similarity(asked.names, n.folded) AS part,
               greatest(similarity(asked.names, n.folded), similarity(asked.everything, n.folded)) AS whole
    ) AS likeness
    WHERE n.city_id = %(city)s
      AND (n.valid_from IS NULL OR n.valid_from <= asked.today) AND (n.valid_to IS NULL OR n.valid_to > asked.today)
    ORDER BY n.kind, n.key, n.point, score DESC
), likely AS (
    SELECT * FROM (SELECT *, max(score) OVER () AS best FROM named) AS scored
    WHERE score >= best * 0.6 ORDER BY score DESC, name, point LIMIT %(most)s
), housed AS (
    SELECT DISTINCT ON (house.id) likely.kind, likely.key, likely.name, likely.name_en, house.settlement, likely.said,
        house.point, 0::float8 AS across_m, house.id AS house, house.house_number,
        house.is_number AND likely.whole >= %(sure)s
            AND (asked.sort = '' OR likely.sort IN ('', asked.sort)) AS is_exact, likely.score, house.off
    FROM asked CROSS JOIN likely CROSS JOIN LATERAL (
        SELECT *, rank() OVER (ORDER BY is_number DESC, off) AS nearness FROM (
            SELECT a.id, a.house_number, a.point, a.settlement, a.number = asked.number AS is_number,
                abs(substring(a.number FROM '^[0-9]+')::numeric
                    - substring(asked.number FROM '^[0-9]+')::numeric) AS off
            FROM layers_address a
            WHERE a.city_id = %(city)s AND a.street = likely.key
              AND ST_DistanceSphere(a.point, likely.point) <= likely.across_m + 200
        ) AS numbered
        WHERE off IS NOT NULL
    ) AS house
    WHERE asked.number <> '' AND likely.kind = 'street' AND (house.off = 0 OR house.nearness <= 2)
      AND NOT (%(leads)s AND position(' ' || asked.number || ' ' IN ' ' || likely.folded || ' ') > 0)
    ORDER BY house.id, ST_DistanceSphere(house.point, likely.point)
), found AS (
    SELECT *, bool_or(is_exact) OVER () AS known FROM (
        SELECT * FROM housed
        UNION ALL
        SELECT kind, key, name, name_en, settlement, said, point, across_m, NULL, NULL, false, score, NULL FROM likely
    ) AS either
)
SELECT kind, key, name, name_en, settlement, said, ST_X(point), ST_Y(point), across_m, house, house_number, is_exact
FROM found
WHERE NOT known OR house IS NULL OR off = 0
ORDER BY is_exact DESC, score DESC, name, house IS NULL, off, house_number, settlement, point
LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A house, with its point (WGS84); or something that has a name, where `point` lies on it."""

    name: str
    point: Point
    house: int | None = None
    """The number under which the house is known, None for what is no house."""
    is_exact: bool = False
    """Whether it is a house that has the very number that was asked for."""
    kind: str = HOUSE
    key: str = ""
    """What tells it from others of its kind: the primary key of a district or a place."""
    also: str = ""
    """The old or other name by which it was found, where it was."""
    settlement: str = ""
    across_m: float = 0.0

    @property
    def is_house(self) -> bool:
        return self.house is not None

    @property
    def zoom(self) -> float:
        """The zoom at which all of it is in sight, on a map of some 500 pixels; houses can be told apart from 17 on."""
        metres_a_pixel = max(self.across_m, 1.0) / 500
        fits = log2(78271.5 * cos(radians(self.point.y)) / metres_a_pixel)
        return round(min(max(fits, 9.0), 17.0), 1)


def suggest(city: City, words: str, near: Point | None = None) -> list[Found]:
    """What the words may mean in this city, at most eight, the likeliest first: one statement.

    With a house number: houses of exactly that number, then the nearest on the street, then the street.
    Of what is equally likely, the nearer to `near` (WGS84) comes first.
    """
    question = asked(words, [name_in(language, city) for language in LANGUAGES])
    if question is None:
        return []
    with prepared_cursor() as cursor:
        cursor.execute(SUGGEST, parameters(city, question, near))
        return [_found(row) for row in cursor.fetchall()]


def find(city: City, words: str) -> list[Found]:
    """Houses and streets only: what an address can be."""
    return [found for found in suggest(city, words) if found.is_house or found.kind == Name.Kind.STREET]


def parameters(city: City, question: Asked, near: Point | None) -> dict[str, Any]:
    """The values of SUGGEST."""
    return {
        "city": city.pk,
        "names": question.names,
        "all": question.all,
        "number": question.number,
        "leads": question.leads,
        "lon": near.x if near else None,
        "lat": near.y if near else None,
        "today": timezone.localdate(timezone=ZoneInfo(city.time_zone)),
        "own": name_in("uk", city),
        "most": MOST_FOUND,
        "sure": SURE,
    }


def _found(row: Sequence[Any]) -> Found:
    kind, key, name, name_en, settlement, said, lon, lat, across_m, house, house_number, is_exact = row
    shown = name_en if name_en and (get_language() or "").startswith("en") else name
    return Found(
        name=f"{shown}, {house_number}" if house else shown,
        point=Point(lon, lat, srid=WGS84),
        house=house,
        is_exact=bool(is_exact),
        kind=HOUSE if house else kind,
        key=key,
        also="" if said in (name, name_en) else said,
        settlement=settlement,
        across_m=across_m,
    )
