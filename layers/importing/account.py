"""The account of an import: what was read, taken, repaired and refused, and why."""

import csv
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

SHOWN = 10
"""Refused rows named in the printed summary; the CSV file holds all of them."""


class FileRefusedError(Exception):
    """The file as a whole can't be taken; the message is a sentence that says how to mend it."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What happened to one row; `line` is a CSV file's line or a feature's number, counted from 1."""

    line: int
    reference: str
    outcome: str
    reason: str


@dataclass(slots=True)
class Account:
    """Counts and remarks of one import; `read` and `taken` are raised by the one who reads and takes."""

    read: int = 0
    taken: int = 0
    remarks: list[Remark] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def refused(self) -> int:
        """How many rows were refused."""
        return sum(remark.outcome == "refused" for remark in self.remarks)

    @property
    def repaired(self) -> int:
        """How many rows were taken after a repair."""
        return len(
            {(remark.line, remark.reference) for remark in self.remarks if remark.outcome == "repaired"}
        )

    def refuse(self, line: int, reference: str, reason: str) -> None:
        """Note that a row can't be taken and what has to be mended."""
        self.remarks.append(Remark(line, reference, "refused", reason))

    def repair(self, line: int, reference: str, what: str) -> None:
        """Note that a row was changed so that it could be taken."""
        self.remarks.append(Remark(line, reference, "repaired", what))

    def note(self, text: str) -> None:
        """Add a sentence about the file as a whole."""
        self.notes.append(text)

    def write_csv(self, path: Path) -> None:
        """Write every refused and repaired row; UTF-8 with a mark, so that spreadsheets read Cyrillic."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["line", "reference", "outcome", "reason"])
            for remark in sorted(self.remarks, key=lambda remark: remark.line):
                writer.writerow(
                    [remark.line, _harmless(remark.reference), remark.outcome, _harmless(remark.reason)]
                )

    def summary(self) -> str:
        """The account in words of the active language, for the terminal."""
        counts = _("read %(read)d, taken %(taken)d, repaired %(repaired)d, refused %(refused)d") % {
            "read": self.read,
            "taken": self.taken,
            "repaired": self.repaired,
            "refused": self.refused,
        }
        return "\n".join([counts, *self.notes, *self._shown("refused"), *self._shown("repaired")])

    def _shown(self, outcome: str) -> list[str]:
        remarks = [remark for remark in self.remarks if remark.outcome == outcome]
        label = _("refused") if outcome == "refused" else _("repaired")
        lines = [
            "  "
            + _("%(outcome)s: line %(line)d (%(reference)s): %(reason)s")
            % {
                "outcome": label,
                "line": remark.line,
                "reference": remark.reference or "—",
                "reason": remark.reason,
            }
            for remark in remarks[:SHOWN]
        ]
        if len(remarks) > SHOWN:
            lines.append("  " + _("… and %(more)d more") % {"more": len(remarks) - SHOWN})
        return lines


def _harmless(text: str) -> str:
    # A spreadsheet would run a cell that starts like a formula; an apostrophe makes it text (CWE-1236).
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
