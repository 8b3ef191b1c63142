"""A CSV file as rows by column name, each with the line it starts on."""

import csv
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from layers.importing.account import FileRefusedError

DELIMITERS = ",;\t"
"""What spreadsheets put between cells, by the language they run in."""

Cells = dict[str, str]


class RowRefusedError(ValueError):
    """The row can't be taken; the message says what to mend in it."""


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One record: cells by column, stripped; `spare` counts cells beyond the last column."""

    line: int
    cells: Cells
    spare: int = 0


class CsvRows:
    """The rows of an open CSV file, read one at a time; FileRefusedError where it can't be read on."""

    def __init__(self, stream: TextIO, required: Collection[str]) -> None:
        self._stream = stream
        head = _first_line(stream)
        delimiter = max(DELIMITERS, key=head.count)
        self._reader = csv.reader(stream, delimiter=delimiter)
        self.columns = [name.strip() for name in next(csv.reader([head], delimiter=delimiter))]
        self._require(required)

    def _require(self, required: Collection[str]) -> None:
        twice = sorted({name for name in self.columns if self.columns.count(name) > 1})
        if twice:
            raise FileRefusedError(
                _("Two columns are called “%(name)s”; rename one of them.") % {"name": twice[0]}
            )
        missing = [name for name in required if name not in self.columns]
        if missing:
            raise FileRefusedError(
                _("The column %(missing)s is missing. The first line names: %(columns)s.")
                % {"missing": ", ".join(missing), "columns": ", ".join(self.columns)}
            )

    def __iter__(self) -> Iterator[CsvRow]:
        line = 2
        try:
            for values in self._reader:
                if any(values):
                    _refuse_binary(values)
                    cells = {name: value.strip() for name, value in zip(self.columns, values, strict=False)}
                    yield CsvRow(line, cells, max(0, len(values) - len(self.columns)))
                # The reader counts from the line after the heading; a quoted cell may span several.
                line = self._reader.line_num + 2
        except UnicodeDecodeError as error:
            raise _not_utf8() from error
        except csv.Error as error:
            raise FileRefusedError(
                _("Line %(line)d can't be read as CSV: %(why)s.") % {"line": line, "why": error}
            ) from error


def decimal(text: str) -> float:
    """The number that the cell holds; ValueError for what only Python takes for one, such as 1_000 or ٣."""
    if not text.isascii() or "_" in text:
        raise ValueError(text)
    return float(text)


@contextmanager
def open_csv(path: Path, required: Collection[str]) -> Iterator[CsvRows]:
    """The rows of the file, whose first line must name the `required` columns.

    FileRefusedError, with a sentence that says how to mend it, for what isn't such a file.
    """
    if path.is_dir():
        raise FileRefusedError(_("This is a folder; name a CSV file."))
    try:
        stream = path.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise FileRefusedError(_("The file can't be opened: %(why)s.") % {"why": error.strerror}) from error
    with stream:
        yield CsvRows(stream, required)


def _first_line(stream: TextIO) -> str:
    try:
        # A line without an end would be read whole, so no more than any heading needs.
        head = stream.readline(100_000)
    except UnicodeDecodeError as error:
        raise _not_utf8() from error
    if not head.strip():
        raise FileRefusedError(_("The file is empty; its first line must name the columns."))
    _refuse_binary([head])
    return head


def _refuse_binary(values: list[str]) -> None:
    if any("\0" in value for value in values):
        raise FileRefusedError(_("This is not a text file; save the table as CSV in UTF-8."))


def _not_utf8() -> FileRefusedError:
    return FileRefusedError(
        _("The file is not in UTF-8; in a spreadsheet choose “Save as”, then “CSV UTF-8”.")
    )
