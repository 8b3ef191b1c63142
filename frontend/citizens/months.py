"""The months of a city's reports as a brush over time: bars with counts, two ends to choose, and usual spans."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.counting import Counted

HIGH, WIDE = 40, 8
"""The box of a bar, in units of the drawing."""
SPANS = (1, 3, 12)
"""Usual periods, in months up to the present one."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month as the address writes it, its name, its reports if they are counted, and its bar."""

    value: str
    name: str
    count: int | None
    chosen: bool
    x: int
    height: int

    @property
    def y(self) -> int:
        return HIGH - self.height


@dataclass(frozen=True, slots=True)
class Span:
    """A usual period, as a link."""

    label: str
    first: str
    last: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Brush:
    """All months since the first report, what is chosen of them, and what was typed instead of a month."""

    months: list[Month] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    first: str = ""
    last: str = ""

    @property
    def width(self) -> int:
        return max(len(self.months), 1) * WIDE

    @property
    def odd_first(self) -> str:
        """What stands at the beginning and is no month of the list: a day, or nonsense to be mended."""
        return self.first if self.first not in {month.value for month in self.months} else ""

    @property
    def odd_last(self) -> str:
        """The same at the end."""
        return self.last if self.last not in {month.value for month in self.months} else ""


def brush(query: QueryDict, counted: Counted, since: date | None) -> Brush:
    """The brush under the address's filters; `since` is the day of the city's first report."""
    first, last = query.get("from", "").strip(), query.get("to", "").strip()
    today = timezone.localdate()
    named = [f"{month:%Y-%m}" for month in _months(since or today, today)]
    numbers = [counted.of("month", value) for value in named]
    most = max((number or 0 for number in numbers), default=0)
    months = [
        Month(
            value=value,
            name=month_name(date.fromisoformat(f"{value}-01")),
            count=number,
            chosen=(first[:7] or value) <= value <= (last[:7] or value),
            x=at * WIDE,
            height=-(-(number or 0) * HIGH // most) if most else 0,
        )
        for at, (value, number) in enumerate(zip(named, numbers, strict=True))
    ]
    return Brush(months, list(_spans(today, first, last)), first, last)


def month_name(day: date) -> str:
    """The month and its year, as a name stands in a list."""
    return date_format(day, "F Y")


def _months(since: date, until: date) -> Iterator[date]:
    at = since.replace(day=1)
    while at <= until:
        yield at
        at = _later(at, 1)


def _later(month: date, by: int) -> date:
    number = month.year * 12 + month.month - 1 + by
    return date(number // 12, number % 12 + 1, 1)


def _spans(today: date, first: str, last: str) -> Iterator[Span]:
    end = f"{today:%Y-%m}"
    for number in SPANS:
        begin = f"{_later(today.replace(day=1), 1 - number):%Y-%m}"
        label = _("This month") if number == 1 else _in_months(number)
        yield Span(label, begin, end, chosen=(first, last) == (begin, end))
    yield Span(_("All the time"), "", "", chosen=not first and not last)


def _in_months(number: int) -> str:
    return ngettext("%(number)s month", "%(number)s months", number) % {"number": number}
