"""All that the portal knows about a person, for that person (GDPR, article 20)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from districts.models import User
from reports.models import (
    AbuseFlag,
    CleanupGuest,
    Comment,
    Draft,
    Follower,
    HelpOffer,
    Letter,
    Objection,
    Place,
    Report,
    Support,
)

OF_A_REPORT = (
    *(
        "pk",
        "city__slug",
        "service__code",
        "status",
        "text",
        "original_text",
        "address",
        "answers",
        "shows_name",
    ),
    *("contact_name", "contact_email", "contact_phone", "created_at", "published_at", "closed_at", "token"),
)
OF_A_LETTER = ("report_id", "address", "created_at", "sent_at")


def personal_data(person: User) -> dict[str, Any]:
    """Plain data: lists of named values, times with their zone, places as longitude and latitude (WGS84)."""
    return {
        "account": {
            "email": person.email,
            "name": person.name,
            "language": person.language,
            "daily_digest": person.daily_digest,
            "joined": person.date_joined,
        },
        "roles": [
            {"city": role.city.slug, "role": role.role, "department": str(role.department or "")}
            for role in person.memberships.select_related("city", "department")
        ],
        "reports": [_report(report) for report in _own(person)],
        "drafts": _rows(Draft.objects.filter(user=person), "city__slug", "data", "created_at", "updated_at"),
        "comments": _rows(Comment.objects.filter(author=person), "report_id", "text", "state", "at"),
        "supports": _rows(Support.objects.filter(user=person), "report_id", "at"),
        "follows": _rows(Follower.objects.filter(user=person), "report_id", "at"),
        "objections": _objections(person),
        "flags": _rows(AbuseFlag.objects.filter(user=person), "report_id", "reason", "at"),
        "help_offered": _rows(
            HelpOffer.objects.filter(user=person),
            "report_id",
            "partner__name",
            "text",
            "day",
            "cleanup",
            "shows_name",
            "state",
            "at",
        ),
        "cleanups_joined": _rows(
            CleanupGuest.objects.filter(user=person), "offer__report_id", "shows_name", "at"
        ),
        "places_suggested": _rows(
            Place.objects.filter(suggested_by=person),
            "city__slug",
            "name_uk",
            "address",
            "state",
            "reason",
            "at",
        ),
        "letters": _rows(Letter.objects.filter(user=person), *OF_A_LETTER),
    }


def _own(person: User) -> Iterable[Report]:
    reports = Report.objects.filter(reporter=person).select_related("city", "service").order_by("pk")
    return reports.prefetch_related("changes", "photos")


def _report(report: Report) -> dict[str, Any]:
    said = {name.replace("__", "_"): _value(report, name) for name in OF_A_REPORT}
    steps = ("at", "before", "after", "note", "reason")
    return said | {
        "place": report.point.coords if report.point else None,
        "history": [{name: getattr(step, name) for name in steps} for step in report.changes.all()],
        "photos": [{"at": photo.at, "token": photo.token} for photo in report.photos.all()],
    }


def _value(thing: object, name: str) -> Any:
    for part in name.split("__"):
        thing = getattr(thing, part)
    return thing


def _objections(person: User) -> list[dict[str, Any]]:
    return [
        {
            "report_id": one.report_id,
            "reason": one.reason,
            "at": one.at,
            "place": one.point and one.point.coords,
        }
        for one in Objection.objects.filter(user=person).order_by("pk")
    ]


def _rows(things: QuerySet[Any], *names: str) -> list[dict[str, Any]]:
    return list(things.order_by("pk").values(*names))
