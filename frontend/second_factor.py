"""Staff and their second factor: who still lacks one."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from districts.models import User
from frontend.cities import person

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""Recovery codes alone are none: they only stand in for one of these."""

WANTED = "second_factor_for"
"""Where the session keeps the page that staff was going to."""


def needs_second_factor(user: User) -> bool:
    """Whether this installation wants one of this person."""
    return bool(settings.STAFF_MFA) and user.is_staff_member


def lacks_second_factor(request: HttpRequest) -> bool:
    """Whether staff asks that has none yet; one query for staff, none for others where no page asked for roles."""
    user = person(request)
    if user is None or not needs_second_factor(user):
        return False
    return not Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists()
