"""Sign-in by others, against a small OpenID provider that really answers over HTTP."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from districts.models import User
from gisportal.oidc import social_apps
from tests.frontend.test_accounts import SECRET, signed_in
from tests.town import Town

START = "/accounts/oidc/city/login/?process=login"
CALLBACK = "/accounts/oidc/city/login/callback/"


class Issuer(ThreadingHTTPServer):
    """Says of everybody who asks that it is the person it was told; remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.person: dict[str, Any] = {
            "sub": "7",
            "email": "ivan@city.example.org",
            "email_verified": True,
            "name": "Іван Міський",
        }
        self.broken: set[str] = set()


class Answer(BaseHTTPRequestHandler):
    server: Issuer

    def do_GET(self) -> None:
        here = self.server.address
        asked = urlsplit(self.path)
        if asked.path == "/authorize":
            said = parse_qs(asked.query)
            self.send_response(302)
            self.send_header("Location", f"{said['redirect_uri'][0]}?code=c&state={said['state'][0]}")
            self.end_headers()
            return
        self.say(
            {
                "/.well-known/openid-configuration": {
                    "issuer": here,
                    "authorization_endpoint": f"{here}/authorize",
                    "token_endpoint": f"{here}/token",
                    "userinfo_endpoint": f"{here}/userinfo",
                    "jwks_uri": f"{here}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                },
                "/userinfo": self.server.person,
            }
        )

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        claims = {**self.server.person, "iss": self.server.address, "aud": "portal", "exp": time.time() + 60}
        token = jwt.encode(claims, "a secret of the issuer's own, long enough", "HS256")
        self.say({"/token": {"access_token": "a", "token_type": "Bearer", "id_token": token}})

    def say(self, pages: dict[str, Any]) -> None:
        if self.path in self.server.broken or self.path not in pages:
            self.send_error(500)
            return
        body = json.dumps(pages[self.path]).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said: object) -> None:
        pass


@contextmanager
def running_issuer() -> Iterator[Issuer]:
    """An issuer that answers until the block ends."""
    server = Issuer()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def issuer(settings: Any) -> Iterator[Issuer]:
    """One that the portal knows as «city» and does not trust with addresses."""
    with running_issuer() as server:
        known_as(settings, server)
        yield server


def known_as(settings: Any, server: Issuer, **more: Any) -> None:
    said = {
        "id": "city",
        "name": "City network",
        "issuer": server.address,
        "client_id": "portal",
        "secret": "s",
    }
    settings.OIDC_PROVIDERS = [{**said, **more}]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": social_apps(settings.OIDC_PROVIDERS)}}


def come_back(browser: Client) -> Any:
    """Go to the issuer and return with its code, as a browser does."""
    asked = parse_qs(urlsplit(browser.post(START)["Location"]).query)
    return browser.get(CALLBACK, {"code": "c", "state": asked["state"][0]})


def test_without_a_provider_there_is_no_button_and_no_way(visitor: Client, db: None) -> None:
    assert "/accounts/oidc/" not in visitor.get("/accounts/login/").content.decode()
    assert visitor.post(START).status_code == 404


def test_a_provider_has_its_button(visitor: Client, db: None, issuer: Issuer) -> None:
    assert "Sign in with City network" in visitor.get("/accounts/login/").content.decode()


def test_the_way_leads_to_the_issuer_with_a_proof_key(visitor: Client, db: None, issuer: Issuer) -> None:
    asked = urlsplit(visitor.post(START)["Location"])
    assert f"{asked.scheme}://{asked.netloc}{asked.path}" == f"{issuer.address}/authorize"
    assert parse_qs(asked.query)["code_challenge_method"] == ["S256"]


def test_who_comes_back_has_an_account_with_name_and_address(
    visitor: Client, db: None, issuer: Issuer
) -> None:
    come_back(visitor)
    person = User.objects.get(email="ivan@city.example.org")
    assert signed_in(visitor)
    assert (person.name, person.has_usable_password()) == ("Іван Міський", False)
    assert EmailAddress.objects.get(user=person).verified


def test_an_address_that_has_an_account_is_not_entered_on_anybodys_word(
    visitor: Client, town: Town, issuer: Issuer
) -> None:
    issuer.person["email"] = town.resident.email
    come_back(visitor)
    assert not signed_in(visitor)


def test_a_trusted_issuer_opens_the_account_of_its_address(
    visitor: Client, town: Town, issuer: Issuer, settings: Any
) -> None:
    known_as(settings, issuer, trusted=True)
    EmailAddress.objects.create(user=town.resident, email=town.resident.email, verified=True, primary=True)
    issuer.person["email"] = town.resident.email
    come_back(visitor)
    assert visitor.session["_auth_user_id"] == str(town.resident.pk)


def test_the_second_factor_is_asked_for_here_all_the_same(
    visitor: Client, town: Town, issuer: Issuer, settings: Any
) -> None:
    known_as(settings, issuer, trusted=True)
    EmailAddress.objects.create(user=town.moderator, email=town.moderator.email, verified=True, primary=True)
    TOTP.activate(town.moderator, SECRET)
    issuer.person["email"] = town.moderator.email
    assert come_back(visitor)["Location"] == "/accounts/2fa/authenticate/"
    assert not signed_in(visitor)


def test_an_answer_nobody_asked_for_signs_nobody_in(visitor: Client, db: None, issuer: Issuer) -> None:
    answer = visitor.get(CALLBACK, {"code": "c", "state": "stolen"})
    assert "This sign-in did not work" in answer.content.decode()
    assert not signed_in(visitor)


@pytest.mark.parametrize("page", ["/token", "/userinfo"])
def test_an_issuer_that_fails_is_told_kindly(visitor: Client, db: None, issuer: Issuer, page: str) -> None:
    issuer.broken.add(page)
    answer = come_back(visitor)
    assert "This sign-in did not work" in answer.content.decode()
    assert not signed_in(visitor)


def test_an_issuer_that_is_away_is_told_kindly(visitor: Client, db: None, issuer: Issuer) -> None:
    issuer.broken.add("/.well-known/openid-configuration")
    assert "This sign-in did not work" in visitor.post(START).content.decode()


def test_turning_back_is_no_failure(visitor: Client, db: None, issuer: Issuer) -> None:
    asked = parse_qs(urlsplit(visitor.post(START)["Location"]).query)
    answer = visitor.get(CALLBACK, {"error": "access_denied", "state": asked["state"][0]}, follow=True)
    assert "You turned back" in answer.content.decode()


def test_a_name_from_elsewhere_is_cleaned(visitor: Client, db: None, issuer: Issuer) -> None:
    issuer.person["name"] = "Іван\x07\u202e" + "й" * 200
    come_back(visitor)
    assert User.objects.get(email="ivan@city.example.org").name == "Іван" + "й" * 116
