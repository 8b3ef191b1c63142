"""The import commands in rows a second, beside COPY of the same rows into a bare table."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command

from gisportal.bench import synthetic
from gisportal.bench.loading import BORN, SLUG
from gisportal.bench.running import Run
from gisportal.bench.scratch import connection_to
from gisportal.bench.timing import milliseconds

MOST_REPORTS = 100_000
MAPPING = """
timezone = "Europe/Kyiv"
[columns]
ref = "ref"
lon = "lon"
lat = "lat"
service = "service"
opened = "opened"
status = "status"
text = "text"
"""


def measure(run: Run) -> None:
    """Add a line for districts, assets and reports; each is imported once, as new rows."""
    with TemporaryDirectory() as folder:
        _districts(run, Path(folder))
        _assets(run, Path(folder))
        _reports(run, Path(folder))


def _districts(run: Run, folder: Path) -> None:
    rings = [ring.tolist() for ring in synthetic.districts()]
    path = folder / "districts.geojson"
    _write(
        path, [("Polygon", [ring], {"code": f"i{n}", "name": f"Area {n}"}) for n, ring in enumerate(rings)]
    )
    rows = [(f"i{n}", f"Area {n}", json.dumps(ring)) for n, ring in enumerate(rings)]

    def take(_: int) -> None:
        _command(
            "import_districts", path, "--set", "imported", "--name-field", "name", "--code-field", "code"
        )

    _line(run, "import_districts", take, rows)


def _assets(run: Run, folder: Path) -> None:
    positions = synthetic.lamps(min(synthetic.ASSETS, run.reports), seed=2).tolist()
    path = folder / "assets.geojson"
    _write(path, [("Point", place, {"ref": f"i{n}"}) for n, place in enumerate(positions)])
    rows = [(f"i{n}", lon, lat) for n, (lon, lat) in enumerate(positions)]

    def take(_: int) -> None:
        _command("import_assets", path, "--layer", "imported", "--kind", "lighting", "--ref-field", "ref")

    _line(run, "import_assets", take, rows)


def _reports(run: Run, folder: Path) -> None:
    rows = _report_rows(min(run.reports, MOST_REPORTS))
    table, mapping = folder / "reports.csv", folder / "reports.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("ref", "lon", "lat", "service", "opened", "status", "text"))
        writer.writerows(rows)

    def take(_: int) -> None:
        _command("import_reports", table, "--mapping", str(mapping))

    _line(run, "import_reports, routed", take, rows)


def _report_rows(number: int) -> list[tuple[Any, ...]]:
    batches = synthetic.reports(number, seed=3)
    columns = [row for batch in batches for row in batch.rows()]
    # Received ones would wait for a moderator; what another system kept was public there.
    statuses = [status if status != "received" else "published" for status in synthetic.STATUSES]
    return [
        (
            f"i{n}",
            lon,
            lat,
            f"s{service:02}",
            (BORN - timedelta(seconds=age_s)).isoformat(),
            statuses[status],
            "Something is broken here.",
        )
        for n, (lon, lat, service, status, age_s) in enumerate(columns)
    ]


def _write(path: Path, features: Iterable[tuple[str, Any, dict[str, str]]]) -> None:
    collection = [
        {"type": "Feature", "properties": said, "geometry": {"type": kind, "coordinates": coordinates}}
        for kind, coordinates, said in features
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": collection}), encoding="utf-8")


def _command(name: str, path: Path, *options: str) -> None:
    call_command(name, str(path), "--city", SLUG, *options, verbosity=0, stdout=io.StringIO())


def _line(run: Run, name: str, take: Any, rows: Sequence[tuple[Any, ...]]) -> None:
    number = len(rows)
    ours = milliseconds(take, 0)
    floor = milliseconds(lambda _: _copy(rows), 0)
    note = f"{number / ours * 1000:,.0f} rows a second; COPY {number / floor * 1000:,.0f}"
    times = [[ms / number * 1000] for ms in (ours, floor)]
    run.add(f"{name}, {number:,} rows; ms a 1,000", "COPY into a bare table", times, note=note)


def _copy(rows: Sequence[tuple[Any, ...]]) -> None:
    columns = ", ".join(f"c{n} text" for n in range(len(rows[0])))
    with connection_to() as bare:
        bare.execute(f"CREATE TEMPORARY TABLE bare ({columns})")
        with bare.cursor() as cursor, cursor.copy("COPY bare FROM STDIN") as copy:
            for row in rows:
                copy.write_row([str(value) for value in row])
