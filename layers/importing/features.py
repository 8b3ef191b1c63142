"""From a file to features that can be stored: read, named, placed, mended, all failures accounted for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Polygon
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from layers.geometry import WGS84
from layers.importing.account import Account, FileRefusedError
from layers.importing.placing import Extent, in_degrees, outside
from layers.importing.reading import Objects, Rows, read
from layers.importing.repairing import Wanted, mend
from layers.importing.source import Source

MAX_REFERENCE = 120


@dataclass(frozen=True, slots=True)
class Feature:
    """One valid feature in WGS84; `row` is its place in the columns."""

    line: int
    reference: str
    row: int
    geometry: shapely.Geometry


def features(
    source: Source,
    account: Account,
    *,
    reference: str | None,
    wanted: Wanted,
    extent: Extent | None = None,
    by_name: bool = False,
) -> Rows:
    """The file's good rows, valid and in WGS84; the account has counted all and refused the others.

    `reference` is the field that tells features apart; without one they are numbered. `extent` is the city's
    box in degrees. With `by_name` the reference is a mere name, so that FileRefusedError lists those that
    stand twice: nobody could tell which is meant.
    """
    rows = read(source, account)
    account.read += len(rows)
    if not len(rows):
        raise FileRefusedError(_("The file holds no features."))
    rows = _named(rows, reference, account, by_name=by_name)
    rows = mend(in_degrees(rows, source, extent, account), wanted, account)
    if extent and len(rows) and (strangers := outside(rows.geometry, extent)):
        account.note(_("%(number)d features lie outside the city's box.") % {"number": strangers})
    return rows


def each(rows: Rows) -> Iterator[Feature]:
    """The rows one by one."""
    for row, (line, reference, geometry) in enumerate(
        zip(rows.lines, rows.references, rows.geometry, strict=True)
    ):
        yield Feature(int(line), str(reference), row, geometry)


@dataclass(frozen=True, slots=True)
class Texts:
    """A field's cells as clean text; without a field, nothing. What is too long is cut, and said so."""

    values: NDArray[Any] | None
    field: str
    longest: int
    account: Account

    @classmethod
    def of(cls, rows: Rows, field: str | None, longest: int, account: Account) -> "Texts":
        """The texts of a field, at most `longest` characters each; FileRefusedError without such a field."""
        return cls(rows.column(field) if field else None, field or "", longest, account)

    def of_feature(self, feature: Feature) -> str:
        """The text of one feature, "" where it has none."""
        written = clean(self.values[feature.row]) if self.values is not None else ""
        if len(written) > self.longest:
            what = _("“%(field)s” is longer than %(limit)d characters; cut")
            self.account.repair(
                feature.line, feature.reference, what % {"field": self.field, "limit": self.longest}
            )
        return written[: self.longest].rstrip()


_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def clean(value: object) -> str:
    """A cell as text: whole numbers without ".0", nothing for nulls, no control characters."""
    if value is None or (isinstance(value, float | np.floating) and not np.isfinite(value)):
        return ""
    if isinstance(value, float | np.floating) and float(value).is_integer():
        return str(int(value))
    written = _CONTROL.sub(" ", str(value)).strip()
    # A table has no number type: 122.0 there is the 122 of another file.
    return re.sub(r"^(\d+)\.0+$", r"\1", written)


def geos(geometry: shapely.Geometry) -> GEOSGeometry:
    """The geometry as Django stores it."""
    return GEOSGeometry(memoryview(shapely.to_wkb(geometry)), srid=WGS84)


def multipolygon(geometry: shapely.Geometry) -> MultiPolygon:
    """The area as a MultiPolygon, as Django stores it."""
    areas = [geos(part) for part in shapely.get_parts(geometry)]
    return MultiPolygon(*(area for area in areas if isinstance(area, Polygon)), srid=WGS84)


def _named(rows: Rows, field: str | None, account: Account, *, by_name: bool) -> Rows:
    values = rows.column(field) if field else rows.lines
    references = np.empty(len(rows), dtype=object)
    references[:] = [clean(value) for value in values]
    if by_name:
        _refuse_namesakes(rows, references)
    first: dict[str, int] = {}
    good = np.ones(len(rows), dtype=bool)
    for index, (line, reference) in enumerate(zip(rows.lines, references, strict=True)):
        reason = _why_no_reference(reference, field, first)
        if reason:
            account.refuse(int(line), reference[:MAX_REFERENCE], reason)
            good[index] = False
        else:
            first[reference] = int(line)
    return replace(rows, references=references).only(good)


def _why_no_reference(reference: str, field: str | None, first: dict[str, int]) -> str:
    if not reference:
        return _("the field “%(field)s” is empty, and it must tell features apart") % {"field": field}
    if len(reference) > MAX_REFERENCE:
        return _("the reference is longer than %(limit)d characters") % {"limit": MAX_REFERENCE}
    if reference in first:
        return _("the same reference as line %(line)d") % {"line": first[reference]}
    return ""


def _refuse_namesakes(rows: Rows, names: Objects) -> None:
    lines: dict[str, list[int]] = {}
    for line, name in zip(rows.lines, names, strict=True):
        lines.setdefault(name, []).append(int(line))
    twice = {name: where for name, where in lines.items() if name and len(where) > 1}
    if twice:
        listed = "; ".join(f"“{name}”: {', '.join(map(str, where))}" for name, where in twice.items())
        raise FileRefusedError(
            _("Names stand on more than one line (%(listed)s). Say which field holds their codes.")
            % {"listed": listed[:500]}
        )
