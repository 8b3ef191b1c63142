import pytest
from django.test import Client

from districts.models import User
from tests.frontend.settings_world import administrator, chief
from tests.town import Town, build_town

__all__ = ["administrator", "chief"]


@pytest.fixture
def town(db: None) -> Town:
    """See tests/town.py for its map."""
    return build_town()


@pytest.fixture
def visitor() -> Client:
    """A browser in which nobody is signed in; like all others here it asks for English."""
    return _browser()


@pytest.fixture
def moderator(town: Town) -> Client:
    """A browser in which the moderator is signed in."""
    return _signed_in(town.moderator)


@pytest.fixture
def electrician(town: Town) -> Client:
    """A browser in which a member of the lighting company is signed in."""
    return _signed_in(town.electrician)


@pytest.fixture
def resident(town: Town) -> Client:
    """A browser in which a resident is signed in."""
    return _signed_in(town.resident)


def _signed_in(person: User) -> Client:
    browser = _browser()
    browser.force_login(person)
    return browser


def _browser() -> Client:
    return Client(headers={"accept-language": "en"})
