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

from gisportal.bench import bare_import, synthetic
from gisportal.bench.loading import BORN, SLUG
from gisportal.bench.running import Run, Unequal
from gisportal.bench.scratch import connection_to
from gisportal.bench.timing import Work, milliseconds

MOST_REPORTS = 1_000_000
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

    bare = [(f"b{row[0]}", *row[1:]) for row in rows]
    _line(run, "import_reports, routed, counted", take, rows, lambda _: bare_import.take(SLUG, bare))
    _compare()


def _compare() -> None:
    """Both sides must have kept the same; of what is due only whether anything is, as SQL knows no working days."""
    statement = """
        SELECT count(*), md5(string_agg(told, '|' ORDER BY told)) FROM (
            SELECT concat_ws(',', right(reference, -{cut}), service_id, status, department_id, asset_id, decision,
                due_at IS NOT NULL, priority, published_at, cell,
                (SELECT string_agg(before || after, '>' ORDER BY id) FROM reports_statuschange WHERE report_id = r.id),
                (SELECT string_agg(district_id::text, '>' ORDER BY set_id) FROM reports_reportdistrict
                 WHERE report_id = r.id)) AS told
            FROM reports_report r WHERE reference LIKE '{start}%' ORDER BY reference LIMIT 20000) AS kept
    """
    with connection_to() as bare:
        ours, theirs = (
            bare.execute(statement.format(start=start, cut=len(start)).encode()).fetchall()
            for start in ("i", "bi")
        )
    if ours != theirs:
        raise Unequal(f"the import and the bare SQL kept different reports: {ours}, {theirs}")


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
        for n, (lon, lat, service, status, age_s, *_) in enumerate(columns)
    ]


def _write(path: Path, features: Iterable[tuple[str, Any, dict[str, str]]]) -> None:
    collection = [
        {"type": "Feature", "properties": said, "geometry": {"type": kind, "coordinates": coordinates}}
        for kind, coordinates, said in features
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": collection}), encoding="utf-8")


def _command(name: str, path: Path, *options: str) -> None:
    call_command(name, str(path), "--city", SLUG, *options, verbosity=0, stdout=io.StringIO())


def _line(run: Run, name: str, take: Work, rows: Sequence[tuple[Any, ...]], bare: Work | None = None) -> None:
    number = len(rows)
    ours = milliseconds(take, 0)
    floor = milliseconds(bare or (lambda _: _copy(rows)), 0)
    what = "bare SQL" if bare else "COPY"
    note = f"{number / ours * 1000:,.0f} rows a second; {what} {number / floor * 1000:,.0f}"
    note = f"{ours / floor:.2f}; {note}" if bare else note
    times = [[ms / number * 1000] for ms in (ours, floor)]
    against = "the same work in bare SQL" if bare else "COPY into a bare table"
    run.add(f"{name}, {number:,} rows; ms a 1,000", against, times, note=note)


def _copy(rows: Sequence[tuple[Any, ...]]) -> None:
    columns = ", ".join(f"c{n} text" for n in range(len(rows[0])))
    with connection_to() as bare:
        bare.execute(f"CREATE TEMPORARY TABLE bare ({columns})")
        with bare.cursor() as cursor, cursor.copy("COPY bare FROM STDIN") as copy:
            for row in rows:
                copy.write_row([str(value) for value in row])
