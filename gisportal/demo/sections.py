"""What stands beside problems in the demo city: useful places, news of these days, and ideas with support."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from django.contrib.gis.geos import MultiPolygon, Point
from django.utils import timezone

from districts.models import District, Policy, Role, Section, Service
from gisportal.demo.waiting import spread_addresses
from layers.geometry import WGS84
from layers.models import Address, Asset, City
from reports import announcements, workflow
from reports.models import Announcement, Place, PlaceKind, Report, StatusChange
from reports.workflow import Status

ANSWERED_AFTER = timedelta(days=3)
About = Mapping[str, Any]


def make_sections(city: City, file: Path) -> None:
    """Places, news and ideas as the file tells them; nothing stands outside the city."""
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    make_places(city, told["kind"])
    make_news(city, told["announcement"])
    make_ideas(city, told["topics"], told["idea"])


def make_places(city: City, kinds: list[About]) -> None:
    """So many published places of each kind, at named buildings or at addresses."""
    free = iter(spread_addresses(city, sum(about["count"] for about in kinds if "buildings" not in about)))
    for about in kinds:
        kind = PlaceKind.objects.create(city=city, code=about["code"], **_in_both("name", about["names"]))
        spots = _at_buildings(city, about["buildings"]) if "buildings" in about else _at_addresses(free)
        rows = [
            _place(kind, about, number, *spot) for number, spot in enumerate(islice(spots, about["count"]))
        ]
        Place.objects.bulk_create(rows)


Spot = tuple[Point, dict[str, str]]


def _at_buildings(city: City, subtype: str) -> Iterator[Spot]:
    named = Asset.objects.filter(city=city, layer__kind="building", subtype=subtype).exclude(name="")
    for building in named.order_by("pk"):
        middle = building.geometry.point_on_surface
        yield Point(middle.x, middle.y, srid=WGS84), {"name": building.name, "address": ""}


def _at_addresses(free: Iterator[Address]) -> Iterator[Spot]:
    for address in free:
        yield Point(address.point.x, address.point.y, srid=WGS84), {"name": "", "address": str(address)}


def _place(kind: PlaceKind, about: About, number: int, point: Point, words: dict[str, str]) -> Place:
    details = about["details"][number % len(about["details"])]
    return Place(
        city=kind.city,
        kind=kind,
        point=point,
        state=Place.State.PUBLISHED,
        address=words["address"],
        phone=about.get("phone", "").format(n=number),
        **_in_both("name", [title.format(**words) for title in about["titles"]]),
        **_in_both("details", details),
        **_in_both("hours", about["hours"]),
    )


def _in_both(field: str, words: list[str]) -> dict[str, str]:
    uk, en = words
    return {f"{field}_uk": uk, f"{field}_en": en}


def make_news(city: City, told: list[About]) -> None:
    """Published messages, some of them current; hours are counted from now."""
    now = timezone.now()
    places = iter(spread_addresses(city, sum("circle_m" in about for about in told)))
    for about in told:
        begins = now + timedelta(hours=about["from"])
        Announcement.objects.create(
            city=city,
            kind=about["kind"],
            starts_at=begins,
            ends_at=begins + timedelta(hours=about["hours"]) if "hours" in about else None,
            published_at=min(begins, now) - timedelta(hours=6),
            area=_area(city, about, places),
            **_in_both("title", about["title"]),
            **_in_both("text", about["text"]),
        )


def _area(city: City, about: About, places: Iterator[Address]) -> MultiPolygon | None:
    if "circle_m" in about:
        middle = next(places).point
        return announcements.area_around(city, Point(middle.x, middle.y, srid=WGS84), about["circle_m"])
    if "districts" in about:
        return announcements.area_of(District.objects.filter(city=city, code__in=about["districts"]))
    return None


def make_ideas(city: City, names: Mapping[str, list[str]], told: list[About]) -> None:
    """The city takes ideas from now on, and has some, by topics."""
    Policy.objects.update_or_create(city=city, defaults={"takes_ideas": True})
    section = Section.objects.create(city=city, code=Section.IDEAS, **_in_both("name", ["Ідеї", "Ideas"]))
    topics = {
        code: Service.objects.create(city=city, section=section, code=code, **_in_both("name", words))
        for code, words in names.items()
    }
    places = spread_addresses(city, len(told))
    now = timezone.now()
    for number, (about, address) in enumerate(zip(told, places, strict=False)):
        at = now - timedelta(days=5 + 9 * number, hours=number)
        _tell_life(_idea(city, topics[about["topic"]], about, address, at), about)


def _idea(city: City, topic: Service, about: About, address: Address, at: datetime) -> Report:
    """One that is public since `at`, where it stands now."""
    status = Status(about.get("status", Status.PUBLISHED))
    return Report.objects.create(
        city=city,
        service=topic,
        text="\n\n".join(filter(None, [about["title"], about.get("details", "")])),
        point=Point(address.point.x, address.point.y, srid=WGS84),
        address=str(address),
        status=status,
        supporters=about["supports"],
        planned_for=timezone.localdate() + timedelta(days=200) if status == Status.PLANNED else None,
        created_at=at,
        published_at=at,
        updated_at=at,
        closed_at=at + ANSWERED_AFTER if status in workflow.CLOSING else None,
    )


def _tell_life(idea: Report, about: About) -> None:
    """Its history: sent, published, and what the city said, if it did."""
    at = idea.created_at
    steps: list[tuple[str, str, str, datetime, str]] = [
        ("", Status.RECEIVED, "reporter", at, ""),
        (Status.RECEIVED, Status.PUBLISHED, Role.MODERATOR, at, ""),
    ]
    if "word" in about:
        later = at + ANSWERED_AFTER
        steps.append((Status.PUBLISHED, idea.status, Role.ADMINISTRATOR, later, about["word"]))
    StatusChange.objects.bulk_create(
        StatusChange(report=idea, before=before, after=after, role=role, at=when, reason=reason)
        for before, after, role, when, reason in steps
    )
