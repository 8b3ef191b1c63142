"""Useful places: suggested by anybody who is registered, published by a moderator."""

from dataclasses import dataclass, fields
from typing import Any

from django.contrib.gis.geos import Point
from django.core.files.base import ContentFile
from django.db import transaction

from districts.models import User
from layers.models import City
from reports.actions.steps import given
from reports.borders import refuse_outside
from reports.errors import JudgedAlready, TooManyPhotos
from reports.models import MOST_PHOTOS, Place, PlaceKind, PlacePhoto
from reports.photos import Prepared
from reports.text import clean

State = Place.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What somebody knows of a place; `point` is WGS84."""

    city: City
    kind: PlaceKind
    name: str
    point: Point
    address: str = ""
    details: str = ""
    hours: str = ""
    phone: str = ""
    website: str = ""
    photos: tuple[Prepared, ...] = ()


@transaction.atomic
def suggest(said: Suggestion, by: User) -> Place:
    """Take a place in for moderation. Raises OutsideTheCity or TooManyPhotos."""
    refuse_outside(said.city, said.point)
    words: dict[str, Any] = {
        "name_uk": clean(said.name),
        "details_uk": clean(said.details),
        "hours_uk": clean(said.hours),
        "address": clean(said.address),
        "phone": clean(said.phone),
        "website": said.website,
    }
    place = Place.objects.create(city=said.city, kind=said.kind, point=said.point, suggested_by=by, **words)
    for prepared in said.photos:
        keep_photo(place, prepared)
    return place


def keep_photo(place: Place, prepared: Prepared) -> PlacePhoto:
    """Keep a prepared picture with the place. Raises TooManyPhotos."""
    if place.photos.count() >= MOST_PHOTOS:
        raise TooManyPhotos(MOST_PHOTOS)
    photo = PlacePhoto(place=place, width=prepared.width, height=prepared.height)
    photo.image.save(f"{photo.token}.webp", ContentFile(prepared.webp), save=False)
    photo.save()
    return photo


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that is told of a place, in both languages; `point` is WGS84."""

    kind: PlaceKind
    point: Point
    name_uk: str
    name_en: str = ""
    details_uk: str = ""
    details_en: str = ""
    hours_uk: str = ""
    hours_en: str = ""
    address: str = ""
    phone: str = ""
    website: str = ""


@transaction.atomic
def rewrite_place(pk: int, facts: Facts) -> Place:
    """Tell something else of a place. Raises OutsideTheCity."""
    place = Place.objects.select_for_update(of=("self",)).select_related("city").get(pk=pk)
    refuse_outside(place.city, facts.point)
    names = [fact.name for fact in fields(Facts)]
    for name in names:
        value = getattr(facts, name)
        setattr(place, name, clean(value) if isinstance(value, str) else value)
    place.save(update_fields=names)
    return place


@transaction.atomic
def publish_place(pk: int) -> Place:
    """Show a suggested place to everybody. Raises JudgedAlready."""
    place = _in_state(pk, State.SUGGESTED)
    place.state = State.PUBLISHED
    place.save(update_fields=["state"])
    return place


@transaction.atomic
def take_back_place(pk: int) -> Place:
    """Hide a published place and let it wait for a moderator again. Raises JudgedAlready."""
    place = _in_state(pk, State.PUBLISHED)
    place.state = State.SUGGESTED
    place.save(update_fields=["state"])
    return place


@transaction.atomic
def reject_place(pk: int, reason: str) -> Place:
    """Keep a suggested place from the public. Raises NeedsAReason or JudgedAlready."""
    place = _in_state(pk, State.SUGGESTED)
    place.state, place.reason = State.REJECTED, clean(given(reason))[:300]
    place.save(update_fields=["state", "reason"])
    return place


def _in_state(pk: int, state: State) -> Place:
    place = Place.objects.select_for_update(of=("self",)).get(pk=pk)
    if place.state != state:
        raise JudgedAlready
    return place
