"""Photos of a report: attached, masked, hidden."""

from typing import IO, Any

from django.core.files.base import ContentFile
from django.db import transaction

from districts.models import User
from reports import jobs, photos
from reports.errors import TooManyPhotos
from reports.models import MOST_PHOTOS, Objection, Photo, Report

Rectangle = tuple[int, int, int, int]


def attach(report: Report, file: IO[bytes], **more: Any) -> Photo:
    """Keep a picture with the report, as `keep_photo` does. Raises PhotoRefused or TooManyPhotos."""
    return keep_photo(report, photos.prepare(file), **more)


@transaction.atomic
def keep_photo(
    report: Report,
    prepared: photos.Prepared,
    *,
    role: str = "problem",
    author: User | None = None,
    objection: Objection | None = None,
) -> Photo:
    """Keep a prepared picture; its thumbnail follows by a job. Raises TooManyPhotos."""
    Report.objects.select_for_update().only("pk").get(pk=report.pk)
    if report.photos.filter(role=role, author=author).count() >= MOST_PHOTOS:
        raise TooManyPhotos(MOST_PHOTOS)
    photo = Photo(report=report, role=role, author=author, objection=objection)
    photo.width, photo.height = prepared.width, prepared.height
    photo.original.save(f"{photo.token}.webp", ContentFile(prepared.webp), save=False)
    photo.image.save(f"{photo.token}.webp", ContentFile(prepared.webp), save=False)
    photo.save()
    jobs.make_thumbnail.defer(photo_id=photo.pk)
    return photo


@transaction.atomic
def mask(photo_pk: int, rectangles: list[Rectangle]) -> Photo:
    """Make rectangles of the shown picture unreadable, the original staying with the staff; none shows all again."""
    photo = Photo.objects.select_for_update(of=("self",)).get(pk=photo_pk)
    with photo.original.open("rb") as original:
        shown = photos.masked(original.read(), rectangles)
    photo.masks = [list(rectangle) for rectangle in rectangles]
    photo.image.save(f"{photo.token}.webp", ContentFile(shown.webp), save=False)
    photo.save(update_fields=["masks", "image"])
    jobs.make_thumbnail.defer(photo_id=photo.pk)
    return photo


@transaction.atomic
def hide(photo_pk: int, *, hidden: bool) -> Photo:
    """Keep a photo from the public, or show it again."""
    photo = Photo.objects.select_for_update(of=("self",)).get(pk=photo_pk)
    photo.hidden = hidden
    photo.save(update_fields=["hidden"])
    return photo
