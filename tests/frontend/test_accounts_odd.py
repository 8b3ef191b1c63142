"""What nobody would send to the account's pages: answered, never choked on."""

import pytest
from django.test import Client

from tests.frontend.test_accounts import confirm, sign_in, signed_in
from tests.town import Town

DEVICE_ANSWERS = [
    "",
    "[]",
    "null",
    "{}",
    '{"response": []}',
    '{"response": {"userHandle": 1}}',
    '{"id": "a", "rawId": "a", "type": "public-key", "response": {"clientDataJSON": "%", "userHandle": "MQ"}}',
    "[" * 3000,
]
SENT = [
    ("/accounts/login/", {"login": "a\x00@b.c", "password": "x\x00"}),
    ("/accounts/login/", {"login": "a@" + "b" * 5000 + ".c", "password": "x" * 5000}),
    ("/accounts/signup/", {"email": "\x00", "password1": "\x00" * 12}),
    ("/accounts/login/code/", {"email": "\x00"}),
    ("/accounts/login/code/confirm/", {"code": "\x00"}),
    ("/accounts/password/reset/", {"email": "ї@ї.ї\x00"}),
    ("/accounts/password/reset/key/zzzzzzzzzzzzz-set-password/", {"password1": "x", "password2": "y"}),
    ("/accounts/3rdparty/signup/", {"email": "\x00"}),
    ("/accounts/2fa/authenticate/", {"code": "\x00"}),
]
OWN_SENT = [
    ("/me/account/", {"name": "\x00"}),
    ("/accounts/email/", {"email": "\x00", "action_add": "1"}),
    ("/accounts/email/", {"email": "\x00", "action_send": "1"}),
    ("/accounts/email/", {"email": "resident@example.org", "action_remove": "1"}),
    ("/accounts/3rdparty/", {"account": "99999999999999999999"}),
    ("/accounts/2fa/totp/activate/", {"code": "٠٠٠٠٠٠"}),
    ("/accounts/2fa/recovery-codes/generate/", {}),
    ("/accounts/2fa/webauthn/999/edit/", {"name": "x"}),
]


@pytest.mark.parametrize("said", DEVICE_ANSWERS)
def test_a_device_that_talks_nonsense_signs_nobody_in(visitor: Client, town: Town, said: str) -> None:
    asked = {"X-Requested-With": "XMLHttpRequest", "Accept": "application/json"}
    visitor.get("/accounts/2fa/webauthn/login/", headers=asked)
    answer = visitor.post("/accounts/2fa/webauthn/login/", {"credential": said})
    assert answer.status_code == 302
    assert not signed_in(visitor)


@pytest.mark.parametrize("said", DEVICE_ANSWERS)
def test_a_device_that_talks_nonsense_is_not_added(visitor: Client, town: Town, said: str) -> None:
    sign_in(visitor, town.resident)
    confirm(visitor)
    visitor.get("/accounts/2fa/webauthn/add/")
    assert visitor.post("/accounts/2fa/webauthn/add/", {"name": "x", "credential": said}).status_code == 200


@pytest.mark.parametrize(("address", "said"), SENT)
def test_a_visitor_who_sends_nonsense_is_answered(
    visitor: Client, town: Town, address: str, said: dict[str, str]
) -> None:
    assert visitor.post(address, said).status_code < 500
    assert not signed_in(visitor)


@pytest.mark.parametrize(("address", "said"), OWN_SENT)
def test_a_person_who_sends_nonsense_is_answered(
    visitor: Client, town: Town, address: str, said: dict[str, str]
) -> None:
    sign_in(visitor, town.resident)
    confirm(visitor)
    assert visitor.post(address, said).status_code < 500
    town.resident.refresh_from_db()
    assert town.resident.email == "resident@example.org"
