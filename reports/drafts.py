"""A report before it is sent: begun, kept step by step, sent once, or forgotten."""

from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from districts.models import Service, User
from layers.models import City
from reports import actions, retention
from reports.actions import Submission
from reports.errors import NotFinished, TooManyPhotos
from reports.models import MOST_PHOTOS, Draft, DraftPhoto, Report
from reports.photos import Prepared

WORDS = ("address", "text", "contact_name", "contact_email", "contact_phone")


def start(city: City, by: User | None, **said: Any) -> Draft:
    """A new draft that says this much."""
    return Draft.objects.create(city=city, user=by, data=said)


def of(city: City, token: str) -> Draft | None:
    """The city's draft at that address, sent or not; None where there is none."""
    return Draft.objects.select_related("report").filter(city=city, token=token).first()


@transaction.atomic
def keep(draft: Draft, **said: Any) -> Draft:
    """The draft with these answers added or changed."""
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    if locked.report_id is None:
        locked.data |= said
        locked.updated_at = timezone.now()
        locked.save(update_fields=["data", "updated_at"])
    draft.data = locked.data
    return draft


def claim(draft: Draft, by: User) -> None:
    """Whoever signs in on the way finds the draft on their page from then on."""
    if draft.user_id is None and draft.report_id is None:
        Draft.objects.filter(pk=draft.pk, user=None).update(user=by)


@transaction.atomic
def add_photo(draft: Draft, prepared: Prepared) -> DraftPhoto:
    """Keep a picture with the draft. Raises TooManyPhotos."""
    Draft.objects.select_for_update().get(pk=draft.pk)
    if draft.photos.count() >= MOST_PHOTOS:
        raise TooManyPhotos(MOST_PHOTOS)
    photo = DraftPhoto(draft=draft, width=prepared.width, height=prepared.height, point=prepared.point)
    photo.image.save(f"{photo.token}.webp", ContentFile(prepared.webp), save=False)
    photo.save()
    Draft.objects.filter(pk=draft.pk).update(updated_at=timezone.now())
    return photo


@transaction.atomic
def remove_photo(draft: Draft, token: str) -> None:
    """Take the picture out again; nothing happens where it has gone already."""
    retention.forget_draft_photos(draft.photos.filter(token=token))


def submission(draft: Draft, by: User | None) -> Submission:
    """What the draft says, ready to be sent in this person's name, or noted down by staff for somebody else.

    Raises NotFinished where it lacks a category or a text.
    """
    said: Mapping[str, Any] = draft.data
    service = Service.objects.offered_in(draft.city).filter(code=said.get("service", "")).first()
    if service is None or not said.get("text"):
        raise NotFinished
    on_behalf = bool(said.get("on_behalf")) and by is not None and draft.city_id in by.staff_city_ids()
    return Submission(
        city=draft.city,
        service=service,
        point=draft.point,
        answers=said.get("answers", {}),
        reporter=None if on_behalf else by,
        written_by=by if on_behalf else None,
        shows_name=bool(said.get("shows_name")),
        key=draft.token,
        **{name: said.get(name, "") for name in WORDS},
    )


@transaction.atomic
def submit(draft: Draft, by: User | None) -> Report:
    """Send the draft: one report, however often this is asked; what it held is gone from the draft then.

    Raises NotFinished, and what `actions.submit` raises.
    """
    locked = Draft.objects.select_for_update(of=("self",)).select_related("city").get(pk=draft.pk)
    if locked.report is not None:
        return locked.report
    report = actions.submit(submission(locked, by)).report
    for photo in locked.photos.all():
        with photo.image.open("rb") as picture:
            prepared = Prepared(picture.read(), photo.width, photo.height, None)
        actions.keep_photo(report, prepared, author=by)
    retention.forget_draft_photos(locked.photos.all())
    locked.report, locked.data, locked.updated_at = report, {}, timezone.now()
    locked.save(update_fields=["report", "data", "updated_at"])
    return report
