import re
from html import unescape

import pytest
from django.test import Client

from districts.models import District
from frontend.citizens.district_map import _beginnings
from layers.models import City
from tests.town import IN_THE_EAST, IN_THE_WEST, Town, build_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    """Three reports in the west, one in the east."""
    town = build_town()
    for _time in range(3):
        town.published(point=IN_THE_WEST)
    town.published(point=IN_THE_EAST)
    return town


def labels(html: str) -> list[str]:
    return [unescape(label) for label in re.findall(r'district-map__area[^>]*aria-label="([^"]*)"', html)]


def picture(client: Client, **asked: str) -> str:
    return client.get("/horodok/district-map/", asked).content.decode()


def test_each_district_tells_its_number_and_leads_to_its_reports(town: Town, client: Client) -> None:
    west, east = District.objects.within_the_city().order_by("pk")
    html = picture(client)
    assert sorted(labels(html)) == sorted([f"{west}: 3 reports", f"{east}: 1 report"])
    assert f'href="/horodok/?district={west.set.code}:{west.code}"' in html
    assert ">3</text>" in html


def test_numbers_follow_the_filters_and_links_keep_them(town: Town, client: Client) -> None:
    html = picture(client, status="resolved")
    assert {label.rpartition(": ")[2] for label in labels(html)} == {"0 reports"}
    assert "status=resolved&amp;district=" in html


def test_a_chosen_district_is_marked_and_leads_back_to_all(town: Town, client: Client) -> None:
    west = District.objects.within_the_city().order_by("pk")[0]
    html = picture(client, district=f"{west.set.code}:{west.code}")
    [chosen] = re.findall(r"<a [^>]*district-map__area--chosen[^>]*>", html)
    assert 'href="/horodok/?"' in chosen
    assert 'aria-current="true"' in chosen
    assert f"{west}: 3 reports" in unescape(chosen)


def test_a_table_says_the_same(town: Town, client: Client) -> None:
    table = picture(client).partition("<table")[2]
    numbers = [int(cell) for cell in re.findall(r"cell--numeric\">(\d+)<", table)]
    assert sorted(numbers) == [1, 3]


def test_a_city_without_districts_shows_its_outline_and_the_total(town: Town, client: Client) -> None:
    other = City.objects.create(slug="whole", name_uk="Ціле", boundary=town.city.boundary, live=True)
    html = client.get(f"/{other.slug}/district-map/").content.decode()
    assert labels(html) == ["Ціле: 0 reports"]
    assert "<table" not in html


def test_the_map_page_holds_the_picture_for_those_without_scripts(town: Town, client: Client) -> None:
    html = client.get("/horodok/").content.decode()
    [inside] = re.findall(r"<noscript>\s*(<div class=\"district-maps\">.*?)</noscript>", html, re.DOTALL)
    assert len(labels(inside)) == 2
    assert len(inside.encode()) < 30_000


def test_an_address_that_makes_no_sense_is_answered_with_400(town: Town, client: Client) -> None:
    assert client.get("/horodok/district-map/", {"status": "lost"}).status_code == 400


@pytest.mark.parametrize(
    ("counts", "beginnings"),
    [
        ([], []),
        ([1], [1]),
        ([3, 1], [1, 2]),
        ([64, 33, 57, 104, 134, 17_000], [1, 50, 100, 10_000]),
        ([9, 9, 9], [1, 5]),
    ],
)
def test_classes_begin_at_round_numbers(counts: list[int], beginnings: list[int]) -> None:
    assert _beginnings(counts) == beginnings
