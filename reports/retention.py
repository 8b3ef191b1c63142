"""Forgetting people: when their city's period is over, or when they leave. What was reported and done stays."""

import calendar
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from districts.models import Policy, User
from layers.models import City
from reports.models import (
    BlockedSender,
    BlockedSenderQuerySet,
    Draft,
    DraftPhoto,
    DraftQuerySet,
    Follower,
    HelpOffer,
    InternalNote,
    Letter,
    Photo,
    Report,
    ReportQuerySet,
    StatusChange,
    Support,
)
from reports.workflow import Status

UNPROVEN_KEPT_FOR = timedelta(days=30)
BATCH = 500
"""Reports forgotten in one transaction: short enough for nobody to wait."""
DRAFTS_KEPT_FOR = timedelta(days=14)
"""How long an untouched draft waits for its writer."""


def due(city: City, now: datetime) -> ReportQuerySet:
    """Reports that still say whose they are: closed longer ago than the city's period, or never confirmed in a month.

    The address of the latter may be somebody's who knows nothing of it.
    """
    before = months_before(now, Policy.of(city).retention_months)
    closed = Q(closed_at__lt=before)
    unproven = Q(confirmed_at=None, status=Status.RECEIVED, created_at__lt=now - UNPROVEN_KEPT_FOR)
    named = ~Q(contact_name="") | ~Q(contact_email="") | ~Q(contact_phone="") | ~Q(original_text="")
    by_address = Q(pk__in=Follower.objects.filter(user=None).values("report"))
    return Report.objects.filter(named | by_address | Q(reporter__isnull=False), closed | unproven, city=city)


def blocks_over(city: City, now: datetime) -> BlockedSenderQuerySet:
    """Blocks that have been over for the city's period: nobody needs to know any more who it was."""
    before = months_before(now, Policy.of(city).retention_months)
    return BlockedSender.objects.filter(Q(lifted_at__lt=before) | Q(until__lt=before), city=city)


def drafts_over(now: datetime) -> DraftQuerySet:
    """Drafts that nobody came back to, of all cities."""
    return Draft.objects.untouched_since(now - DRAFTS_KEPT_FOR)


def forget_due(city: City, now: datetime | None = None) -> int:
    """Forget whose these reports were, and whom the city had blocked long ago; how many reports there were."""
    now = now or timezone.now()
    found = list(due(city, now).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(found), BATCH):
        with transaction.atomic():
            forget_senders(found[start : start + BATCH])
    blocks_over(city, now).delete()
    return len(found)


def forget_senders(pks: list[int]) -> None:
    """Take from these reports who sent them: contact, account, letters, what moderators took out of text and photos."""
    reports = Report.objects.filter(pk__in=pks)
    senders = dict(reports.exclude(reporter=None).values_list("pk", "reporter"))
    for pk, sender in senders.items():
        StatusChange.objects.filter(report=pk, actor=sender).update(actor=None)
        Photo.objects.filter(report=pk, author=sender).update(author=None)
    Letter.objects.filter(report__in=pks).exclude(audience="department").delete()
    Follower.objects.filter(report__in=pks, user=None).delete()
    InternalNote.objects.filter(report__in=pks).delete()
    for photo in Photo.objects.filter(report__in=pks).exclude(masks=[]):
        _forget_what_is_masked(photo)
    reports.update(
        reporter=None,
        contact_name="",
        contact_email="",
        contact_phone="",
        shows_name=False,
        original_text="",
        fingerprint="",
        idempotency_key=None,
        updated_at=F("updated_at"),
    )


@transaction.atomic
def forget_drafts(drafts: DraftQuerySet) -> int:
    """Forget these drafts with their pictures; how many there were."""
    pks = list(drafts.values_list("pk", flat=True))
    forget_draft_photos(DraftPhoto.objects.filter(draft__in=pks))
    Draft.objects.filter(pk__in=pks).delete()
    return len(pks)


def forget_draft_photos(photos: QuerySet[DraftPhoto]) -> None:
    """Forget pictures of drafts, files and all."""
    _delete_files(*(photo.image for photo in photos))
    photos.delete()


@transaction.atomic
def forget_person(person: User) -> None:
    """Delete an account: its reports and published words stay, without a name; its supports and objections go."""
    supported = Support.objects.filter(user=person).values("report")
    Report.objects.filter(pk__in=supported).update(supporters=F("supporters") - 1)
    forget_senders(list(Report.objects.filter(reporter=person).values_list("pk", flat=True)))
    Letter.objects.filter(Q(user=person) | Q(address=person.email)).delete()
    forget_drafts(Draft.objects.filter(user=person))
    HelpOffer.objects.filter(user=person, state=HelpOffer.State.OFFERED).update(
        state=HelpOffer.State.WITHDRAWN
    )
    for photo in Photo.objects.filter(objection__user=person):
        _delete_files(photo.original, photo.image, photo.thumbnail)
    person.delete()


def months_before(moment: datetime, months: int) -> datetime:
    """The same day so many months earlier; the last of a month that has no such day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last))


def _forget_what_is_masked(photo: Photo) -> None:
    """From now on the masked picture is the only one."""
    if photo.original.name != photo.image.name:
        _delete_files(photo.original)
        Photo.objects.filter(pk=photo.pk).update(original=photo.image.name)


def _delete_files(*files: FieldFile) -> None:
    """Delete once the transaction stands: a file doesn't come back with a rollback."""
    for file in files:
        if file.name:
            transaction.on_commit(partial(file.storage.delete, file.name))
