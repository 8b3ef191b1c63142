"""Signing in: the demo's accounts, whose password everybody knows, stay in the demo."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from districts.models import User

DEMO_DOMAINS = ("@vasylkiv.example", "@helsinki.example")
"""Addresses nobody can own (RFC 2606)."""


def may_enter(user: User) -> bool:
    """Whether the account is none of the demo's, or this is the demo."""
    return bool(settings.DEMO) or not user.email.endswith(DEMO_DOMAINS)


class PasswordBackend(ModelBackend):
    """Django's own, which also tells for each request who is signed in."""

    def authenticate(  # type: ignore[override]  # what the stubs name stands among the credentials
        self, request: HttpRequest | None, **credentials: Any
    ) -> User | None:
        """The account of these credentials, None for one that may not enter."""
        return _entering(super().authenticate(request, **credentials))

    def get_user(self, user_id: int) -> User | None:
        """The account of a session, None for one that may not enter any more."""
        return _entering(super().get_user(user_id))


class AddressBackend(AuthenticationBackend):  # type: ignore[misc]  # untyped
    """allauth's, by e-mail address."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        """The account of these credentials, None for one that may not enter."""
        return _entering(super().authenticate(request, **credentials))

    def get_user(self, user_id: int) -> User | None:
        """The account of a session, None for one that may not enter any more."""
        return _entering(super().get_user(user_id))


def _entering(user: Any) -> User | None:
    return user if isinstance(user, User) and may_enter(user) else None
