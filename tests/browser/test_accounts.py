"""The account's pages in a real browser: axe, a phone's width, passkeys."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from playwright.sync_api import Page

from gisportal.oidc import form_origins
from tests.browser.conftest import Opens, signed_in
from tests.browser.test_accessibility import PHONE, broken_rules, fits
from tests.frontend.test_accounts_oidc import Issuer, known_as, running_issuer
from tests.town import PASSWORD, Town

ENTRANCES = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/login/code/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-set-password/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/nonsense/",
    "/accounts/inactive/",
    "/accounts/3rdparty/login/cancelled/",
    "/accounts/3rdparty/login/error/",
]
OWN = [
    "/me/account/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/logout/",
    "/accounts/2fa/",
    "/accounts/3rdparty/",
    "/accounts/reauthenticate/",
]
CONFIRMED = ["/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/", "/accounts/2fa/webauthn/"]


def checked(page: Page, addresses: list[str]) -> dict[str, list[str]]:
    """Rules that each page breaks; none may be wider than the window or ask for what the policy forbids."""
    broken: dict[str, list[str]] = {}
    page.on(
        "console",
        lambda said: broken.setdefault("console", []).append(said.text) if forbids(said.text) else None,
    )
    for address in addresses:
        page.goto(address, wait_until="load")
        assert fits(page), address
        if found := broken_rules(page):
            broken[address] = found
    return broken


def forbids(words: str) -> bool:
    return "Content Security" in words


def confirm(page: Page) -> None:
    page.goto("/accounts/reauthenticate/?next=/accounts/2fa/")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/accounts/2fa/")


both_schemes = pytest.mark.parametrize("scheme", ["light", "dark"])


@both_schemes
def test_no_entrance_breaks_a_rule_on_a_phone(opens: Opens, town: Town, scheme: str) -> None:
    assert checked(opens(color_scheme=scheme, viewport=PHONE).new_page(), ENTRANCES) == {}


@both_schemes
def test_no_page_of_ones_account_breaks_a_rule_on_a_phone(opens: Opens, town: Town, scheme: str) -> None:
    page = signed_in(opens(color_scheme=scheme, viewport=PHONE, locale="uk"), town.resident)
    assert checked(page, OWN) == {}


@both_schemes
def test_no_page_of_second_factors_breaks_a_rule_on_a_phone(opens: Opens, town: Town, scheme: str) -> None:
    page = signed_in(opens(color_scheme=scheme, viewport=PHONE), town.resident)
    confirm(page)
    assert checked(page, CONFIRMED) == {}
    TOTP.activate(town.resident, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    pages = ["/accounts/2fa/", "/accounts/2fa/totp/deactivate/", "/accounts/2fa/recovery-codes/generate/"]
    assert checked(page, pages) == {}
    page.get_by_role("button", name="Make new codes").click()
    page.wait_for_selector(".recovery-codes")
    assert fits(page)
    assert broken_rules(page) == []


def with_a_key(page: Page) -> None:
    """Give the browser a device that says yes to everything."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    says = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    says |= {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": says})


def test_a_passkey_is_made_and_signs_in_without_a_password(opens: Opens, town: Town) -> None:
    EmailAddress.objects.create(user=town.resident, email=town.resident.email, verified=True, primary=True)
    page = signed_in(opens(), town.resident)
    with_a_key(page)
    confirm(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Let it sign me in without a password").check()
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_selector(".recovery-codes")
    assert Authenticator.objects.filter(user=town.resident, type=Authenticator.Type.WEBAUTHN).count() == 1
    page.goto("/accounts/2fa/webauthn/")
    assert broken_rules(page) == []
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_selector("header >> text=Олена")


def test_a_key_is_a_second_factor_after_the_password(opens: Opens, town: Town) -> None:
    page = signed_in(opens(), town.resident)
    with_a_key(page)
    confirm(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_selector(".recovery-codes")
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/")
    page.fill("[name=login]", town.resident.email)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/accounts/2fa/authenticate/")
    assert broken_rules(page) == []
    page.get_by_role("button", name="Use the passkey or key").click()
    page.wait_for_selector("header >> text=Олена")


def test_a_key_that_says_no_is_told_and_loses_nothing(opens: Opens, town: Town) -> None:
    page = signed_in(opens(), town.resident)
    confirm(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.evaluate("() => { navigator.credentials.create = () => Promise.reject(new DOMException('no')) }")
    page.fill("[name=name]", "Phone")
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_selector("text=Nothing was added.")
    assert page.input_value("[name=name]") == "Phone"


@pytest.fixture
def issuer(settings: Any) -> Iterator[Issuer]:
    """An issuer that the portal knows and that the policy for forms names."""
    with running_issuer() as server:
        known_as(settings, server)
        policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        to = ["'self'", *form_origins(settings.OIDC_PROVIDERS)]
        settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**policy, "form-action": to}}
        yield server


def test_the_policy_lets_a_form_lead_to_an_issuer_and_back(opens: Opens, town: Town, issuer: Issuer) -> None:
    page = opens().new_page()
    page.goto("/accounts/login/")
    assert broken_rules(page) == []
    page.get_by_role("button", name="Sign in with City network").click()
    page.wait_for_selector("header >> text=Іван")
    page.goto("/accounts/3rdparty/")
    assert broken_rules(page) == []
    assert page.get_by_role("button", name="Disconnect").is_visible()


def test_without_javascript_the_entrance_offers_what_works(opens: Opens, town: Town) -> None:
    page = opens(java_script_enabled=False).new_page()
    page.goto("/accounts/login/")
    assert page.get_by_role("link", name="Get a code by e-mail").is_visible()
    assert not page.get_by_role("button", name="Use a passkey").is_visible()
