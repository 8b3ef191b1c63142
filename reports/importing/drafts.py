"""One row of a foreign table as a report to be: read, checked and flagged, before any database. Pure."""

import math
import re
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from django.utils.translation import gettext as _

from layers.importing.csv_rows import CsvRow, RowRefusedError, decimal
from reports.importing.mapping import ReportMapping
from reports.models import TEXT_LIMIT
from reports.workflow import CLOSING, PUBLIC, Status

REFERENCE_LIMIT = 120
ADDRESS_LIMIT = 200
# XML 1.0, 2.2: one such character would break a whole Open311 list.
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
YEARS = range(1900, 2101)


@dataclass(slots=True)
class Draft:
    """A report as its row states it; x and y are in the mapping's reference system."""

    line: int
    reference: str
    x: float
    y: float
    service: str
    status: Status
    opened: datetime
    closed: datetime | None
    started: datetime | None
    reopened: datetime | None
    text: str
    address: str
    flags: list[str] = field(default_factory=list)

    @property
    def has_place(self) -> bool:
        return math.isfinite(self.x) and math.isfinite(self.y)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads rows by a mapping; times without an offset are in `zone`."""

    mapping: ReportMapping
    zone: tzinfo

    def draft(self, row: CsvRow) -> Draft:
        """The row as a report; RowRefusedError says what to mend in it."""
        if row.spare:
            raise RowRefusedError(
                _("The row has more cells than the heading; put cells with commas in quotes.")
            )
        status, opened = self._status(row), self._moment(row, "opened")
        if opened is None:
            raise RowRefusedError(_("It has no opening date."))
        draft = Draft(
            line=row.line,
            reference=self.reference(row),
            x=self._number(row, "lon"),
            y=self._number(row, "lat"),
            service=self._service(row),
            status=status,
            opened=opened,
            closed=self._moment(row, "closed"),
            started=self._moment(row, "started"),
            reopened=self._moment(row, "reopened"),
            text=ILLEGAL.sub("", self._cell(row, "text")),
            address=ILLEGAL.sub("", self._cell(row, "address")),
        )
        if status in PUBLIC and not draft.has_place:
            raise RowRefusedError(_("It has no coordinates, and what is public needs a place."))
        _flag(draft)
        return draft

    def reference(self, row: CsvRow) -> str:
        """The row's own number; RowRefusedError where it has none, or none that can be kept."""
        reference = self._cell(row, "ref")
        if not reference:
            raise RowRefusedError(_("It has no reference, so a second import could not recognise it."))
        if len(reference) > REFERENCE_LIMIT or ILLEGAL.search(reference):
            raise RowRefusedError(
                _("Its reference is longer than 120 characters or holds control characters.")
            )
        return reference

    def _cell(self, row: CsvRow, name: str) -> str:
        column = self.mapping.columns.get(name)
        return row.cells.get(column, "") if column else ""

    def _number(self, row: CsvRow, name: str) -> float:
        text = self._cell(row, name)
        try:
            return decimal(text) if text else math.nan
        except ValueError as error:
            raise RowRefusedError(
                _("“%(text)s” in %(column)s is not a number.")
                % {"text": text[:40], "column": self.mapping.columns[name]}
            ) from error

    def _moment(self, row: CsvRow, name: str) -> datetime | None:
        text = self._cell(row, name)
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = None
        if moment is None or moment.year not in YEARS:
            raise RowRefusedError(
                _("“%(text)s” in %(column)s is not a date like 2026-03-01 14:30.")
                % {"text": text[:40], "column": self.mapping.columns[name]}
            )
        return moment if moment.tzinfo else moment.replace(tzinfo=self.zone)

    def _status(self, row: CsvRow) -> Status:
        word = self._cell(row, "status")
        if not word and self.mapping.default_status:
            return self.mapping.default_status
        if word in self.mapping.statuses:
            return self.mapping.statuses[word]
        if word in Status.values:
            return Status(word)
        raise RowRefusedError(
            _("The status “%(word)s” has no mapping; add it to [values.status].") % {"word": word[:40]}
        )

    def _service(self, row: CsvRow) -> str:
        word = self._cell(row, "service")
        if not word:
            raise RowRefusedError(_("It names no service."))
        return word


def _flag(draft: Draft) -> None:
    """Note what is odd and kept; what is too long is cut."""
    if draft.closed is not None and draft.closed < draft.opened:
        draft.flags.append("closed_before_opened")
    if draft.closed is None and draft.status in CLOSING:
        draft.flags.append("closed_without_a_date")
    if draft.closed is not None and draft.status not in CLOSING and draft.status != Status.REOPENED:
        draft.flags.append("open_with_a_closing_date")
    if len(draft.text) > TEXT_LIMIT:
        draft.text = draft.text[:TEXT_LIMIT]
        draft.flags.append("text_was_cut")
    if len(draft.address) > ADDRESS_LIMIT:
        draft.address = draft.address[:ADDRESS_LIMIT]
        draft.flags.append("address_was_cut")
