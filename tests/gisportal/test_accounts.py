"""The demo's accounts stay in the demo."""

from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from districts.models import User
from gisportal.checks import staff_has_its_second_factor, staff_needs_a_second_factor

PASSWORD = "correct horse battery"


def sign_in(client: Client, email: str) -> bool:
    client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    return "_auth_user_id" in client.session


@pytest.mark.django_db
@pytest.mark.parametrize(("demo", "email", "enters"), [
    (True, "admin@vasylkiv.example", True),
    (False, "admin@vasylkiv.example", False),
    (False, "admin@helsinki.example", False),
    (False, "olena@vasylkiv.example.org", True),
])  # fmt: skip
def test_a_demo_account_signs_in_only_in_the_demo(
    settings: Any, demo: bool, email: str, enters: bool
) -> None:
    settings.DEMO = demo
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    User.objects.create_user(email, PASSWORD)
    assert sign_in(Client(), email) is enters


@pytest.mark.django_db
def test_a_session_of_a_demo_account_ends_with_the_demo(settings: Any) -> None:
    settings.DEMO = True
    client = Client()
    client.force_login(
        User.objects.create_user("a@vasylkiv.example", PASSWORD), "gisportal.accounts.PasswordBackend"
    )
    settings.DEMO = False
    assert client.get("/api/v1/reports/").wsgi_request.user.is_anonymous


@pytest.mark.django_db
def test_the_check_before_deploying_names_staff_without_a_second_factor(settings: Any) -> None:
    settings.STAFF_MFA = True
    User.objects.create_superuser("bare@example.org")
    safe = User.objects.create_superuser("safe@example.org")
    TOTP.activate(safe, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    User.objects.create_user("resident@example.org")
    (warning,) = staff_has_its_second_factor(None, databases=["default"])
    assert warning.msg == "Staff without a second factor: bare@example.org"


def test_the_check_before_deploying_warns_where_staff_needs_none(settings: Any) -> None:
    settings.STAFF_MFA, settings.DEMO = False, False
    assert [warning.id for warning in staff_needs_a_second_factor(None)] == ["gisportal.W001"]
    settings.STAFF_MFA = True
    assert staff_needs_a_second_factor(None) == []
