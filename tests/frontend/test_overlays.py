"""What a city offers to stand on its map besides reports."""

import re

import pytest
from django.test import Client

from frontend.citizens.overlays import ALWAYS, overlays_of
from layers.models import AssetLayer, Visibility
from tests.town import Town

ALWAYS_OFFERED = [overlay.name for overlay in ALWAYS]


@pytest.fixture
def lamps(town: Town) -> AssetLayer:
    return AssetLayer.objects.create(
        city=town.city, slug="lamps", name_uk="Ліхтарі", kind="lighting", visibility=Visibility.PUBLIC
    )


def offered(town: Town) -> list[str]:
    return [overlay.name for overlay in overlays_of(town.city)]


def test_public_things_are_offered_by_their_kind(town: Town, lamps: AssetLayer) -> None:
    assert offered(town) == [*ALWAYS_OFFERED, "lighting"]


@pytest.mark.parametrize("visibility", [Visibility.STAFF, Visibility.ROUTING])
def test_things_that_are_not_public_are_not_offered(
    town: Town, lamps: AssetLayer, visibility: Visibility
) -> None:
    AssetLayer.objects.filter(pk=lamps.pk).update(visibility=visibility)
    assert offered(town) == ALWAYS_OFFERED


def test_what_the_base_map_draws_anyway_is_not_offered_again(town: Town) -> None:
    assert AssetLayer.objects.filter(city=town.city, kind="road", visibility=Visibility.PUBLIC).exists()
    assert "road" not in offered(town)


def test_the_map_knows_which_kinds_it_may_show(visitor: Client, town: Town, lamps: AssetLayer) -> None:
    page = visitor.get("/horodok/").content.decode()
    assert re.search(r'data-kinds="lighting\s*"', page)
    assert 'id="show-lighting"' in page
