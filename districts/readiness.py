"""How far a city's settings have come."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from districts.models import CannedText, Department, Holiday, Membership, Page, Responsibility, Role, Service
from layers.models import City


@dataclass(frozen=True, slots=True)
class Gap:
    """Something the city lacks, in a sentence; `screen` is where it is mended: people, departments …"""

    screen: str
    sentence: str


def counts(city: City) -> dict[str, int]:
    """How many rows each screen holds."""
    return {
        "members": Membership.objects.filter(city=city).count(),
        "departments": Department.objects.serving(city).count(),
        "services": Service.objects.filter(city=city).count(),
        "pages": Page.objects.filter(city=city).count(),
        "texts": CannedText.objects.filter(city=city).count(),
        "holidays": Holiday.objects.filter(city=city).count(),
    }


def gaps(city: City) -> list[Gap]:
    """What to see to, the most pressing first."""
    found = [*_without_people(city), *_without_answers(city), *_without_mail(city)]
    if not Page.objects.filter(city=city).exists():
        found.append(Gap("pages", _("The city has no pages yet: rules, privacy, accessibility, contacts.")))
    return found


def _without_people(city: City) -> list[Gap]:
    roles = set(Membership.objects.filter(city=city).values_list("role", flat=True))
    if Role.MODERATOR in roles:
        return []
    return [Gap("members", _("Nobody is a moderator yet, so that only administrators can publish reports."))]


def _without_answers(city: City) -> list[Gap]:
    rules = Responsibility.objects.on(timezone.localdate()).filter(service=OuterRef("pk"))
    nobodys = Service.objects.filter(~Exists(rules), city=city, active=True, section__code="problems").count()
    if not nobodys:
        return []
    words = ngettext(
        "%(number)d service is answered for by nobody; its reports wait for a moderator to send them on.",
        "%(number)d services are answered for by nobody; their reports wait for a moderator to send them on.",
        nobodys,
    )
    return [Gap("services", words % {"number": nobodys})]


def _without_mail(city: City) -> list[Gap]:
    silent = Department.objects.filter(city=city, email="").count()
    if not silent:
        return []
    words = ngettext(
        "%(number)d department has no e-mail address and hears of its reports on its own screen only.",
        "%(number)d departments have no e-mail address and hear of their reports on their own screens only.",
        silent,
    )
    return [Gap("departments", words % {"number": silent})]
