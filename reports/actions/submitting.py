"""How a report comes in."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.gis.geos import Point
from django.db import IntegrityError, transaction
from django.utils import timezone

from districts.ideas import takes_ideas
from districts.models import Policy, Reporters, Role, Section, Service, User
from layers.models import Asset, City
from reports import notices
from reports.actions.steps import REPORTER, append
from reports.borders import refuse_outside
from reports.errors import KeyUsed, MayNotReport, NoIdeas
from reports.models import Report
from reports.text import clean
from reports.workflow import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What somebody tells the city; `point` is WGS84. With a `key`, sending it twice makes one report."""

    city: City
    service: Service
    text: str
    point: Point | None = None
    address: str = ""
    asset: Asset | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    reporter: User | None = None
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    shows_name: bool = False
    written_by: User | None = None
    """Who of the staff wrote it down for somebody else, such as after a call."""
    key: str | None = None

    def fingerprint(self) -> str:
        """A digest of what is said, to tell a repetition from another report under the same key."""
        place = (round(self.point.x, 7), round(self.point.y, 7)) if self.point else None
        said = [self.city.pk, self.service.pk, self.text, place, self.address, self.contact_email]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    def scoped_key(self) -> str | None:
        """The key, unguessably different for each person and city."""
        if not self.key:
            return None
        person = self.written_by or self.reporter
        return hashlib.sha256(
            json.dumps([self.city.pk, person.pk if person else None, self.key]).encode()
        ).hexdigest()


@dataclass(frozen=True, slots=True)
class Submitted:
    report: Report
    created: bool
    """False where the same key had already brought this report."""


def submit(submission: Submission) -> Submitted:
    """Take a report in for moderation.

    Raises OutsideTheCity, NoIdeas where the city takes none, MayNotReport where it wants to know who reports, or
    KeyUsed for a key that brought something else.
    """
    if submission.service.section.code == Section.IDEAS and not takes_ideas(submission.city):
        raise NoIdeas
    key = submission.scoped_key()
    confirmed = _is_confirmed(submission)
    if submission.point is not None:
        refuse_outside(submission.city, submission.point)
    try:
        with transaction.atomic():
            return Submitted(_receive(submission, key, confirmed=confirmed), created=True)
    except IntegrityError:
        earlier = Report.objects.filter(idempotency_key=key).first() if key else None
        if earlier is None:
            raise
    if earlier.fingerprint != submission.fingerprint():
        raise KeyUsed(earlier)
    return Submitted(earlier, created=False)


@transaction.atomic
def confirm_address(token: str) -> Report:
    """The sender of the report with this token proved the address; from now on moderators see it."""
    report = Report.objects.select_for_update().get(token=token)
    if report.confirmed_at is None:
        report.confirmed_at = timezone.now()
        report.save(update_fields=["confirmed_at"])
    return report


def _is_confirmed(submission: Submission) -> bool:
    """Whether moderators may see it at once. Raises MayNotReport."""
    if submission.reporter or submission.written_by:
        return True
    reporters = Policy.of(submission.city).reporters
    if reporters == Reporters.REGISTERED:
        raise MayNotReport.without_account()
    if reporters == Reporters.CONFIRMED and not submission.contact_email:
        raise MayNotReport.without_address()
    return reporters != Reporters.CONFIRMED


def _receive(submission: Submission, key: str | None, *, confirmed: bool) -> Report:
    now = timezone.now()
    report = Report.objects.create(
        city=submission.city,
        service=submission.service,
        text=clean(submission.text),
        address=clean(submission.address),
        point=submission.point,
        asset=submission.asset,
        answers=dict(submission.answers),
        reporter=submission.reporter,
        contact_name=clean(submission.contact_name),
        contact_email=submission.contact_email,
        contact_phone=clean(submission.contact_phone),
        shows_name=submission.shows_name,
        on_behalf=submission.written_by is not None,
        idempotency_key=key,
        fingerprint=submission.fingerprint(),
        created_at=now,
        confirmed_at=now if confirmed else None,
    )
    role = Role.MODERATOR if submission.written_by else REPORTER
    by = submission.written_by or submission.reporter
    change = append(report, None, Status.RECEIVED, by=by, role=role, at=now)
    notices.received(report, change)
    return report
