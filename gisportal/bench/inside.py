"""One part of the benchmark, in the benchmark's own database: `python -m gisportal.bench.inside PART ...`.

Parts run in processes of their own, as web servers or as commands, for the settings of connections depend on it.
"""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import django


def main() -> None:
    """Load the synthetic city, or measure one part of the portal and write its figures as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("part")
    parser.add_argument("--reports", type=int, required=True)
    parser.add_argument("--assets", type=int, required=True)
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    django.setup()
    figures = _measured(asked.part, asked.reports, asked.assets, asked.rounds)
    asked.out.write_text(json.dumps(figures), encoding="utf-8")


def _measured(part: str, reports: int, assets: int, rounds: int) -> list[dict[str, object]]:
    # These need the settings, which django.setup has read only now.
    from gisportal.bench import loading
    from gisportal.bench.running import Run

    if part == "load":
        loading.load(reports, assets)
        return []
    run = Run(loading.find_town(), reports, rounds)
    _part(part)(run)
    return [figure.as_data() for figure in run.figures]


def _part(name: str) -> "Callable[[object], None]":
    from gisportal.bench import (
        cells_part,
        import_part,
        kept_part,
        list_part,
        pages_part,
        peer_part,
        routing_part,
        search_part,
        submit_part,
        tile_part,
        weigh_part,
    )

    parts = {
        "routing": routing_part.measure,
        "tiles": tile_part.measure,
        "peers": peer_part.measure,
        "cells": cells_part.measure,
        "list": list_part.measure,
        "search": search_part.measure,
        "kept": kept_part.measure,
        "pages": pages_part.measure,
        "submit": submit_part.measure,
        "weighing": weigh_part.measure,
        "imports": import_part.measure,
    }
    return parts[name]  # type: ignore[return-value]


if __name__ == "__main__":
    main()
