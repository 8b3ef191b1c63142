"""The counted grid: any tile under any filter it knows, the heat of a city, and writers who meet at one place."""

import gzip
import random
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from statistics import median
from time import perf_counter

import mapbox_vector_tile

from gisportal.bench import synthetic
from gisportal.bench.loading import BORN
from gisportal.bench.running import Run, Unequal
from gisportal.bench.scratch import connection_to
from gisportal.bench.timing import alternately
from layers.catalog import find
from layers.geometry import Tile
from layers.prepared import prepared_cursor
from layers.tiles import cut
from reports import cells
from reports.filters import ReportFilter
from reports.models import Report

ZOOMS = range(21)
ADDED_UP = (9, 11, 13)
"""Zooms whose tiles are added up; the city has few of them."""
SEED = 20261124
LARGEST_BYTES = 100_000
WRITERS = 16
WRITE_S = 0.02
"""How long writers write for each round asked for, at one place and all over the city, three times each in turn."""
TURNS = 3

Filters = Mapping[str, str]


def filters(slug: str) -> dict[str, Filters]:
    """Every kind of filter the cells know, alone and together; the services and districts are busy ones."""
    last = BORN - timedelta(days=32)
    year = {"from": f"{last.year - 1}-{last.month:02}", "to": f"{last.year}-{last.month:02}"}
    asked: dict[str, dict[str, str]] = {
        "all": {},
        "open": {"status": "published,in_work,reopened"},
        "a service": {"service": "s00"},
        "three services": {"service": "s01,s04,s09"},
        "a department": {"department": "d02"},
        "a district": {"district": "w105"},
        "a month": {"from": year["to"], "to": year["to"]},
        "a year": year,
        "overdue": {"overdue": "1"},
        "disputed": {"disputed": "1"},
        "a service in a year": {"service": "s00", **year},
        "a department's open ones of a year": {"department": "d02", "status": "in_work", **year},
        "a service in a district": {"service": "s00", "district": "w105"},
        "a department's overdue ones": {"department": "d02", "overdue": "1"},
    }
    return {name: {"city": slug, **values} for name, values in asked.items()}


def measure(run: Run) -> None:
    """Add lines for tiles of all zooms under each filter, and for writers; Unequal where counts differ."""
    _counts(run)
    _tiles(run)
    _writers(run)


def _counts(run: Run) -> None:
    """Whether the tiles of a zoom add up to the rows of the filter set, whatever is asked."""
    for name, asked in filters(run.town.city.slug).items():
        rows = ReportFilter(asked, queryset=Report.objects.public()).qs.count()
        for z in ADDED_UP:
            shown = sum(_shown(tile, asked) for tile in _tiles_of_the_city(z))
            if shown != rows:
                raise Unequal(f"{name}: {shown} reports in the tiles of zoom {z}, {rows} rows")


def _shown(tile: Tile, asked: Filters) -> int:
    body = cut(find("reports"), tile, asked)
    features = mapbox_vector_tile.decode(body)["reports"]["features"] if body else []
    return sum(feature["properties"].get("count", 1) for feature in features)


def _tiles_of_the_city(z: int) -> Iterator[Tile]:
    first = Tile.covering(synthetic.WEST, synthetic.NORTH, z)
    last = Tile.covering(synthetic.EAST, synthetic.SOUTH, z)
    for x in range(first.x, last.x + 1):
        for y in range(first.y, last.y + 1):
            yield Tile(z, x, y)


def _tiles(run: Run) -> None:
    """Tiles around random reports, of every zoom in turn; the floor is what the kept sums answer, where they do."""
    places = synthetic.places(run.rounds, seed=98).tolist()
    everything: tuple[list[float], list[float]] = ([], [])
    sizes: list[int] = []
    for name, asked in filters(run.town.city.slug).items():
        tiles = [Tile.covering(lon, lat, ZOOMS[n % len(ZOOMS)]) for n, (lon, lat) in enumerate(places)]
        cleaned = _cleaned(asked)

        def ours(number: int, tiles: list[Tile] = tiles, asked: Filters = asked) -> bytes:
            return cut(find("reports"), tiles[number], asked)

        def floor(number: int, tiles: list[Tile] = tiles, cleaned: dict[str, object] = cleaned) -> None:
            tile = tiles[number]
            sums = cells.for_tile(cleaned, tile, tile.z + find("reports").cell_zooms)
            with prepared_cursor() as cursor:
                cursor.execute(
                    sums.sql if sums else "SELECT 1", {**sums.values, **_codes(tile)} if sums else {}
                )

        found = [len(gzip.compress(ours(number))) for number in range(len(tiles))]
        times = alternately([ours, floor], len(tiles), warm_up=len(ZOOMS))
        run.add(f"tiles z0-z20, {name}", "its sums alone", times, size_bytes=max(found))
        sizes += found
        for mine, of_filter in zip(everything, times, strict=True):
            mine.extend(of_filter)
    if max(sizes) > LARGEST_BYTES:
        raise Unequal(f"a tile of {max(sizes)} bytes, gzipped")
    run.add("tiles z0-z20, any filter", "its sums alone", list(everything), size_bytes=max(sizes))


def _codes(tile: Tile) -> dict[str, int]:
    """The parameters that a tile gives to any sums."""
    first, last = tile.codes()
    return {"first_code": first, "last_code": last}


def _cleaned(asked: Filters) -> dict[str, object]:
    filterset = ReportFilter(asked, queryset=Report.objects.public())
    filterset.is_valid()
    cleaned: dict[str, object] = filterset.form.cleaned_data
    return cleaned


_INSERT = """
INSERT INTO reports_report (
    city_id, service_id, status, text, address, point, decision, flags, contact_name, contact_email, contact_phone,
    created_at, updated_at, published_at, token, fingerprint, reference)
VALUES (%(city)s, %(service)s, 'published', 'Broken.', '', ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326), '{}', '[]',
    '', '', '', now(), now(), now(), gen_random_uuid()::text, '', '')
"""


def _writers(run: Run) -> None:
    """So many connections, each inserting published reports one by one, at one place or all over the city."""
    there = [(30.3, 50.17)]
    everywhere = [(lon, lat) for lon, lat in synthetic.places(1000, seed=97).tolist()]
    taken: tuple[list[list[float]], list[list[float]]] = ([], [])
    for turn in range(TURNS):
        for side in (0, 1) if turn % 2 else (1, 0):
            taken[side].append(_written(run, (there, everywhere)[side], turn))
    rates = [median(len(times) / (WRITE_S * run.rounds) for times in turns) for turns in taken]
    note = f"{rates[0]:.0f} against {rates[1]:.0f} a second: {rates[0] / rates[1]:.2f}, no deadlock"
    times = [[took for turn in turns for took in turn] for turns in taken]
    run.add(f"{WRITERS} writers at one place", "all over the city", times, note=note)


def _written(run: Run, places: list[tuple[float, float]], turn: int) -> list[float]:
    """Milliseconds of every insert; an error of any, such as a deadlock, ends the benchmark."""
    with ThreadPoolExecutor(WRITERS) as pool:
        going = [pool.submit(_write, run, places, number + turn * WRITERS) for number in range(WRITERS)]
        return [took for done in going for took in done.result()]


def _write(run: Run, places: list[tuple[float, float]], number: int) -> list[float]:
    dice, times = random.Random(SEED + number), []  # noqa: S311 - places, not secrets
    service = run.town.services[0].pk
    with connection_to() as bare:
        end = perf_counter() + WRITE_S * run.rounds
        while (start := perf_counter()) < end:
            lon, lat = dice.choice(places)
            values = {"city": run.town.city.pk, "service": service, "lon": lon, "lat": lat}
            bare.execute(_INSERT, values, prepare=True)
            times.append((perf_counter() - start) * 1000)
    return times
