"""A CSV file with a position in two columns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from layers.importing.account import Account, FileRefusedError
from layers.importing.csv_rows import CsvRow, CsvRows
from layers.importing.source import Source

DEGREES_X = ("lon", "lng", "long", "longitude", "довгота")
DEGREES_Y = ("lat", "latitude", "широта")
PLAIN_X = ("x", "point_x", "easting")
PLAIN_Y = ("y", "point_y", "northing")


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file by columns; `x` and `y` are NaN where the row has no number there."""

    lines: NDArray[np.int64]
    columns: dict[str, NDArray[Any]]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    crs: str | None


def read_table(source: Source, account: Account) -> Table:
    """The whole table; FileRefusedError where no columns hold a position.

    Columns named like longitude and latitude are degrees (WGS84); x and y say nothing about their system.
    """
    with source.path.open(encoding=_encoding(source, account), newline="") as stream:
        rows = CsvRows(stream, required=())
        x_name, y_name = _position_columns(rows.columns, source)
        read = list(rows)
    columns = {name: _texts(read, name) for name in rows.columns}
    in_degrees = x_name.casefold().startswith(DEGREES_X) and y_name.casefold().startswith(DEGREES_Y)
    return Table(
        lines=np.array([row.line for row in read], dtype=np.int64),
        columns=columns,
        x=_numbers(columns[x_name]),
        y=_numbers(columns[y_name]),
        crs="EPSG:4326" if in_degrees else None,
    )


def _encoding(source: Source, account: Account) -> str:
    if source.encoding:
        return source.encoding
    try:
        with source.path.open(encoding="utf-8-sig") as stream:
            for _piece in iter(lambda: stream.read(1 << 20), ""):
                pass
    except UnicodeDecodeError:
        account.note(_("The file is not in UTF-8; it was read as CP1251 (see --encoding)."))
        return "cp1251"
    return "utf-8-sig"


def _position_columns(columns: Sequence[str], source: Source) -> tuple[str, str]:
    for named in (source.lon_field, source.lat_field):
        if named and named not in columns:
            raise FileRefusedError(
                _("There is no column “%(name)s”. The first line names: %(known)s.")
                % {"name": named, "known": ", ".join(columns)}
            )
    pairs = ((DEGREES_X, DEGREES_Y), (PLAIN_X, PLAIN_Y))
    for x_names, y_names in pairs:
        x = source.lon_field or _first(columns, x_names)
        y = source.lat_field or _first(columns, y_names)
        if x and y:
            return x, y
    raise FileRefusedError(
        _("No columns hold a position. Name them lon and lat, or say which with --lon-field and --lat-field.")
    )


def _first(columns: Iterable[str], names: Sequence[str]) -> str:
    by_name = {column.casefold(): column for column in columns}
    return next((by_name[name] for name in names if name in by_name), "")


def _texts(rows: Sequence[CsvRow], name: str) -> NDArray[Any]:
    values = np.empty(len(rows), dtype=object)
    values[:] = [row.cells.get(name, "") for row in rows]
    return values


def _numbers(texts: NDArray[Any]) -> NDArray[np.float64]:
    return np.array([_number(text) for text in texts], dtype=np.float64)


def _number(text: str) -> float:
    try:
        # Spreadsheets in Ukrainian write 30,317.
        return float(text.replace(",", ".").replace("\u00a0", "").replace(" ", ""))
    except ValueError:
        return float("nan")
