"""What the city tells: written by moderators and administrators, read by everybody, current for a while."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

import shapely
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Point, Polygon
from django.db import transaction
from django.utils import timezone

from districts.models import District, User
from layers.geometry import WGS84, circle
from layers.models import City
from reports.borders import refuse_outside
from reports.errors import JudgedAlready
from reports.models import Announcement, AnnouncementQuerySet
from reports.text import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is told, for how long and, where `area` is given (WGS84), for which part of the city."""

    kind: str
    title_uk: str
    text_uk: str
    starts_at: datetime
    title_en: str = ""
    text_en: str = ""
    ends_at: datetime | None = None
    area: MultiPolygon | None = None


def covering(city: City, point: Point, now: datetime | None = None) -> AnnouncementQuerySet:
    """Public messages that hold at the point at that time: those whose area covers it, and city-wide ones.

    Dangers first, then the newest.
    """
    return Announcement.objects.public().filter(city=city).current(now).holding_at(point).urgent_first()


@transaction.atomic
def write(city: City, said: Message, by: User) -> Announcement:
    """Keep a message that nobody but the staff sees yet."""
    message = unsaved(city, said)
    message.author = by
    message.save()
    return message


def unsaved(city: City, said: Message) -> Announcement:
    """The message as it would look, kept nowhere."""
    message = Announcement(city=city)
    _say(message, said)
    return message


@transaction.atomic
def rewrite(pk: int, said: Message) -> Announcement:
    """Say it otherwise, published or not."""
    message = Announcement.objects.select_for_update(of=("self",)).get(pk=pk)
    _say(message, said)
    message.save()
    return message


@transaction.atomic
def publish(pk: int) -> Announcement:
    """Show it to everybody from now on. Raises JudgedAlready where it is shown already."""
    message = Announcement.objects.select_for_update(of=("self",)).get(pk=pk)
    if message.published_at is not None:
        raise JudgedAlready
    message.published_at = timezone.now()
    message.save(update_fields=["published_at"])
    return message


@transaction.atomic
def withdraw(pk: int) -> Announcement:
    """Show it to the staff alone. Raises JudgedAlready where it is hidden already."""
    message = Announcement.objects.select_for_update(of=("self",)).get(pk=pk)
    if message.published_at is None:
        raise JudgedAlready
    message.published_at = None
    message.save(update_fields=["published_at"])
    return message


def area_of(districts: Iterable[District]) -> MultiPolygon:
    """The districts as one area."""
    shapes = [shapely.from_wkb(bytes(district.geometry.wkb)) for district in districts]
    parts = shapely.get_parts(shapely.make_valid(shapely.union_all(shapes)))
    polygons = shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon" and part.area > 0])
    return cast(MultiPolygon, GEOSGeometry(memoryview(shapely.to_wkb(polygons)), srid=WGS84))


def area_around(city: City, point: Point, radius_m: float) -> MultiPolygon:
    """A circle of so many metres. Raises OutsideTheCity for a centre elsewhere."""
    refuse_outside(city, point)
    return MultiPolygon(Polygon(circle(point.x, point.y, radius_m)), srid=WGS84)


def _say(message: Announcement, said: Message) -> None:
    message.kind, message.area = said.kind, said.area
    message.starts_at, message.ends_at = said.starts_at, said.ends_at
    for name in ("title_uk", "title_en", "text_uk", "text_en"):
        setattr(message, name, clean(getattr(said, name)))
