"""Pages that stay put while new reports arrive: the next one begins after the last row seen (keyset paging)."""

import base64
import binascii
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, Expression, F, Func, Q, TextChoices, Value
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from reports.models import WAITING_FIRST, Report, ReportQuerySet
from reports.nearest import Ring, away_from


class Sort(TextChoices):
    """In which order a list shows reports."""

    NEWEST = "newest", pgettext_lazy("sort", "Newest first")
    NEAREST = "nearest", pgettext_lazy("sort", "Nearest first")
    SUPPORTED = "supported", pgettext_lazy("sort", "Most supported first")
    WAITING = "waiting", pgettext_lazy("sort", "Longest waiting first")


@dataclass(frozen=True, slots=True)
class Order:
    """What rows are compared by, the last being their number, so that no two are equal; and how cursors write it."""

    keys: tuple[str, ...]
    descending: bool
    read: tuple[Callable[[str], Any], ...]
    has_few_first: bool = False
    """Whether many rows are alike in what is compared first."""

    @property
    def names(self) -> list[str]:
        """What `order_by` takes."""
        return [f"-{key}" if self.descending else key for key in self.keys]

    def after(self, values: tuple[Any, ...]) -> list[Expression | Q]:
        """Conditions that rows come later than one with these values, in their order, each one range of an index."""
        if not self.has_few_first:
            return [self._beyond(self.keys, values)]
        first, value = self.keys[0], values[0]
        # Apart, as the planner judges rows by their first column: of a million without a supporter it expects none.
        rest: Q = Q(**{first: value}) & Q(self._beyond(self.keys[1:], values[1:]))
        return [rest, Q(**{f"{first}__{'lt' if self.descending else 'gt'}": value})]

    def _beyond(self, keys: Sequence[str], values: Sequence[Any]) -> Expression:
        rows = [_row(*map(F, keys)), _row(*map(Value, values))]
        sign = " < " if self.descending else " > "
        return Func(*rows, arg_joiner=sign, template="(%(expressions)s)", output_field=BooleanField())


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Report]
    next_cursor: str | None
    """Opens the following page; None on the last."""


def sort_of(text: str | None) -> Sort:
    """The order of that name, the newest first where none is named. Raises ValidationError naming all."""
    if not text:
        return Sort.NEWEST
    if text not in Sort.values:
        known = ", ".join(Sort.values)
        raise ValidationError(
            _("“%(sort)s” is not an order. Known are: %(known)s.") % {"sort": text, "known": known}
        )
    return Sort(text)


def page(
    reports: ReportQuerySet,
    after: str | None,
    size: int,
    sort: Sort = Sort.NEWEST,
    origin: Point | None = None,
) -> Page:
    """At most `size` reports in that order, after the cursor.

    The nearest are those nearest to `origin`, a point in degrees. Raises ValidationError for a cursor we didn't make,
    and where the nearest are asked for without an origin.
    """
    if sort is Sort.NEAREST and origin is None:
        raise ValidationError(_("Nearest to what? Name a place with near, or a box."))
    order, ordered = _ORDERS[sort], _ordered(reports, sort, origin)
    rows = _rows(ordered, order, _opened(after, sort) if after else None, size, origin)
    more = len(rows) > size
    return Page(rows[:size], _sealed(rows[:size], sort) if more else None)


def _ordered(reports: ReportQuerySet, sort: Sort, origin: Point | None) -> ReportQuerySet:
    if sort is Sort.WAITING:
        reports = reports.annotate(closed_last=WAITING_FIRST)
    elif origin is not None and sort is Sort.NEAREST:
        reports = reports.annotate(away=away_from(origin))
    return reports.order_by(*_ORDERS[sort].names)


def _rows(
    ordered: ReportQuerySet, order: Order, seen: tuple[Any, ...] | None, size: int, origin: Point | None
) -> list[Report]:
    """One more than asked for, where there are more."""
    if order.keys[0] == "away" and origin is not None:
        later = ordered if seen is None else ordered.filter(*order.after(seen[: len(order.keys)]))
        for ring in _rings(ordered, seen, size, origin):
            rows = list(later.filter(ring.condition())[: size + 1])
            if len(rows) > size:
                return rows
        return list(later[: size + 1])
    found: list[Report] = []
    for condition in [Q()] if seen is None else order.after(seen):
        found += ordered.filter(condition)[: size + 1 - len(found)]
        if len(found) > size:
            break
    return found


def _rings(ordered: ReportQuerySet, seen: tuple[Any, ...] | None, size: int, origin: Point) -> Iterator[Ring]:
    """Where to look for the nearest, ever wider: an index finds what is in a ring, but sorts by distance alone."""
    if seen is None:
        farthest = ordered.order_by(away_from(origin))[size : size + 1]
        for reach in farthest.values_list(away_from(origin), flat=True):
            yield Ring.around(origin, 0, reach)
        return
    away, _number, spread = seen
    for times in (2, 8, 32):
        yield Ring.around(origin, away, away + times * spread)


def _row(*parts: Expression | F) -> Func:
    return Func(*parts, template="(%(expressions)s)", output_field=BooleanField())


def _sealed(rows: list[Report], sort: Sort) -> str:
    values = [getattr(rows[-1], key) for key in _ORDERS[sort].keys]
    if sort is Sort.NEAREST:
        # How far this page reached beyond its first row: so wide the next ring may be.
        values.append(max(rows[-1].away - rows[0].away, 1.0))  # type: ignore[attr-defined]  # annotated
    written = [value.isoformat() if isinstance(value, datetime) else str(value) for value in values]
    return base64.urlsafe_b64encode("|".join([sort.value, *written]).encode()).decode().rstrip("=")


def _opened(cursor: str, sort: Sort) -> tuple[Any, ...]:
    damaged = ValidationError(_("This page's address is damaged; go back to the first page."))
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        named, *written = text.split("|")
        values = tuple(read(value) for read, value in zip(_ORDERS[sort].read, written, strict=True))
    except (ValueError, binascii.Error):
        raise damaged from None
    if named != sort:
        raise damaged
    return values


def _moment(text: str) -> datetime:
    """Raises ValueError where it is none, or in no time zone."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


def _number(text: str) -> int:
    """Raises ValueError where no column could hold it."""
    number = int(text)
    if not 0 <= number < 1 << 63:
        raise ValueError(text)
    return number


def _length(text: str) -> float:
    """Raises ValueError where it is not a distance on this world, in metres of its map."""
    length = float(text)
    if not (math.isfinite(length) and 0 <= length < 1e8):
        raise ValueError(text)
    return length


_ORDERS: Mapping[Sort, Order] = {
    Sort.NEWEST: Order(("published_at", "pk"), True, (_moment, _number)),
    Sort.SUPPORTED: Order(("supporters", "pk"), True, (_number, _number), has_few_first=True),
    Sort.WAITING: Order(
        ("closed_last", "published_at", "pk"), False, (_number, _moment, _number), has_few_first=True
    ),
    Sort.NEAREST: Order(("away", "pk"), False, (_length, _number, _length)),
}
