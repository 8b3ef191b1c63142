"""The whole benchmark, on a city so small that it only shows that every part runs and agrees with its floor."""

import io

import pytest
from django.core.management import call_command

from gisportal.management.commands.bench import PARTS


@pytest.mark.django_db(transaction=True)
def test_every_part_of_the_benchmark_runs_and_writes_its_table(tmp_path):
    document = tmp_path / "performance.md"
    document.write_text("# Words\n", encoding="utf-8")
    call_command("bench", "--size", "tiny", "--out", str(document), stdout=io.StringIO())
    written = document.read_text(encoding="utf-8")
    assert written.startswith("# Words\n")
    # Peers are measured only where they are installed, pages where there is a Chromium.
    for part in PARTS.keys() - {"peers", "pages"}:
        assert any(name in written for name in FIRST_OF[part])
    assert "<!-- bench:tiny:end -->" in written


FIRST_OF = {
    "search": ["search among"],
    "routing": ["route one place"],
    "tiles": ["reports z10, cut"],
    "cells": ["tiles z0-z20, a service in a year"],
    "list": ["first view: list, counts, tiles, uncached"],
    "kept": ["304 z14, over HTTP"],
    "submit": ["send and publish, over HTTP"],
    "weighing": ["weigh 500 reports anew"],
    "imports": ["import_reports"],
}
