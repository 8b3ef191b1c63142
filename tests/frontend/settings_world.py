"""The administrator who changes a city's settings in tests, and another city's row that must stay out of reach."""

import pytest
from django.test import Client

from districts.models import Membership, Role, User
from layers.models import City
from tests.town import Town, box

SETTINGS = "/horodok/settings/"


@pytest.fixture
def chief(town: Town) -> User:
    """The only administrator of the town."""
    person = User.objects.create_user("chief@example.org", name="Ганна")
    Membership.objects.create(user=person, city=town.city, role=Role.ADMINISTRATOR)
    return person


@pytest.fixture
def administrator(chief: User) -> Client:
    """A browser in which the administrator is signed in; it asks for English."""
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(chief)
    return browser


def another_city() -> City:
    return City.objects.create(slug="inshe", name_uk="Інше", boundary=box(20, 40, 21, 41), live=True)
