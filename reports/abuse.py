"""Asked before an action that anybody may take: is this sender blocked, or was it done too often in an hour?"""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from districts.models import User
from layers.models import City
from reports.errors import Blocked, TooOften
from reports.models import AttemptCount, BlockedSender

PERIOD = timedelta(hours=1)
KEPT_FOR = timedelta(days=1)
SALT = "reports.abuse"
IPV6_PREFIX = 64
"""What one subscriber gets; single addresses of it cost nothing."""
WAIT = "portal.wait_s"
"""Where a request remembers that it was too often, and for how many seconds."""


class Act(StrEnum):
    REPORT = "report"
    COMMENT = "comment"
    OBJECT = "object"
    FLAG = "flag"
    SUPPORT = "support"
    FOLLOW = "follow"
    SUGGEST = "suggest"
    HELP = "help"
    ASK_FOR_LETTERS = "ask-for-letters"


LIMITS: Mapping[Act, int] = {
    Act.REPORT: 120,
    Act.COMMENT: 30,
    Act.OBJECT: 20,
    Act.FLAG: 20,
    Act.SUPPORT: 200,
    Act.FOLLOW: 200,
    Act.SUGGEST: 30,
    Act.HELP: 30,
    # Each writes to an address that may be somebody else's.
    Act.ASK_FOR_LETTERS: 20,
}
"""An hour: for a person who is signed in, or for an address of the network; visitors' reports have a setting."""


@dataclass(frozen=True, slots=True)
class Sender:
    person: User | None
    address: str
    """Of the network, as `client_address` gives it."""

    @property
    def digest(self) -> str:
        """Tells senders apart, and tells nobody who they are."""
        name = f"person:{self.person.pk}" if self.person else f"address:{_subscriber(self.address)}"
        return salted_hmac(SALT, name, algorithm="sha256").hexdigest()


def admit(request: HttpRequest, act: Act, city: City, email: str = "") -> None:
    """Count one more attempt. Raises Blocked for words of a blocked sender, TooOften beyond the hour's limit."""
    sender = Sender(request.user if isinstance(request.user, User) else None, client_address(request.META))
    if act not in (Act.SUPPORT, Act.FOLLOW):
        _refuse_blocked(city, sender, email)
    try:
        count(act, sender, timezone.now())
    except TooOften as refusal:
        request.META[WAIT] = refusal.wait_s
        raise


def count(act: Act, sender: Sender, now: datetime) -> None:
    """Count an attempt, exactly, whatever processes count beside; raises TooOften where the hour's are used up."""
    limit = settings.ANONYMOUS_REPORTS_AN_HOUR if act == Act.REPORT and not sender.person else LIMITS[act]
    mine = AttemptCount.objects.filter(act=act, who=sender.digest)
    if _once_more(mine, limit, now):
        return
    since = mine.values_list("since", flat=True).first()
    if since is None:
        first = AttemptCount(act=act, who=sender.digest, since=now, number=0)
        AttemptCount.objects.bulk_create([first], ignore_conflicts=True)
        if _once_more(mine, limit, now):
            return
        since = now
    raise TooOften(max(1, int((since + PERIOD - now).total_seconds())))


def _once_more(mine: QuerySet[AttemptCount], limit: int, now: datetime) -> bool:
    """Whether there was room. Each is one statement that looks and writes: the database lets in one at a time."""
    within = mine.filter(since__gt=now - PERIOD, number__lt=limit)
    return bool(
        within.update(number=F("number") + 1)
        or mine.filter(since__lte=now - PERIOD).update(since=now, number=1)
    )


def client_address(meta: Mapping[str, Any]) -> str:
    """Who asks: the peer, or behind a proxy whom the proxy itself saw; what a client claims counts nothing."""
    told = str(meta.get("HTTP_X_FORWARDED_FOR", "")) if settings.BEHIND_PROXY else ""
    return told.rpartition(",")[2].strip() or str(meta.get("REMOTE_ADDR", ""))


def forget_counts(now: datetime) -> int:
    """Throw away counts that began a day ago; how many there were."""
    return AttemptCount.objects.filter(since__lt=now - KEPT_FOR).delete()[0]


def _refuse_blocked(city: City, sender: Sender, email: str) -> None:
    mine = {email.lower(), sender.person.email.lower() if sender.person else ""} - {""}
    blocks = BlockedSender.objects.in_force(timezone.now()).filter(city=city).order_by()
    for kind, value in blocks.values_list("kind", "value"):
        if _covers(kind, value, mine, sender.address):
            raise Blocked(city)


def _covers(kind: str, value: str, emails: set[str], address: str) -> bool:
    match kind:
        case BlockedSender.Kind.EMAIL:
            return value in emails
        case BlockedSender.Kind.DOMAIN:
            return any(f".{email.rpartition('@')[2]}".endswith(f".{value}") for email in emails)
    found = _parsed(address)
    return found is not None and found in ipaddress.ip_network(value)


def _subscriber(address: str) -> str:
    """The part of the address that one subscriber has: all of IPv4, the first 64 bits of IPv6."""
    found = _parsed(address)
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, IPV6_PREFIX), strict=False))
    return str(found or "unknown")


def _parsed(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found
