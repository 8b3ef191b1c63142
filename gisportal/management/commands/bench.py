"""`bench --size 100k|1m|10m`: what the portal costs over the bare SQL or view that does the same."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gisportal.bench import machine, scratch
from gisportal.bench.figures import Figure, put_between, table
from gisportal.bench.synthetic import ASSETS

SIZES = {"tiny": 500, "100k": 100_000, "1m": 1_000_000, "10m": 10_000_000}
"""Reports; tiny only shows that the benchmark runs."""
TINY_ASSETS = 200
ROUNDS = 400
TINY_ROUNDS = 3
PARTS = {
    "routing": "web",
    "tiles": "web",
    "peers": "web",
    "cells": "web",
    "list": "web",
    "search": "web",
    "kept": "web",
    "pages": "web",
    "submit": "web",
    "weighing": "command",
    "imports": "command",
}
"""Each part, and the process whose connection settings it runs under; imports last, as they add reports."""

UNKEPT = {part: {"KEPT_ANSWERS_MB": "0"} for part in ("tiles", "peers", "cells", "list")}
"""What measures how a tile is cut must not meet one that is kept."""


class Command(BaseCommand):
    help = (
        "Measure routing, tiles, sending and imports on synthetic data, in a database of the benchmark's own."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--size", choices=SIZES, default="100k", help="how many reports")
        parser.add_argument(
            "--only", choices=PARTS, action="append", help="measure this part; may be repeated"
        )
        parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each side is measured")
        parser.add_argument("--out", type=Path, help="a Markdown file to put the table of this size into")

    def handle(self, *args: Any, **options: Any) -> None:
        size, rounds = options["size"], options["rounds"]
        parts = [part for part in PARTS if part in (options["only"] or PARTS)]
        figures = _measured(size, parts, TINY_ROUNDS if size == "tiny" else rounds)
        asked = [f"--only {part}" for part in options["only"] or []]
        asked += [f"--rounds {rounds}"] if rounds != ROUNDS else []
        command = " ".join(["manage.py bench", f"--size {size}", *asked])
        text = f"{SIZES[size]:,} reports; `{command}`. {machine.describe()}\n\n{table(figures)}"
        self.stdout.write(f"\n{text}")
        if options["out"]:
            _put_into(options["out"], size, text)


def _measured(size: str, parts: list[str], rounds: int) -> list[Figure]:
    figures: list[Figure] = []
    with scratch.database() as environment, TemporaryDirectory() as folder:
        out = Path(folder) / "figures.json"
        asked = ["--reports", str(SIZES[size]), "--assets", str(TINY_ASSETS if size == "tiny" else ASSETS)]
        asked += ["--rounds", str(rounds), "--out", str(out)]
        for part in ["load", *parts]:
            given = {"PROCESS": PARTS.get(part, "command"), **UNKEPT.get(part, {})}
            scratch.run(["-m", "gisportal.bench.inside", part, *asked], {**environment, **given})
            figures += [Figure(**data) for data in json.loads(out.read_text(encoding="utf-8"))]
    return figures


def _put_into(path: Path, size: str, text: str) -> None:
    document = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(put_between(document, size, text), encoding="utf-8")
