"""Who answers for a service at a place: the only module that decides. It never writes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from itertools import groupby, islice
from operator import attrgetter, itemgetter
from typing import Any, Self

from django.contrib.gis.geos import Point
from django.utils import timezone

from districts.models import Service
from layers.models import Asset, City
from layers.prepared import prepared_cursor

KEPT_CANDIDATES = 5
"""How many answers a decision remembers, the best first."""
BATCH = 5000


class Outcome(StrEnum):
    ANSWERED = "answered"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Question:
    """A place in WGS84 degrees, a service, a day; `asset_id` where somebody picked the very thing."""

    key: int
    lon: float
    lat: float
    service_id: int
    on: date
    asset_id: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rule that applies, with what made it apply; names are kept in both languages, as they were that day."""

    rule_id: int
    rank: int
    due_days: int | None
    department_id: int
    department_code: str
    department_name_uk: str
    department_name_en: str
    district_id: int | None
    district_code: str
    district_name_uk: str
    district_name_en: str
    asset_layer_id: int | None
    asset_layer: str
    asset_id: int | None
    asset_reference: str
    asset_name: str
    distance_m: float | None


CANDIDATE = tuple(field.name for field in fields(Candidate))
_values = attrgetter(*CANDIDATE)


@dataclass(frozen=True, slots=True)
class Decision:
    """Who answers, and everybody who nearly did; `candidates` are ranked, the first one answers."""

    on: date
    candidates: tuple[Candidate, ...]

    @property
    def status(self) -> Outcome:
        return Outcome.ANSWERED if self.candidates else Outcome.UNANSWERED

    @property
    def best(self) -> Candidate | None:
        return self.candidates[0] if self.candidates else None

    @property
    def department_id(self) -> int | None:
        return self.candidates[0].department_id if self.candidates else None

    def as_data(self) -> dict[str, Any]:
        """The decision as JSON, for keeping with a report."""
        return {
            "status": str(self.status),
            "on": self.on.isoformat(),
            "candidates": [
                dict(zip(CANDIDATE, _values(candidate), strict=True)) for candidate in self.candidates
            ],
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self | None:
        """What `as_data` kept; None for a report that nobody has routed yet."""
        if not data:
            return None
        candidates = tuple(Candidate(**candidate) for candidate in data["candidates"])
        return cls(date.fromisoformat(data["on"]), candidates)


def route(point: Point, service: Service, asset: Asset | None = None, on: date | None = None) -> Decision:
    """Who answers for `service` at `point` (WGS84) on that day, today where none is given.

    Candidates are ranked: stated rank, asset before district, nearer before farther (metres on the spheroid),
    smaller district first, then codes, so that the same rules always give the same answer. None: UNANSWERED.
    """
    day = on or timezone.localdate()
    question = Question(0, point.x, point.y, service.pk, day, asset.pk if asset else None)
    return next(route_many([question]))[1]


def route_many(questions: Iterable[Question]) -> Iterator[tuple[int, Decision]]:
    """The same for any number of questions: each key once, in their order, with its decision."""
    waiting = iter(questions)
    while batch := list(islice(waiting, BATCH)):
        found = {key: tuple(rows) for key, rows in groupby(_candidates(batch), key=itemgetter(0))}
        for position, question in enumerate(batch):
            candidates = tuple(Candidate(*row[2:]) for row in found.get(position, ()))
            yield question.key, Decision(question.on, candidates)


def holding(point: Point, city: City, on: date) -> dict[int, int]:
    """The city's district of each set that holds the point (WGS84) that day, by the set's id; not its neighbours.

    Where two of a set overlap, the smaller one.
    """
    with prepared_cursor() as cursor:
        cursor.execute(HOLDING, {"city": city.pk, "day": on, "lon": point.x, "lat": point.y})
        return dict(cursor.fetchall())


def is_within(city: City, point: Point) -> bool:
    """Whether the city's boundary holds the point (WGS84); its edge is inside."""
    with prepared_cursor() as cursor:
        cursor.execute(WITHIN, {"city": city.pk, "lon": point.x, "lat": point.y})
        return cursor.fetchone() is not None


def _candidates(batch: Sequence[Question]) -> list[tuple[Any, ...]]:
    with prepared_cursor() as cursor:
        cursor.execute(
            CANDIDATES,
            {
                "lons": [q.lon for q in batch],
                "lats": [q.lat for q in batch],
                "services": [q.service_id for q in batch],
                "days": [q.on for q in batch],
                "assets": [q.asset_id for q in batch],
                "kept": KEPT_CANDIDATES,
            },
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


CANDIDATES = """
SELECT question.position, answer.*
FROM (
    SELECT ordinality - 1 AS position, ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS point,
           ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography AS place, service_id, day, asset_id
    FROM unnest(%(lons)s::float8[], %(lats)s::float8[], %(services)s::bigint[], %(days)s::date[], %(assets)s::bigint[])
         WITH ORDINALITY AS asked(lon, lat, service_id, day, asset_id, ordinality)
) AS question
CROSS JOIN LATERAL (
    SELECT row_number() OVER (
               ORDER BY rule.rank, layer.id IS NULL, near.distance_m, rule.area_m2,
                        rule.code, layer.slug, near.reference, department.code, rule.id
           ) AS turn,
           rule.id, rule.rank, rule.due_days,
           department.id, department.code,
           coalesce(department.name_uk, department.name), coalesce(department.name_en, ''),
           rule.covering_id, coalesce(rule.code, ''), coalesce(rule.name_uk, ''), coalesce(rule.name_en, ''),
           layer.id, coalesce(layer.slug, ''),
           near.id, coalesce(near.reference, ''), coalesce(near.name, ''), near.distance_m
    FROM (
        SELECT r.id, r.rank, r.due_days, r.department_id, r.asset_layer_id,
               covering.id AS covering_id, covering.code, covering.name_uk, covering.name_en, covering.area_m2
        FROM districts_district AS covering
        JOIN districts_district AS stated ON stated.set_id = covering.set_id AND stated.code = covering.code
        JOIN districts_responsibility AS r ON r.district_id = stated.id AND r.service_id = question.service_id
        WHERE ST_Covers(covering.geometry, question.point)
          AND covering.valid_from <= question.day AND (covering.valid_to IS NULL OR covering.valid_to > question.day)
          AND r.valid_from <= question.day AND (r.valid_to IS NULL OR r.valid_to > question.day)
        UNION ALL
        SELECT r.id, r.rank, r.due_days, r.department_id, r.asset_layer_id, NULL, NULL, NULL, NULL, 'Infinity'
        FROM districts_responsibility AS r
        WHERE r.service_id = question.service_id AND r.district_id IS NULL
          AND r.valid_from <= question.day AND (r.valid_to IS NULL OR r.valid_to > question.day)
          AND (r.asset_layer_id IS NOT NULL OR EXISTS (
              SELECT FROM layers_city AS c WHERE c.id = r.city_id AND ST_Covers(c.boundary, question.point)))
    ) AS rule
    JOIN districts_department AS department ON department.id = rule.department_id
    LEFT JOIN layers_assetlayer AS layer ON layer.id = rule.asset_layer_id
    LEFT JOIN LATERAL (
        SELECT picked.id, picked.reference, picked.name,
               ST_Distance(picked.geometry::geography, question.place) AS distance_m, 0 AS choice
        FROM layers_asset AS picked
        WHERE picked.id = question.asset_id AND picked.layer_id = layer.id
        UNION ALL
        (SELECT a.id, a.reference, a.name, ST_Distance(a.geometry::geography, question.place) AS distance_m, 1 AS choice
         FROM layers_asset AS a
         WHERE a.layer_id = layer.id AND ST_DWithin(a.geometry::geography, question.place, layer.reach_m)
         ORDER BY distance_m, a.reference, a.id LIMIT 1)
        ORDER BY choice LIMIT 1
    ) AS near ON layer.id IS NOT NULL
    WHERE layer.id IS NULL OR near.id IS NOT NULL
    ORDER BY turn
    LIMIT %(kept)s
) AS answer
ORDER BY question.position, answer.turn
"""

HOLDING = """
SELECT DISTINCT ON (held.set_id) held.set_id, held.id
FROM districts_district AS held
JOIN districts_districtset AS shelf ON shelf.id = held.set_id AND shelf.code <> 'neighbours'
WHERE held.city_id = %(city)s
  AND ST_Covers(held.geometry, ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326))
  AND held.valid_from <= %(day)s AND (held.valid_to IS NULL OR held.valid_to > %(day)s)
ORDER BY held.set_id, held.area_m2, held.code
"""

WITHIN = """
SELECT id FROM layers_city
WHERE id = %(city)s AND ST_Covers(boundary, ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326))
"""

PREPARED = frozenset({CANDIDATES, HOLDING, WITHIN})
"""Statements that each connection plans once."""
