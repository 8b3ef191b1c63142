"""The demo city's generated files, made once and kept beside the checkout's other private state."""

import csv
import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from gisportal.demo import SEED
from gisportal.demo.generator import FIXTURES, generate
from gisportal.demo.report_lives import NOW
from gisportal.local import fingerprint

ROOT = Path(__file__).resolve().parents[2]
LOADING = ("accounts", "bodies", "files", "helsinki", "load", "waiting")
"""Modules that only read what the others draw."""
DATES = ("opened", "started", "closed", "reopened")

Say = Callable[[str], None]


def generated(kept: Path, say: Say) -> Path:
    """The folder of the city's files below `kept`, drawn anew where the generator or its fixtures changed."""
    folder = kept / str(SEED)
    drawing = [file for file in Path(__file__).parent.glob("*.py") if file.stem not in LOADING]
    sources = [*drawing, *FIXTURES.iterdir()]
    wanted, stamp = fingerprint.of_files(sources, ROOT), fingerprint.Stamp(folder / "complete")
    if not stamp.holds(wanted):
        shutil.rmtree(folder, ignore_errors=True)
        generate(SEED, folder, say)
        stamp.set(wanted)
    return folder


def shift_to(today: date) -> timedelta:
    """How far to move the reports so that the last one is at most a week before `today`: whole weeks.

    Whole weeks keep the week's rhythm; nothing happens today or later.
    """
    return timedelta(days=((today - NOW.date()).days - 1) // 7 * 7)


def shifted(source: Path, target: Path, by: timedelta) -> Path:
    """The table of reports with every date moved; `source` itself where there is nothing to move."""
    if not by:
        return source
    with (
        source.open(encoding="utf-8", newline="") as stream,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        reader = csv.DictReader(stream)
        writer = csv.DictWriter(out, reader.fieldnames or [])
        writer.writeheader()
        for row in reader:
            writer.writerow(row | {name: _moved(row[name], by) for name in DATES})
    return target


def _moved(text: str, by: timedelta) -> str:
    return (datetime.fromisoformat(text) + by).isoformat(timespec="minutes") if text else ""
