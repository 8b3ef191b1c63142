"""One's account: the name, the address, the password."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from districts.models import User
from tests.frontend.test_accounts import code_in, sign_in, signed_in
from tests.town import PASSWORD, Town

ACCOUNT = "/me/account/"


def test_the_account_says_how_one_signs_in(resident: Client) -> None:
    page = resident.get(ACCOUNT).content.decode()
    assert "resident@example.org" in page
    assert "/accounts/password/change/" in page
    assert "/accounts/2fa/" in page


def test_an_account_without_a_password_offers_to_set_one(resident: Client, town: Town) -> None:
    town.resident.set_unusable_password()
    town.resident.save()
    resident.force_login(town.resident)
    assert "/accounts/password/set/" in resident.get(ACCOUNT).content.decode()


def test_a_name_is_changed(resident: Client, town: Town) -> None:
    resident.post(ACCOUNT, {"name": "Олена К."})
    assert User.objects.get(pk=town.resident.pk).name == "Олена К."


def test_a_name_too_long_is_refused_and_kept_in_the_form(resident: Client) -> None:
    answer = resident.post(ACCOUNT, {"name": "О" * 121})
    assert answer.status_code == 422
    assert "О" * 121 in answer.content.decode()


@pytest.fixture
def confirmed(town: Town) -> None:
    """The resident's address is confirmed."""
    EmailAddress.objects.create(user=town.resident, email=town.resident.email, verified=True, primary=True)


def test_an_address_is_changed_when_its_letter_is_opened(
    visitor: Client, town: Town, confirmed: None
) -> None:
    sign_in(visitor, town.resident)
    visitor.post("/accounts/email/", {"email": "olena@example.org", "action_add": "1"})
    assert User.objects.get(pk=town.resident.pk).email == "resident@example.org"
    link = re.search(r"/accounts/confirm-email/\S+", str(mail.outbox[-1].body))
    assert mail.outbox[-1].to == ["olena@example.org"]
    assert link is not None
    visitor.post(link[0])
    assert User.objects.get(pk=town.resident.pk).email == "olena@example.org"


def test_an_address_that_was_never_confirmed_is_not_dropped_for_another(visitor: Client, town: Town) -> None:
    sign_in(visitor, town.resident)
    answer = visitor.post("/accounts/email/", {"email": "olena@example.org", "action_add": "1"})
    assert "Confirm your present address first" in answer.content.decode()
    assert User.objects.get(pk=town.resident.pk).email == "resident@example.org"


def test_a_forgotten_password_is_set_anew_by_a_letter(visitor: Client, town: Town) -> None:
    visitor.post("/accounts/password/reset/", {"email": town.resident.email})
    link = re.search(r"/accounts/password/reset/key/\S+", str(mail.outbox[0].body))
    assert link is not None
    form = visitor.get(link[0], follow=True)
    new = "зовсім інший пароль"
    visitor.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    sign_in(visitor, town.resident, new)
    assert "_auth_user_id" in visitor.session


@pytest.fixture
def invited(db: None, settings: Any) -> User:
    """Somebody whom an administrator wrote down, where addresses must be confirmed."""
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    return User.objects.create_user("invited@example.org")


def test_who_was_invited_sets_the_first_password_by_a_letter_and_enters(
    visitor: Client, invited: User
) -> None:
    visitor.post("/accounts/password/reset/", {"email": invited.email})
    link = re.search(r"/accounts/password/reset/key/\S+", str(mail.outbox[0].body))
    assert link is not None
    form = visitor.get(link[0], follow=True)
    visitor.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    sign_in(visitor, invited)
    assert signed_in(visitor)


def test_who_was_invited_enters_by_a_code(visitor: Client, invited: User) -> None:
    visitor.post("/accounts/login/code/", {"email": invited.email})
    visitor.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[0])})
    assert signed_in(visitor)
    assert EmailAddress.objects.get(user=invited).primary


def test_two_passwords_that_differ_are_told_apart(visitor: Client, town: Town) -> None:
    sign_in(visitor, town.resident)
    said = {"oldpassword": PASSWORD, "password1": "зовсім інший пароль", "password2": "ще інший пароль"}
    answer = visitor.post("/accounts/password/change/", said)
    assert "The two passwords differ" in answer.content.decode()


def test_empty_fields_are_named(visitor: Client, db: None) -> None:
    page = visitor.post("/accounts/login/", {}).content.decode()
    assert "Write your e-mail address." in page
    assert "Write your password." in page
