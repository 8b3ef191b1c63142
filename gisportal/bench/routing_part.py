"""Routing one place among 200 districts and 100,000 assets, and many at once."""

from datetime import date

from django.contrib.gis.geos import Point

from districts.routing import CANDIDATES, KEPT_CANDIDATES, Candidate, Question, route, route_many
from gisportal.bench import synthetic
from gisportal.bench.running import Run, Unequal
from gisportal.bench.scratch import connection_to
from gisportal.bench.timing import alternately
from layers.geometry import WGS84

DAY = date(2026, 11, 24)
MANY = 5000
MANY_ROUNDS = 5


def measure(run: Run) -> None:
    """Add a line for one place and one for many; Unequal where the floor decides otherwise."""
    questions = _questions(run, MANY)
    services = {service.pk: service for service in run.town.services}
    with connection_to() as bare, bare.cursor() as cursor:

        def ours(number: int) -> tuple[Candidate, ...]:
            question = questions[number % MANY]
            point = Point(question.lon, question.lat, srid=WGS84)
            return route(point, services[question.service_id], on=DAY).candidates

        def floor(number: int) -> list[tuple[object, ...]]:
            cursor.execute(CANDIDATES, _parameters([questions[number % MANY]]), prepare=True)
            return cursor.fetchall()

        def many(number: int) -> list[tuple[Candidate, ...]]:
            return [decision.candidates for _, decision in route_many(questions)]

        def many_floor(number: int) -> list[tuple[object, ...]]:
            cursor.execute(CANDIDATES, _parameters(questions), prepare=True)
            return cursor.fetchall()

        for number in range(min(200, run.rounds)):
            _compare(list(ours(number)), floor(number))
        _compare([candidate for candidates in many(0) for candidate in candidates], many_floor(0))
        run.add("route one place", "the same statement, prepared", alternately([ours, floor], run.rounds))
        times = [
            [ms / MANY for ms in side]
            for side in alternately([many, many_floor], min(MANY_ROUNDS, run.rounds), 1)
        ]
    run.add(f"route {MANY:,} places, each", "the same statement, prepared", times)


def _questions(run: Run, number: int) -> list[Question]:
    services = run.town.services
    return [
        Question(index, lon, lat, services[index % len(services)].pk, DAY)
        for index, (lon, lat) in enumerate(synthetic.places(number).tolist())
    ]


def _parameters(questions: list[Question]) -> dict[str, object]:
    return {
        "lons": [q.lon for q in questions],
        "lats": [q.lat for q in questions],
        "services": [q.service_id for q in questions],
        "days": [q.on for q in questions],
        "assets": [q.asset_id for q in questions],
        "kept": KEPT_CANDIDATES,
    }


def _compare(ours: list[Candidate], floor: list[tuple[object, ...]]) -> None:
    theirs = [Candidate(*row[2:]) for row in floor]  # type: ignore[arg-type] # columns as the statement has them
    if ours != theirs:
        raise Unequal(f"route() says {ours[:1]}, its statement {theirs[:1]}")
