"""Signing up and in: by password, by code, with a second factor."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from districts.models import User
from reports.workflow import Status
from tests.town import PASSWORD, Town

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
DESK = "/horodok/moderation/"
FACTORS = "/accounts/2fa/"


def signed_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def code_in(letter: EmailMessage) -> str:
    """The line of the letter that holds nothing but the code."""
    found = re.search(r"^\s*([A-Z0-9-]{6,})\s*$", str(letter.body), re.MULTILINE)
    assert found is not None
    return found[1]


def code_of(secret: str) -> str:
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))


def sign_in(browser: Client, person: User, password: str = PASSWORD) -> Any:
    return browser.post("/accounts/login/", {"login": person.email, "password": password})


def confirm(browser: Client) -> None:
    """Who changes how to sign in says the password once more."""
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})


@pytest.fixture
def strict(settings: Any) -> None:
    """An installation in which staff needs a second factor."""
    settings.STAFF_MFA = True


def test_a_code_from_a_letter_signs_in(visitor: Client, town: Town) -> None:
    visitor.post("/accounts/login/code/", {"email": town.resident.email})
    visitor.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[0])})
    assert signed_in(visitor)


def test_a_wrong_code_signs_nobody_in(visitor: Client, town: Town) -> None:
    visitor.post("/accounts/login/code/", {"email": town.resident.email})
    answer = visitor.post("/accounts/login/code/confirm/", {"code": "AAAAAA"})
    assert "The code is wrong" in answer.content.decode()
    assert not signed_in(visitor)


def test_who_signs_up_enters_once_the_address_is_confirmed(
    visitor: Client, town: Town, settings: Any
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    said = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    visitor.post("/accounts/signup/", said)
    new = User.objects.get(email="new@example.org")
    assert not signed_in(visitor)
    link = re.search(r"/accounts/confirm-email/\S+", str(mail.outbox[0].body))
    assert link is not None
    visitor.post(link[0])
    sign_in(visitor, new)
    assert signed_in(visitor)


def test_a_letter_is_written_in_the_language_of_its_reader(visitor: Client, town: Town) -> None:
    User.objects.filter(pk=town.resident.pk).update(language="uk")
    visitor.post("/accounts/login/code/", {"email": town.resident.email})
    assert mail.outbox[0].subject.startswith("Відкрите місто: ")


def test_a_letter_is_text_and_the_same_as_html(visitor: Client, town: Town) -> None:
    visitor.post("/accounts/login/code/", {"email": town.resident.email})
    page, kind = mail.outbox[0].alternatives[0]  # type: ignore[attr-defined]
    assert kind == "text/html"
    assert page.startswith("<!doctype html>")


def test_a_portal_without_mail_says_where_its_letters_are(visitor: Client, town: Town, settings: Any) -> None:
    settings.EMAIL_CONFIGURED = False
    answer = visitor.post("/accounts/login/code/", {"email": town.resident.email}, follow=True)
    assert ".local/mail" in answer.content.decode()


def test_after_five_wrong_passwords_the_right_one_waits_too(visitor: Client, town: Town) -> None:
    for _ in range(5):
        sign_in(visitor, town.resident, "не той пароль")
    answer = sign_in(visitor, town.resident)
    assert "Too many wrong attempts" in answer.content.decode()
    assert not signed_in(visitor)


@pytest.mark.parametrize("address", [DESK, "/horodok/", "/me/", "/admin/"])
def test_staff_without_a_second_factor_is_sent_to_set_one_up(
    moderator: Client, town: Town, strict: None, address: str
) -> None:
    assert moderator.get(address)["Location"] == FACTORS


def test_staff_without_a_second_factor_is_told_why(moderator: Client, strict: None) -> None:
    page = moderator.get(DESK, follow=True).content.decode()
    assert "You work for a city" in page


def test_staff_without_a_second_factor_does_nothing(moderator: Client, town: Town, strict: None) -> None:
    report = town.report()
    moderator.post(f"{DESK}{report.pk}/publish/")
    report.refresh_from_db()
    assert report.status == Status.RECEIVED


@pytest.mark.parametrize(
    "address", ["/api/v1/reports/", "/tiles/reports/14/9571/5480.mvt?staff=1&city=horodok"]
)
def test_a_program_of_staff_without_a_second_factor_is_refused(
    moderator: Client, strict: None, address: str
) -> None:
    answer = moderator.get(address)
    assert answer.status_code == 403
    assert "second factor" in answer.json()["detail"]


def test_residents_need_no_second_factor(resident: Client, strict: None) -> None:
    assert resident.get("/horodok/").status_code == 200


def test_staff_that_sets_up_an_app_goes_on_to_where_it_was_going(
    visitor: Client, town: Town, strict: None
) -> None:
    sign_in(visitor, town.moderator)
    visitor.get(DESK)
    confirm(visitor)
    page = visitor.get("/accounts/2fa/totp/activate/")
    answer = visitor.post(
        "/accounts/2fa/totp/activate/", {"code": code_of(page.context["form"].secret)}, follow=True
    )
    assert f'href="{DESK}"' in answer.content.decode()
    assert visitor.get(DESK).status_code == 200
    assert f'href="{DESK}"' not in visitor.get(FACTORS).content.decode()


def test_a_password_alone_does_not_sign_in_where_an_app_is_set_up(visitor: Client, town: Town) -> None:
    TOTP.activate(town.moderator, SECRET)
    assert sign_in(visitor, town.moderator)["Location"] == "/accounts/2fa/authenticate/"
    assert not signed_in(visitor)
    visitor.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert not signed_in(visitor)
    visitor.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET)})
    assert signed_in(visitor)


def test_the_administration_asks_for_the_second_factor_too(visitor: Client, town: Town) -> None:
    root = User.objects.create_superuser("root@example.org", PASSWORD)
    TOTP.activate(root, SECRET)
    assert visitor.get("/admin/login/")["Location"].startswith("/accounts/login/")
    visitor.post("/admin/login/", {"username": root.email, "password": PASSWORD})
    assert not signed_in(visitor)


def test_staff_keeps_its_last_second_factor(visitor: Client, town: Town, strict: None) -> None:
    TOTP.activate(town.moderator, SECRET)
    sign_in(visitor, town.moderator)
    visitor.post("/accounts/2fa/authenticate/", {"code": code_of(SECRET)})
    confirm(visitor)
    answer = visitor.post("/accounts/2fa/totp/deactivate/")
    assert "Add another one first" in answer.content.decode()
    assert Authenticator.objects.filter(user=town.moderator, type=Authenticator.Type.TOTP).exists()
