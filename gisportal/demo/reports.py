"""Twenty thousand reports of three years: usual ones, hotspots stated as ground truth, and one false pile."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from gisportal.demo.plane import Array, degrees, metres
from gisportal.demo.report_lives import Life, lives
from gisportal.demo.report_places import AddressBook, Places, Sheets
from gisportal.demo.report_plan import (
    BY_NIGHT,
    HOURS_BY_DAY,
    HOURS_BY_NIGHT,
    PATTERNS,
    SEASONS,
    WEEKDAYS,
)

TOTAL, PILE = 20_000, 600
LAST_DAY = date(2026, 11, 20)
FIRST_DAY = date(2023, 11, 21)
_DAYS = (LAST_DAY - FIRST_DAY).days + 1
HEADER = ("ref", "lon", "lat", "service", "opened", "started", "closed", "reopened", "status", "text", "address",
          "supports", "origin")  # fmt: skip
Row = tuple[object, ...]


@dataclass(frozen=True)
class Batch:
    """Reports of one service and one origin: places in metres of the plane, days counted from the first."""

    service: str
    origin: str
    places: Array
    days: Array


def report_rows(sheets: Sheets, fixtures: Path, council: Array, rng: np.random.Generator) -> list[Row]:
    """All rows of `reports.csv` in order of opening; `council` is where the pile lies, in metres of the plane."""
    places = Places(sheets)
    batches = [_hotspot(spot, places, rng) for spot in _toml(fixtures / "hotspots.toml")["hotspot"]]
    left = TOTAL - PILE - sum(len(batch.days) for batch in batches)
    shares = np.array([pattern.share for pattern in PATTERNS.values()])
    for count, origin in ((left, "usual"), (PILE, "pile")):
        counts = _split(count, shares)
        for (service, pattern), number in zip(PATTERNS.items(), counts, strict=True):
            at = places.pick(pattern.at, number, pattern.scatter, rng)
            batches.append(Batch(service, origin, at, _days(service, number, rng)))
    return _told(
        batches, AddressBook(sheets["buildings"]), _toml(fixtures / "texts.toml"), fixtures, council, rng
    )


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _split(count: int, shares: Array) -> list[int]:
    """Whole numbers in proportion to the shares that add up to `count`."""
    edges = np.round(np.cumsum(shares) / shares.sum() * count).astype(int)
    return [int(n) for n in np.diff(np.concatenate([[0], edges]))]


def _days(service: str, count: int, rng: np.random.Generator) -> Array:
    # More people use it every year.
    growth = 0.65 + 0.7 * np.arange(_DAYS) / _DAYS
    weight = _calendar(service) * growth
    return np.asarray(rng.choice(_DAYS, count, p=weight / weight.sum()))


def _calendar(service: str) -> Array:
    """How likely a report of the service is on each day: its season and the day of the week."""
    season = SEASONS[PATTERNS[service].season]
    every = [FIRST_DAY + timedelta(days=i) for i in range(_DAYS)]
    return np.array([season[day.month - 1] * WEEKDAYS[day.weekday()] for day in every])


def _hotspot(spot: Mapping[str, Any], places: Places, rng: np.random.Generator) -> Batch:
    count, centre = int(spot["n"]), metres(np.array(spot["place"], dtype=float))
    begin, end = ((spot[key] - FIRST_DAY).days for key in ("from", "to"))
    share = np.clip((np.arange(_DAYS) - begin + 0.5) / (end - begin + 1), 0, 1)
    trend = {"growing": share, "fading": 1 - share}.get(spot["trend"], np.ones(_DAYS))
    weight = _calendar(spot["service"]) * trend * ((share > 0) & (share < 1))
    days = rng.choice(_DAYS, count, p=weight / weight.sum()).astype(float)
    pattern = PATTERNS[spot["service"]]
    where = places.near(pattern.at, count, pattern.scatter, (centre, float(spot["radius_m"])), rng)
    return Batch(spot["service"], f"hotspot:{spot['code']}", where, days)


def _told(
    batches: list[Batch],
    book: AddressBook,
    texts: dict[str, Any],
    fixtures: Path,
    council: Array,
    rng: np.random.Generator,
) -> list[Row]:
    services = [batch.service for batch in batches for _ in batch.days]
    origins = [batch.origin for batch in batches for _ in batch.days]
    places = np.vstack([batch.places for batch in batches])
    opened = _moments(np.concatenate([batch.days for batch in batches]), services, rng)
    addresses = book.of(places)
    # What could not be located was put on the town council by the system the reports came from.
    lonlat = degrees(np.where(np.array(origins)[:, None] == "pile", council, places)).tolist()
    told = lives(services, opened, origins, fixtures / "services.csv", rng)
    order = sorted(range(len(services)), key=lambda i: (opened[i], i))
    writer = Writer(texts, rng)
    rows = []
    for number, i in enumerate(order, start=1):
        address, text = writer.write(services[i], addresses[i])
        rows.append(_row(number, lonlat[i], services[i], opened[i], told[i], text, address, origins[i]))
    return rows


def _row(
    number: int,
    at: list[float],
    service: str,
    opened: datetime,
    life: Life,
    text: str,
    address: str,
    origin: str,
) -> Row:
    moments = [moment.isoformat(timespec="minutes") if moment else "" for moment in (opened, *life.moments)]
    return (
        f"V-{number:06d}",
        at[0],
        at[1],
        service,
        *moments,
        life.status,
        text,
        address,
        life.supports,
        origin,
    )


def _moments(days: Array, services: list[str], rng: np.random.Generator) -> list[datetime]:
    by_day, by_night = (np.cumsum(hours) / np.sum(hours) for hours in (HOURS_BY_DAY, HOURS_BY_NIGHT))
    dice, minutes = rng.random(len(days)), rng.integers(0, 60, len(days))
    start = datetime.combine(FIRST_DAY, datetime.min.time())
    moments = []
    for day, roll, minute, service in zip(
        days.tolist(), dice.tolist(), minutes.tolist(), services, strict=True
    ):
        hour = int(np.searchsorted(by_night if service in BY_NIGHT else by_day, roll))
        moments.append(start + timedelta(days=int(day), hours=hour, minutes=int(minute)))
    return moments


class Writer:
    """Puts a report into words from the templates of `texts.toml`."""

    def __init__(self, texts: dict[str, Any], rng: np.random.Generator) -> None:
        self._texts = texts
        self._random = rng.random(TOTAL * 6 + 64).tolist()
        self._next = 0

    def _choose(self, options: list[str]) -> str:
        self._next = (self._next + 1) % len(self._random)
        return options[int(self._random[self._next] * len(options))]

    def write(self, service: str, address: tuple[str, str, str]) -> tuple[str, str]:
        """The address line and the text of one report."""
        street, house, village = address
        own = self._texts["services"][service]
        words = {"street": street, "house": house, "detail": self._choose(own["details"]),
                 "since": self._choose(self._texts["since"])}  # fmt: skip
        text = self._choose(own["templates"]).format(**words)
        ask = self._choose(self._texts["asks"])
        line = self._choose(self._texts["places"]).format(**words)
        start = f"{village}. " if village else ""
        sentences = [part[:1].upper() + part[1:] for part in text.split(". ")]
        return (f"{village}, {line}" if village else line), f"{start}{'. '.join(sentences)} {ask}".strip()
