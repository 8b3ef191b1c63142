"""Who is told what: outbox rows and the jobs that send them are written by the transaction that made the event."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from procrastinate.types import JSONDict

from districts.models import Membership, Policy, User
from reports import jobs
from reports.models import HelpOffer, Letter, Report, StatusChange
from reports.workflow import PUBLIC, Status

DIGEST_HOUR = 8
"""When the day's digest goes out, by the city's clocks."""


def received(report: Report, change: StatusChange) -> None:
    """Tell the sender that the report came in, with its tracking address; or how to confirm the address."""
    _send(_to_reporter(report, change))


def changed(report: Report, change: StatusChange, *, to_department: bool = False) -> None:
    """Tell the reporter, what is public to the followers, and the department where it has something to do."""
    letters = list(_to_reporter(report, change))
    if report.status in PUBLIC and not report.private:
        letters += _to_followers(report, change)
    if to_department and report.department is not None and report.department.email and report.is_open:
        letters.append(
            _letter(report, change, "department", report.department.email, department=report.department)
        )
    _send(iter(letters))


def invited(membership: Membership) -> None:
    """Tell a person what they are in the city now, and where to sign in."""
    event, address = f"membership:{membership.pk}", membership.user.email
    _send(
        iter(
            [
                Letter(
                    membership=membership,
                    event=event,
                    audience="invitation",
                    address=address,
                    user=membership.user,
                    language=membership.user.language,
                    message_id=_message_id(event, "invitation", address),
                )
            ]
        )
    )


def asked_to_follow(report: Report, address: str) -> None:
    """Send the link that lets an address follow, unless it got one for this report today."""
    event, audience = f"follow:{report.pk}:{timezone.localdate()}", "follow_asked"
    if not Letter.objects.filter(event=event, address=address).exists():
        message_id = _message_id(event, audience, address)
        _send(
            iter(
                [
                    Letter(
                        report=report, event=event, audience=audience, address=address, message_id=message_id
                    )
                ]
            )
        )


def help_offered(offer: HelpOffer) -> None:
    """Tell the department that somebody offers to help, and how to reach them."""
    _send(iter(_offer_to_department(offer)))


def help_answered(offer: HelpOffer) -> None:
    """Tell the helper what the department says: accepted, declined, or thanks."""
    _send(iter(_offer_to_people(offer, [offer.user] if offer.user else [])))


def help_withdrawn(offer: HelpOffer) -> None:
    """Tell the department, and whoever meant to come, that the helper took it back."""
    guests = [guest.user for guest in offer.guests.select_related("user")]
    _send(iter([*_offer_to_department(offer), *_offer_to_people(offer, guests)]))


def _offer_to_department(offer: HelpOffer) -> list[Letter]:
    body = offer.report.department
    return [_offer_letter(offer, "offer", body.email, department=body)] if body and body.email else []


def _offer_to_people(offer: HelpOffer, people: list[User]) -> list[Letter]:
    return [_offer_letter(offer, "helper", one.email, user=one, language=one.language) for one in people]


def _offer_letter(offer: HelpOffer, audience: str, address: str, **more: object) -> Letter:
    event = f"offer:{offer.pk}:{offer.state}"
    more.setdefault("language", settings.LANGUAGE_CODE)
    return Letter(
        report=offer.report,
        offer=offer,
        event=event,
        audience=audience,
        address=address,
        message_id=_message_id(event, audience, address),
        send_after=_when(offer.report, timezone.now(), daily=False),
        **more,
    )


def _to_reporter(report: Report, change: StatusChange) -> Iterator[Letter]:
    address = report.contact_email or (report.reporter.email if report.reporter else "")
    if address and (
        change.actor_id is None or change.actor_id != report.reporter_id or change.after == Status.RECEIVED
    ):
        yield _letter(report, change, "reporter", address, user=report.reporter)


def _to_followers(report: Report, change: StatusChange) -> Iterator[Letter]:
    own = report.contact_email or (report.reporter.email if report.reporter else "")
    for follower in report.followers.prefetch_related("user"):
        if follower.address != own and (follower.user_id is None or follower.user_id != change.actor_id):
            yield _letter(report, change, "follower", follower.address, user=follower.user, follower=follower)


def _letter(
    report: Report,
    change: StatusChange,
    audience: str,
    address: str,
    user: User | None = None,
    **more: object,
) -> Letter:
    event = f"change:{change.pk}"
    daily = bool(user and user.daily_digest and audience == "follower")
    return Letter(
        report=report,
        change=change,
        event=event,
        audience=audience,
        address=address,
        user=user,
        language=user.language if user else settings.LANGUAGE_CODE,
        message_id=_message_id(event, audience, address),
        daily=daily,
        send_after=_when(report, change.at, daily=daily),
        **more,
    )


def _message_id(event: str, audience: str, address: str) -> str:
    """The same for the same event and recipient, so that a mailbox knows a second delivery when it sees one."""
    digest = hashlib.sha256(f"{settings.SECRET_KEY}|{event}|{audience}|{address}".encode()).hexdigest()[:32]
    return f"<{digest}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].rstrip('>')}>"


def _when(report: Report, at: datetime, *, daily: bool) -> datetime:
    """At once; but the digest's hour for those who want one letter a day, and not in the city's quiet hours."""
    local = at.astimezone(ZoneInfo(report.city.time_zone))
    if daily:
        hour = local.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
        return hour if hour > local else hour + timedelta(days=1)
    policy = Policy.of(report.city)
    if policy.quiet_from is None or policy.quiet_until is None:
        return at
    now, start, end = local.time(), policy.quiet_from, policy.quiet_until
    quiet = start <= now < end if start < end else now >= start or now < end
    if not quiet:
        return at
    until = local.replace(hour=end.hour, minute=end.minute, second=0, microsecond=0)
    return until if until > local else until + timedelta(days=1)


def _send(letters: Iterator[Letter]) -> None:
    """Write the letters down and have them sent; the same event never reaches an address twice."""
    now = timezone.now()
    kept = [letter for letter in Letter.objects.bulk_create(letters) if not letter.daily]
    at_once = [letter for letter in kept if letter.send_after <= now]
    if at_once:
        wanted: list[JSONDict] = [{"letter_id": letter.pk} for letter in at_once]
        jobs.deliver.batch_defer(*wanted)
    for letter in kept:
        if letter.send_after > now:
            jobs.deliver.configure(schedule_at=letter.send_after).defer(letter_id=letter.pk)


@transaction.atomic
def send_again(pk: int) -> None:
    """Try a letter once more that the mail server had refused; nothing happens to any other."""
    if Letter.objects.filter(pk=pk).exclude(failure="").update(failure="", daily=False):
        jobs.deliver.defer(letter_id=pk)
