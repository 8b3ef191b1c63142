"""What happens to a request before any screen sees it."""

import pytest
from django.test import Client

ADDRESSES = [
    "/?x=%00", "/town/?service=%00", "/town/reports/?after=a%00b", "/style.json?city=%00", "/town%00/",
    "/tiles/road/14/1/1.mvt?city=%00", "/api/v1/reports/?service=%00", "/town/report/?service=%00",
    "/accounts/login/?next=%00",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_with_a_null_character_is_damaged(db: None, client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


@pytest.mark.parametrize(
    "address", ["/?x=%ff%fe", "/town/?service=%ed%a0%80", "/%ff/", "/style.json?city=%ff"]
)
def test_bytes_that_are_no_text_cause_no_error(db: None, client: Client, address: str) -> None:
    assert client.get(address).status_code < 500
