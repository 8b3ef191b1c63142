"""People for tests of reports."""

import pytest

from districts.models import User


@pytest.fixture
def people(db):
    return [User.objects.create_user(f"p{number}@town.example") for number in range(4)]
