"""Sign-in by others, as the environment names them."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from gisportal.oidc import form_origins, social_apps

CITY = {
    "id": "city",
    "name": "Міська мережа",
    "issuer": "https://id.city.example/realms/staff",
    "client_id": "portal",
    "secret": "s",
}


def test_a_provider_becomes_what_allauth_knows() -> None:
    (app,) = social_apps([CITY])
    assert (app["provider_id"], app["name"]) == ("city", "Міська мережа")
    assert app["settings"]["server_url"] == "https://id.city.example/realms/staff"
    assert app["settings"]["email_authentication"] is False


def test_only_a_trusted_issuer_vouches_for_addresses() -> None:
    (app,) = social_apps([{**CITY, "trusted": True}])
    assert app["settings"]["email_authentication"] is True


def test_forms_may_lead_to_the_issuer_and_where_its_pages_stand() -> None:
    said = {**CITY, "origins": ["https://login.city.example/start"]}
    assert form_origins([said]) == ["https://id.city.example", "https://login.city.example"]
    assert form_origins([]) == []


@pytest.mark.parametrize("name", ["id", "name", "issuer", "client_id", "secret"])
def test_what_is_missing_is_named(name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        social_apps([{**CITY, name: ""}])


def test_an_issuer_without_https_is_refused_unless_it_is_here() -> None:
    with pytest.raises(ImproperlyConfigured, match="https"):
        social_apps([{**CITY, "issuer": "http://id.city.example"}])
    assert social_apps([{**CITY, "issuer": "http://127.0.0.1:9000"}])
