"""Keeping out whoever floods a city; nothing of it is deleted, so that everybody can see who decided what."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from districts.models import User
from layers.models import City
from reports.actions.steps import given
from reports.errors import BlockedAlready
from reports.models import BlockedSender
from reports.text import clean


@transaction.atomic
def block(city: City, kind: str, value: str, reason: str, by: User, until: datetime | None) -> BlockedSender:
    """Take nothing from this sender until that moment, None for good. Raises NeedsAReason or BlockedAlready."""
    now = timezone.now()
    # One writer at a time for a city: two moderators who block the same sender make one row.
    City.objects.select_for_update().only("pk").get(pk=city.pk)
    if BlockedSender.objects.in_force(now).filter(city=city, kind=kind, value=value).exists():
        raise BlockedAlready
    return BlockedSender.objects.create(
        city=city, kind=kind, value=value, reason=clean(given(reason)), by=by, at=now, until=until
    )


def lift(pk: int, by: User) -> bool:
    """Take from this sender again; False where somebody has lifted it already."""
    lifted = BlockedSender.objects.filter(pk=pk, lifted_at=None)
    return bool(lifted.update(lifted_at=timezone.now(), lifted_by=by))
