"""Any vector file as rows: columns, 2D geometry as the file has it, and the file's own reference system."""

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np
import pyogrio
import shapely
from django.utils.translation import gettext as _
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError

from layers.importing.account import Account, FileRefusedError
from layers.importing.shapefile import check_shapefile, shapefile_encoding
from layers.importing.source import Source, check
from layers.importing.table import read_table
from layers.importing.zipped import unzipped

Objects = NDArray[np.object_]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Rows:
    """Features as columns, numbered as the file's owner would; `crs` is None where the file states none.

    `closed` marks geometry whose rings the file left open, `broken` what can't be read as geometry at all.
    """

    lines: NDArray[np.int64]
    columns: dict[str, NDArray[Any]]
    geometry: Objects
    crs: str | None
    closed: Marks
    broken: Marks
    references: Objects = field(default_factory=lambda: np.empty(0, dtype=object))

    def __len__(self) -> int:
        return len(self.lines)

    def only(self, good: Marks) -> Self:
        """The rows that are marked True."""
        return replace(
            self,
            lines=self.lines[good],
            columns={name: values[good] for name, values in self.columns.items()},
            geometry=self.geometry[good],
            closed=self.closed[good],
            broken=self.broken[good],
            references=self.references[good] if len(self.references) else self.references,
        )

    def column(self, name: str) -> NDArray[Any]:
        """One column's values; FileRefusedError lists the columns where it isn't among them."""
        if name not in self.columns:
            raise FileRefusedError(
                _("There is no field “%(name)s”. The file has: %(known)s.")
                % {"name": name, "known": ", ".join(self.columns) or "—"}
            )
        return self.columns[name]


def read(source: Source, account: Account) -> Rows:
    """All rows of the file; FileRefusedError, saying how to mend it, where it can't be read."""
    check(source)
    if source.suffix == ".csv":
        return _from_table(source, account)
    with unzipped(source) as unpacked:
        return _from_features(unpacked, account)


def _from_table(source: Source, account: Account) -> Rows:
    table = read_table(source, account)
    positions = np.column_stack([table.x, table.y])
    present = np.isfinite(positions).all(axis=1)
    geometry = np.full(len(positions), None, dtype=object)
    geometry[present] = shapely.points(positions[present])
    no_marks = np.zeros(len(positions), dtype=bool)
    return Rows(table.lines, table.columns, geometry, table.crs, closed=no_marks, broken=no_marks)


def _from_features(source: Source, account: Account) -> Rows:
    if source.suffix == ".shp":
        check_shapefile(source)
    encoding = source.encoding or shapefile_encoding(source, account)
    meta, _fids, wkb, columns = quietly(
        lambda: pyogrio.raw.read(
            source.path.resolve(),
            layer=_layer(source),
            encoding=encoding,
            force_2d=True,
            datetime_as_string=True,
        ),
        account,
    )
    if wkb is None:
        raise FileRefusedError(_("The file holds no geometry, only a table."))
    names = [str(name) for name in meta["fields"]]
    return rows_of(wkb, dict(zip(names, columns, strict=True)), meta["crs"])


def rows_of(wkb: Objects, columns: dict[str, NDArray[Any]], crs: str | None) -> Rows:
    """Rows numbered from 1, of 2D geometry; open rings are closed and marked, what can't be read is marked."""
    as_given = shapely.from_wkb(wkb, on_invalid="ignore")
    geometry = shapely.force_2d(shapely.from_wkb(wkb, on_invalid="fix"))
    unread = shapely.is_missing(as_given) & np.array([blob is not None for blob in wkb], dtype=bool)
    missing = shapely.is_missing(geometry)
    return Rows(
        lines=np.arange(1, len(wkb) + 1),
        columns=columns,
        geometry=np.asarray(geometry, dtype=object),
        crs=crs,
        closed=unread & ~missing,
        broken=unread & missing,
    )


def _layer(source: Source) -> str | None:
    layers = [str(name) for name, kind in pyogrio.list_layers(source.path.resolve()) if kind is not None]
    if source.layer and source.layer not in layers:
        raise FileRefusedError(
            _("There is no layer “%(name)s” in the file; it has: %(known)s.")
            % {"name": source.layer, "known": ", ".join(layers) or "—"}
        )
    if not source.layer and len(layers) > 1:
        raise FileRefusedError(
            _("The file has several layers: %(known)s. Choose one with --source-layer.")
            % {"known": ", ".join(layers)}
        )
    return source.layer or (layers[0] if layers else None)


def quietly(reading: Callable[[], Any], account: Account) -> Any:
    """What `reading` returns; the library's warnings become notes of the account, its errors sentences."""
    try:
        with warnings.catch_warnings(record=True) as raised:
            warnings.simplefilter("always")
            result = reading()
    except UnicodeDecodeError as error:
        raise FileRefusedError(
            _("The texts are in another encoding than stated; name it with --encoding (such as CP1251).")
        ) from error
    except (DataSourceError, DataLayerError, ValueError, LookupError, OverflowError, MemoryError) as error:
        raise FileRefusedError(
            _("The file can't be read: %(why)s. Open it in a GIS such as QGIS and export it again.")
            % {"why": _first_clause(error)}
        ) from error
    for text in dict.fromkeys(str(warning.message) for warning in raised):
        account.note(_("The reading library says: %(text)s") % {"text": text[:300]})
    return result


def _first_clause(error: BaseException) -> str:
    # The library goes on with advice about its own ways of calling it, and names the file by its whole path.
    return re.sub(r"'/[^']*'", _("the content"), str(error).split(";")[0]).strip().rstrip(".")[:300]
