"""The pictures that go with a letter, inside it: mail programs fetch nothing, and nobody can count who reads."""

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

from django.db.models import Q
from django.utils.translation import gettext as _
from PIL import Image

from reports.models import Comment, Photo, Report
from reports.small_map import HEIGHT_PX, WIDTH_M, WIDTH_PX, surroundings

log = logging.getLogger(__name__)
MOST = 3


@dataclass(frozen=True, slots=True)
class Picture:
    """`cid` names it inside the letter; sizes are in pixels."""

    data: bytes
    subtype: str
    alt: str
    width: int
    height: int
    cid: str


def pictures_of(report: Report) -> list[Picture]:
    """The report's last three photos as everybody may see them, and a map of where it is."""
    return [*_photos(report), *_map(report)]


def _photos(report: Report) -> Iterator[Picture]:
    let_through = Q(comment=None) | Q(comment__state=Comment.State.PUBLISHED)
    newest = report.photos.filter(let_through, hidden=False).order_by("-at", "-pk")[:MOST]
    for number, photo in enumerate(reversed(newest), start=1):
        try:
            yield _as_jpeg(photo, _("Photo %(number)s") % {"number": number})
        except OSError as error:
            # A letter without a picture is worth more than none.
            log.warning("photo %s isn't in the letter: %s", photo.pk, error)


def _as_jpeg(photo: Photo, alt: str) -> Picture:
    """Small, and as JPEG: not every mail program shows WebP."""
    out = io.BytesIO()
    with (photo.thumbnail or photo.image).open("rb") as file, Image.open(file, formats=["WEBP"]) as picture:
        small = picture.convert("RGB")
    small.thumbnail((WIDTH_PX, WIDTH_PX), Image.Resampling.LANCZOS)
    small.save(out, "JPEG", quality=80)
    return Picture(out.getvalue(), "jpeg", alt, small.width, small.height, _cid())


def _map(report: Report) -> Iterator[Picture]:
    if report.point is not None:
        alt = _("The place on a map that is %(metres)d metres wide") % {"metres": WIDTH_M}
        yield Picture(surroundings(report.city, report.point), "png", alt, WIDTH_PX, HEIGHT_PX, _cid())


def _cid() -> str:
    return f"{uuid4().hex}@portal.invalid"
