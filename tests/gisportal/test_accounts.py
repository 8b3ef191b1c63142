"""The demo's accounts stay in the demo."""

from typing import Any

import pytest
from django.test import Client

from districts.models import User

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
