"""What may stand in an address as a filter of reports, and what it means; each refusal says how to mend it."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib.gis.geos import Point, Polygon
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from districts.models import Section, User
from layers.geometry import WGS84, is_position
from reports.text import clean
from reports.workflow import Group

LONGEST_TEXT = 200
SHORTEST_WORD = 3
"""Letters of a word that the index of texts can look up (pg_trgm)."""
FARTHEST_M = 50_000
"""How far around a place one may ask, in metres."""

YEARS = range(1900, 2200)
"""Years one may ask for."""


@dataclass(frozen=True, slots=True)
class Limit:
    """Where a period begins or ends: a day, the first or the last of its month where only a month was named."""

    day: date
    by_month: bool


@dataclass(frozen=True, slots=True)
class Near:
    """A circle: its centre (WGS84), and its radius in metres on the spheroid."""

    point: Point
    radius_m: float


@dataclass(frozen=True, slots=True)
class Words:
    """Words that must all be in a report's text or address; or its number, where the text is one."""

    words: tuple[str, ...]
    number: int | None = None


class ListField(forms.Field):
    """Values that may be repeated, or separated by commas."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> list[str]:
        """Each value once, without blanks."""
        given = value if isinstance(value, (list, tuple)) else [value or ""]
        parts = [part.strip() for text in given for part in str(text).split(",") if part.strip()]
        if any("\x00" in part for part in parts):
            raise ValidationError(_("This value holds a character that nothing here can have."))
        return list(dict.fromkeys(parts))


class GroupsField(ListField):
    """Public status groups."""

    def validate(self, value: list[str]) -> None:
        """Raise ValidationError naming the first that is no group, and those that are."""
        for group in value:
            if group not in Group.values:
                known = ", ".join(Group.values)
                raise ValidationError(
                    _("“%(group)s” is not a status. Known are: %(known)s.") % {"group": group, "known": known}
                )


class SectionField(forms.Field):
    """A section of the portal; problems where none is named."""

    def to_python(self, value: Any) -> str:
        """The section's code; raises ValidationError."""
        code = value or Section.PROBLEMS
        if code not in (Section.PROBLEMS, Section.IDEAS):
            raise ValidationError(
                _("“%(section)s” is not a section. Known are: problems, ideas.") % {"section": code}
            )
        return str(code)


class SwitchField(forms.Field):
    """On with `1`; off with `0` or where nothing is given."""

    def to_python(self, value: Any) -> bool:
        """Whether it is on; raises ValidationError."""
        if value in (None, "", "0"):
            return False
        if value != "1":
            raise ValidationError(
                _("“%(value)s” can’t be understood here: write 1 for yes, or nothing.") % {"value": value}
            )
        return True


class LimitField(forms.Field):
    """A month like 2026-03, or a day like 2026-03-05."""

    def __init__(self, *, ends: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self._ends = ends

    def to_python(self, value: Any) -> Limit | None:
        """The day it stands for, None where nothing is given; raises ValidationError."""
        text = str(value or "").strip()
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?", text):
            raise self._nonsense(text)
        year, month, *days = (int(part) for part in text.split("-"))
        if year not in YEARS:
            raise self._nonsense(text)
        try:
            if not days:
                days = [monthrange(year, month)[1] if self._ends else 1]
            return Limit(date(year, month, days[0]), by_month=len(text) == len("2026-03"))
        except ValueError:
            raise self._nonsense(text) from None

    @staticmethod
    def _nonsense(text: str) -> ValidationError:
        return ValidationError(
            _("“%(text)s” is not a date. Write a month like 2026-03, or a day like 2026-03-05.")
            % {"text": text}
        )


class WordsField(forms.CharField):
    """Words, or the number of a report."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=LONGEST_TEXT, **options)

    def clean(self, value: Any) -> Words | None:
        """What to look for, None where nothing is given; raises ValidationError."""
        text = clean(super().clean(value))
        if not text:
            return None
        digits = text.removeprefix("№").strip()
        is_number = digits.isascii() and digits.isdecimal() and len(digits) <= len("999999999999999999")
        words = tuple(dict.fromkeys(text.split()))
        if not is_number and max(map(len, words)) < SHORTEST_WORD:
            raise ValidationError(_("Write a word of at least three letters, or the number of a report."))
        return Words(words, int(digits) if is_number else None)


class NearField(forms.Field):
    """latitude,longitude,radius: degrees (WGS84), and metres."""

    def to_python(self, value: Any) -> Near | None:
        """The circle, None where nothing is given; raises ValidationError."""
        if not value:
            return None
        try:
            lat, lon, radius_m = (float(part) for part in str(value).split(","))
        except ValueError:
            raise self._nonsense() from None
        if not (is_position(lon, lat) and 0 < radius_m <= FARTHEST_M):
            raise self._nonsense()
        return Near(Point(lon, lat, srid=WGS84), radius_m)

    @staticmethod
    def _nonsense() -> ValidationError:
        return ValidationError(
            _(
                "Write the place as latitude,longitude,metres, like 50.177,30.317,500;"
                " at most %(farthest)s metres."
            )
            % {"farthest": FARTHEST_M}
        )


class BoxField(forms.Field):
    """west,south,east,north in WGS84 degrees, as a polygon."""

    def to_python(self, value: Any) -> Polygon | None:
        """The box, None where nothing is given; raises ValidationError."""
        if not value:
            return None
        try:
            west, south, east, north = (float(part) for part in str(value).split(","))
        except ValueError:
            raise self._nonsense() from None
        if not (is_position(west, south) and is_position(east, north) and west <= east and south <= north):
            raise self._nonsense()
        box = Polygon.from_bbox((west, south, east, north))
        box.srid = WGS84
        return box

    @staticmethod
    def _nonsense() -> ValidationError:
        return ValidationError(
            _("Write the box as west,south,east,north in degrees, like 30.2,50.1,30.4,50.2.")
        )


class ReportFilterForm(forms.Form):
    """What the fields can't see alone: who asks, and whether a period ends before it begins."""

    viewer: User | None = None

    def clean(self) -> dict[str, Any]:
        """The cleaned values; errors say which field to mend."""
        said = super().clean() or {}
        first, last = said.get("from"), said.get("to")
        if first and last and last.day < first.day:
            self.add_error("to", _("The period ends before it begins: choose a later end."))
        if said.get("mine") and self.viewer is None:
            self.add_error("mine", _("Sign in to see the reports that are yours."))
        return said
