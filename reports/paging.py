"""Pages that stay put while new reports arrive: the next one begins after the last row seen (keyset paging)."""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from reports.models import Report, ReportQuerySet


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Report]
    next_cursor: str | None
    """Opens the following page; None on the last."""


def page(reports: ReportQuerySet, after: str | None, size: int) -> Page:
    """At most `size` reports, newest first, after the cursor. Raises ValidationError for one we didn't make."""
    ordered = reports.order_by("-published_at", "-pk")
    if after:
        at, pk = _opened(after)
        ordered = ordered.filter(published_at__lte=at).filter(Q(published_at__lt=at) | Q(pk__lt=pk))
    rows = list(ordered[: size + 1])
    more = len(rows) > size
    return Page(rows[:size], _sealed(rows[size - 1]) if more else None)


def _sealed(report: Report) -> str:
    assert report.published_at is not None
    return (
        base64.urlsafe_b64encode(f"{report.published_at.isoformat()}|{report.pk}".encode())
        .decode()
        .rstrip("=")
    )


def _opened(cursor: str) -> tuple[datetime, int]:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        at, pk = text.split("|")
        number, moment = int(pk), datetime.fromisoformat(at)
    except (ValueError, binascii.Error):
        raise ValidationError(_("This page's address is damaged; go back to the first page.")) from None
    if moment.tzinfo is None or not 0 <= number < 1 << 63:
        raise ValidationError(_("This page's address is damaged; go back to the first page."))
    return moment, number
