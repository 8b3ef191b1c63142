"""What may happen to a report: one verb, one function, one transaction. Nothing else writes."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.gis.geos import Point
from django.db import IntegrityError, transaction
from django.utils import timezone

from districts.models import District, DistrictSet, Role, Service, User
from districts.routing import Decision, route
from layers.models import Asset, City
from reports import notices, workflow
from reports.errors import KeyUsed, NeedsAReason, NotPlaced, OutsideTheCity
from reports.models import Report, ReportDistrict, StatusChange
from reports.workflow import Status

REPORTER = "reporter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What somebody tells the city; `point` is WGS84. With a `key`, sending it twice makes one report."""

    city: City
    service: Service
    text: str
    point: Point | None = None
    address: str = ""
    asset: Asset | None = None
    reporter: User | None = None
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
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
        person = self.reporter.pk if self.reporter else None
        return hashlib.sha256(json.dumps([self.city.pk, person, self.key]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Submitted:
    report: Report
    created: bool
    """False where the same key had already brought this report."""


def submit(submission: Submission) -> Submitted:
    """Take a report in for moderation. Raises OutsideTheCity, or KeyUsed for a key that brought something else."""
    key = submission.scoped_key()
    if submission.point is not None:
        _refuse_outside(submission.city, submission.point)
    try:
        with transaction.atomic():
            return Submitted(_receive(submission, key), created=True)
    except IntegrityError:
        earlier = Report.objects.filter(idempotency_key=key).first() if key else None
        if earlier is None:
            raise
    if earlier.fingerprint != submission.fingerprint():
        raise KeyUsed(earlier)
    return Submitted(earlier, created=False)


def _receive(submission: Submission, key: str | None) -> Report:
    report = Report.objects.create(
        city=submission.city,
        service=submission.service,
        text=submission.text,
        address=submission.address,
        point=submission.point,
        asset=submission.asset,
        reporter=submission.reporter,
        contact_name=submission.contact_name,
        contact_email=submission.contact_email,
        contact_phone=submission.contact_phone,
        idempotency_key=key,
        fingerprint=submission.fingerprint(),
    )
    _append(report, None, Status.RECEIVED, by=submission.reporter, role=REPORTER, at=report.created_at)
    return report


@transaction.atomic
def place(pk: int, point: Point, by: User) -> Report:
    """Put a received report on the map. Raises OutsideTheCity; ForbiddenStep once it is published."""
    report = _locked(pk)
    workflow.check(Status(report.status), Status.PUBLISHED)
    _refuse_outside(report.city, point)
    report.point = point
    report.updated_at = timezone.now()
    report.save(update_fields=["point", "updated_at"])
    return report


@transaction.atomic
def publish(pk: int, by: User) -> Report:
    """Show a received report to everybody and route it to who answers. Raises NotPlaced or ForbiddenStep."""
    report = _locked(pk)
    workflow.check(Status(report.status), Status.PUBLISHED)
    if report.point is None:
        raise NotPlaced
    now = timezone.now()
    _assign(report, route(report.point, report.service, report.asset, timezone.localdate(now)), now)
    report.published_at = now
    _change(report, Status.PUBLISHED, by=by, role=Role.MODERATOR, at=now)
    _remember_districts(report, now)
    notices.published(report)
    return report


@transaction.atomic
def reject(pk: int, by: User, reason: str) -> Report:
    """Keep a received report from the public, telling its sender why. Raises NeedsAReason or ForbiddenStep."""
    return _step(pk, Status.REJECTED, by, Role.MODERATOR, _given(reason))


@transaction.atomic
def start(pk: int, by: User, reason: str = "") -> Report:
    """The department begins. Raises ForbiddenStep."""
    return _step(pk, Status.IN_PROGRESS, by, Role.DEPARTMENT, reason.strip())


@transaction.atomic
def resolve(pk: int, by: User, reason: str) -> Report:
    """The department says what was done. Raises NeedsAReason or ForbiddenStep."""
    return _step(pk, Status.RESOLVED, by, Role.DEPARTMENT, _given(reason))


@transaction.atomic
def reopen(pk: int, by: User | None, reason: str) -> Report:
    """Its reporter says that it isn't solved; the clock goes on. Raises NeedsAReason or ForbiddenStep."""
    return _step(pk, Status.REOPENED, by, REPORTER, _given(reason))


def _step(pk: int, then: Status, by: User | None, role: str, reason: str) -> Report:
    report = _locked(pk)
    workflow.check(Status(report.status), then)
    _change(report, then, by=by, role=role, reason=reason, at=timezone.now())
    notices.changed(report)
    return report


def _locked(pk: int) -> Report:
    """The report, for one writer at a time: of two people acting at once the second sees what the first did."""
    return Report.objects.select_for_update(of=("self",)).select_related("city", "service").get(pk=pk)


def _change(
    report: Report, then: Status, *, by: User | None, role: str, at: datetime, reason: str = ""
) -> None:
    """The only place where a status changes."""
    before = Status(report.status)
    report.status = then
    report.updated_at = at
    report.closed_at = at if then in workflow.CLOSING else None
    report.save(
        update_fields=[
            "status",
            "updated_at",
            "closed_at",
            "published_at",
            "department",
            "asset",
            "decision",
            "due_at",
        ]
    )
    _append(report, before, then, by=by, role=role, reason=reason, at=at)


def _append(
    report: Report,
    before: Status | None,
    then: Status,
    *,
    by: User | None,
    role: str,
    at: datetime,
    reason: str = "",
) -> None:
    StatusChange.objects.create(
        report=report,
        at=at,
        before=before or "",
        after=then,
        actor=by,
        role=role,
        department_id=report.department_id,
        reason=reason,
    )


def _assign(report: Report, decision: Decision, now: datetime) -> None:
    report.decision = decision.as_data()
    report.department_id = decision.department_id
    best = decision.best
    if best is None:
        return
    report.asset_id = report.asset_id or best.asset_id
    if best.due_days is not None:
        report.due_at = now + timedelta(days=best.due_days)


def _remember_districts(report: Report, now: datetime) -> None:
    """Keep the district of each set that holds the report today; the smaller one where two of a set overlap."""
    assert report.point is not None
    holding = District.objects.filter(city_id=report.city_id).within_the_city().on(timezone.localdate(now))
    rows = holding.covering(report.point).order_by("-area_m2", "-code").values_list("set_id", "pk")
    found = dict(rows.iterator())
    ReportDistrict.objects.bulk_create(
        ReportDistrict(report=report, city_id=report.city_id, set_id=set_id, district_id=pk)
        for set_id, pk in found.items()
    )


def _refuse_outside(city: City, point: Point) -> None:
    if City.objects.filter(pk=city.pk, boundary__covers=point).exists():
        return
    neighbours = District.objects.filter(city=city, set__code=DistrictSet.NEIGHBOURS).on(timezone.localdate())
    neighbour = neighbours.covering(point).first()
    raise OutsideTheCity(str(city), str(neighbour) if neighbour else None)


def _given(reason: str) -> str:
    if not reason.strip():
        raise NeedsAReason
    return reason.strip()
