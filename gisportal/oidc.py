"""Sign-in by others (OpenID Connect), as the environment names them: a city's own directory, a state's identity."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

REQUIRED = ("id", "name", "issuer", "client_id", "secret")
LOCAL_HOSTS = ("127.0.0.1", "localhost")

Said = Iterable[dict[str, Any]]


def social_apps(providers: Said) -> list[dict[str, Any]]:
    """What allauth is to know of each; ImproperlyConfigured says which value is missing or unsafe."""
    return [_app(provider) for provider in providers]


def form_origins(providers: Said) -> list[str]:
    """Where a form of ours may lead: each issuer, and the other `origins` that its sign-in pages stand at."""
    return [
        origin
        for provider in providers
        for origin in (_origin(_value(provider, "issuer")), *map(_origin, provider.get("origins", [])))
    ]


def _app(provider: dict[str, Any]) -> dict[str, Any]:
    said = {name: _value(provider, name) for name in REQUIRED}
    _origin(said["issuer"])
    return {
        "provider_id": said["id"],
        "name": said["name"],
        "client_id": said["client_id"],
        "secret": said["secret"],
        "settings": {
            "server_url": said["issuer"],
            # Only of an issuer that vouches for its addresses is an address taken as proof of an account here.
            "email_authentication": bool(provider.get("trusted", False)),
            "oauth_pkce_enabled": True,
        },
    }


def _value(provider: dict[str, Any], name: str) -> str:
    value = provider.get(name)
    if not isinstance(value, str) or not value:
        raise ImproperlyConfigured(f"OIDC_PROVIDERS: each provider needs {name}, a text that is not empty")
    return value


def _origin(address: str) -> str:
    parts = urlsplit(address)
    if not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL_HOSTS)):
        raise ImproperlyConfigured(f"OIDC_PROVIDERS: {address} is not an https address")
    return f"{parts.scheme}://{parts.netloc}"
