"""A table of routing rules, row by row as it was written; nothing is looked up here."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from layers.importing.csv_rows import CsvRow, RowRefusedError, open_csv

REQUIRED = ("service", "department")
DEFAULT_RANK = 100
LARGEST = 32767
"""What a small whole number of the database holds."""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule in the words of the file; an empty district and layer mean the whole city."""

    line: int
    service: str
    department: str
    district_set: str
    district: str
    asset_layer: str
    due_days: int | None
    rank: int


def read_rules(path: Path) -> Iterator[RuleRow | tuple[int, str]]:
    """Each row as a rule, or its line and what is wrong with it; FileRefusedError for the file as a whole."""
    with open_csv(path, REQUIRED) as rows:
        for row in rows:
            try:
                yield rule_of(row)
            except RowRefusedError as error:
                yield row.line, str(error)


def rule_of(row: CsvRow) -> RuleRow:
    """The row as a rule; RowRefusedError where a cell is missing, too long or no number."""
    if row.spare:
        raise RowRefusedError(_("The row has more cells than the heading; put cells with commas in quotes."))
    cells = row.cells
    for column in REQUIRED:
        if not cells.get(column):
            raise RowRefusedError(_("The column %(column)s is empty.") % {"column": column})
    if cells.get("district_set") and not cells.get("district"):
        raise RowRefusedError(
            _("A set of districts is named without a district; name one, or leave both empty.")
        )
    rank = _whole(cells, "rank")
    return RuleRow(
        line=row.line,
        service=cells["service"],
        department=cells["department"],
        district_set=cells.get("district_set", ""),
        district=cells.get("district", ""),
        asset_layer=cells.get("asset_layer", ""),
        due_days=_whole(cells, "due_days"),
        rank=DEFAULT_RANK if rank is None else rank,
    )


def _whole(cells: dict[str, str], column: str) -> int | None:
    text = cells.get(column, "")
    if not text:
        return None
    # int() would take «1_000», and digits of other scripts.
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and int(text) <= LARGEST):
        raise RowRefusedError(
            _("“%(text)s” in %(column)s is not a whole number from 0 to %(largest)d.")
            % {"text": text, "column": column, "largest": LARGEST}
        )
    return int(text)
