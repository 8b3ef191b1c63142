"""What `manage.py check --deploy` says of accounts; with `--database default` also who lacks a second factor."""

from collections.abc import Sequence
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Tags, register
from django.db.models import Q

from districts.models import STAFF_ROLES, User
from frontend.second_factor import FACTORS


@register(Tags.security, deploy=True)
def staff_needs_a_second_factor(app_configs: Any, **said: Any) -> list[CheckMessage]:
    """A warning where a stolen password alone opens a city's desk."""
    if settings.STAFF_MFA or settings.DEMO:
        return []
    return [
        checks.Warning("STAFF_MFA is off: a password alone opens the staff’s pages.", id="gisportal.W001")
    ]


@register(Tags.database, deploy=True)
def staff_has_its_second_factor(
    app_configs: Any, databases: Sequence[str] | None = None, **said: Any
) -> list[CheckMessage]:
    """A warning that names the staff whose pages stay closed until a second factor is set up."""
    if not databases or not settings.STAFF_MFA:
        return []
    staff = Q(is_staff=True) | Q(is_superuser=True) | Q(memberships__role__in=STAFF_ROLES)
    safe = Authenticator.objects.filter(type__in=FACTORS).values("user")
    without = User.objects.filter(staff, is_active=True).exclude(pk__in=safe).distinct().order_by("email")
    names = ", ".join(without.values_list("email", flat=True))
    return [checks.Warning(f"Staff without a second factor: {names}", id="gisportal.W002")] if names else []
