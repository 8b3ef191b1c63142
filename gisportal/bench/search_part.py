"""Suggestions of the search among 200,000 names: the function, its view, its answer over HTTP, and their SQL alone."""

from typing import Any
from urllib.parse import quote

import numpy as np
from django.db import connection

from gisportal.bench.http import InProcess, Loopback, get
from gisportal.bench.running import Run, Unequal
from gisportal.bench.scratch import connection_to
from gisportal.bench.synthetic import EAST, NORTH, SEED, SOUTH, WEST
from gisportal.bench.timing import alternately
from layers.gazetteer import LANGUAGES, SUGGEST, Found, parameters, suggest
from layers.importing.names import name_in
from layers.models import AssetLayer, City, Kind, Name
from layers.questions import asked

NAMES, FEW_NAMES = 200_000, 2_000
"""Names of streets, and how many where the city has only some hundred reports to show that all runs."""
BATCH = 10_000
HOUSED = 4
"""Every fourth street has houses, with the numbers 1 to 6."""
QUESTIONS = 200
GIVEN = [
    "Тараса",
    "Лесі",
    "Івана",
    "Марії",
    "Богдана",
    "Олени",
    "Василя",
    "Ганни",
    "Григорія",
    "Софії",
    "Павла",
    "Катерини",
    "Петра",
    "Ольги",
    "Миколи",
    "Соломії",
    "Юрія",
    "Ліни",
    "Остапа",
    "Дарини",
    "Симона",
    "Ірини",
    "Степана",
    "Оксани",
    "Левка",
    "Надії",
    "Романа",
    "Віри",
    "Данила",
    "Любові",
    "Якова",
    "Уляни",
]
BEGIN = [
    "Шев",
    "Гру",
    "Хмель",
    "Коцю",
    "Вин",
    "Кот",
    "Сково",
    "Фран",
    "Дов",
    "Рило",
    "Бере",
    "Степ",
    "Кова",
    "Гон",
    "Мель",
    "Бонд",
    "Крав",
    "Лисен",
    "Ост",
    "Черня",
]
MIDDLE = [
    "чен",
    "шев",
    "ниць",
    "бин",
    "ничен",
    "ляр",
    "род",
    "чук",
    "жен",
    "бед",
    "зан",
    "лев",
    "кер",
    "тим",
    "рен",
    "сад",
    "вер",
    "мир",
]
END = ["ка", "ського", "ого", "енка", "ича", "юка", "інського", "ової", "ія", "аша", "енчука", "ишина"]

_STREETS = """
INSERT INTO layers_asset (city_id, layer_id, reference, name, owner, subtype, geometry)
SELECT %(city)s, %(layer)s, 'street-' || name, name, '', '',
       ST_SetSRID(ST_MakeLine(ST_MakePoint(lon, lat), ST_MakePoint(lon + 0.002, lat)), 4326)
FROM unnest(%(names)s::text[], %(lons)s::float8[], %(lats)s::float8[]) AS street (name, lon, lat)
"""
_HOUSES = """
INSERT INTO layers_address (city_id, street, house_number, point)
SELECT %(city)s, name, number, ST_SetSRID(ST_MakePoint(lon, lat), 4326)
FROM unnest(%(names)s::text[], %(lons)s::float8[], %(lats)s::float8[]) WITH ORDINALITY AS street (name, lon, lat, nth)
CROSS JOIN generate_series(1, 6) AS number WHERE nth %% %(housed)s = 0
"""


def measure(run: Run) -> None:
    """Add lines for suggestions; Unequal where ours and the statement find something else."""
    city = run.town.city
    number = NAMES if run.reports > FEW_NAMES else FEW_NAMES
    names = _names(number)
    _load(city, names)
    questions = _questions(names)
    own = [name_in(language, city) for language in LANGUAGES]
    values = [parameters(city, question, None) for words in questions if (question := asked(words, own))]
    addresses = [f"/{city.slug}/search/suggestions/?q={quote(words)}" for words in questions]
    in_process = InProcess()
    with connection_to() as bare, Loopback() as server:

        def ours(number: int) -> list[Found]:
            return suggest(city, questions[number % QUESTIONS])

        def view(number: int) -> bytes:
            return get(in_process, addresses[number % QUESTIONS])

        def served(number: int) -> bytes:
            return get(server, addresses[number % QUESTIONS])

        def floor(number: int) -> list[tuple[Any, ...]]:
            return bare.execute(SUGGEST, values[number % QUESTIONS], prepare=True).fetchall()

        size = _compare([ours(n) for n in range(QUESTIONS)], [floor(n) for n in range(QUESTIONS)])
        rounds = max(run.rounds, 3)
        ours_ms, view_ms, served_ms, floor_ms = alternately([ours, view, served, floor], rounds)
        size = len(view(size))
    kept = f"search among {Name.objects.filter(city=city).count():,} names"
    against = "the same statement, prepared"
    run.add(f"{kept}, suggest()", against, [ours_ms, floor_ms])
    run.add(f"{kept}, view in process", against, [view_ms, floor_ms], size_bytes=size)
    run.add(f"{kept}, over HTTP", against, [served_ms, floor_ms], size_bytes=size)


def _names(number: int) -> list[str]:
    """So many different names of streets, always the same."""
    rng = np.random.default_rng(SEED)
    made: dict[str, None] = {}
    while len(made) < number:
        given, begin, middle, end = (rng.choice(parts, number) for parts in (GIVEN, BEGIN, MIDDLE, END))
        inner = rng.choice(MIDDLE, number)
        made |= dict.fromkeys(
            f"вулиця {a} {b}{c}{d}{e}" for a, b, c, d, e in zip(given, begin, middle, inner, end, strict=True)
        )
    return list(made)[:number]


def _load(city: City, names: list[str]) -> None:
    rng = np.random.default_rng(SEED)
    layer = AssetLayer.objects.create(
        city=city, slug="streets", name="Streets", kind=Kind.ROAD, visibility="public"
    )
    lons, lats = rng.uniform(WEST, EAST, len(names)).tolist(), rng.uniform(SOUTH, NORTH, len(names)).tolist()
    with connection.cursor() as cursor:
        for start in range(0, len(names), BATCH):
            part = slice(start, start + BATCH)
            values: dict[str, Any] = {"city": city.pk, "layer": layer.pk, "housed": HOUSED}
            values |= {"names": names[part], "lons": lons[part], "lats": lats[part]}
            cursor.execute(_STREETS, values)
            cursor.execute(_HOUSES, values)
        cursor.execute("VACUUM ANALYZE layers_name, layers_address, layers_asset")


def _questions(names: list[str]) -> list[str]:
    """As people type: the first letters, a whole name with a number, a letter left out, words turned round."""
    rng = np.random.default_rng(SEED)
    asked_for = [names[at].removeprefix("вулиця ") for at in rng.integers(0, len(names), QUESTIONS)]
    return [_as_typed(name, number) for number, name in enumerate(asked_for)]


def _as_typed(name: str, number: int) -> str:
    given, surname = name.split(" ")
    ways = (
        surname[:5],
        f"{given} {surname[:4]}",
        f"вул. {name}, {number % 6 + 1}",
        f"{surname} {given}",
        f"{surname[:3]}{surname[4:]} 3",
    )
    return ways[number % len(ways)]


def _compare(ours: list[list[Found]], floor: list[list[tuple[Any, ...]]]) -> int:
    """Which question brings most; Unequal where a key, a house or the order differs."""
    for mine, theirs in zip(ours, floor, strict=True):
        if [(found.key, found.house) for found in mine] != [(row[1], row[9]) for row in theirs]:
            raise Unequal(f"suggest() finds {mine[:1]}, its statement {theirs[:1]}")
    return max(range(len(ours)), key=lambda number: len(ours[number]))
