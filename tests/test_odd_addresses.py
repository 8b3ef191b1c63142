"""Addresses nobody would type: answered, never choked on."""

import pytest
from django.test import Client

from tests.conftest import Town

ADDRESSES = [
    "/?x=%00",
    "/town/?service=%00",
    "/town/?after=%00",
    "/town/?status=%00",
    "/town/?bbox=%00",
    "/town/?map=%00",
    "/town/reports/?after=a%00b",
    "/town/reports/?service=%00&fragment=1",
    "/style.json?city=%00",
    "/style.json?theme=%00",
    "/town%00/",
    "/tiles/road/14/1/1.mvt?city=%00",
    "/tiles/reports/14/1/1.mvt?service=%00",
    "/api/v1/reports/?service=%00",
    "/town/report/?service=%00&address=%00&lon=%00",
    "/town/report/?lon=%00&lat=1e400",
    "/town/report/suggest/?text=%00",
    "/town/report/a%00/what/",
    "/town/report/around/?service=%00&lon=%00",
    "/accounts/login/?next=%00",
    "/town/track/a%00/",
    "/town/answer/a%00/",
    "/stop/a%00/",
    "/town/photos/a%00/shown.webp",
    "/?x=%ff%fe",
    "/town/?service=%ed%a0%80",
    "/%ff/",
    "/style.json?city=%ff",
    "/town/work/?report=%00",
    "/town/moderation/?page=%00",
    "/town/places/?q=%00&kind=%00&page=%00",
    "/town/ideas/?service=%00&status=%00&order=%00",
    "/town/news/?page=%00",
    "/tiles/places/14/1/1.mvt?kind=%00&q=%00",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_nobody_would_type_causes_no_error(town: Town, client: Client, address: str) -> None:
    client.force_login(town.moderator)
    assert client.get(address).status_code < 500
