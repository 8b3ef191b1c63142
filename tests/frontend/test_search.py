import pytest
from django.contrib.gis.geos import Point
from django.test import Client

from layers.models import Address, City
from tests.town import IN_THE_WEST, Town, build_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    """Two houses in вулиця Соборна: 12 in the west, 14 in the east."""
    town = build_town()
    for number, lon in (("12", 30.305), ("14", 30.315)):
        point = Point(lon, 50.165, srid=4326)
        Address.objects.create(city=town.city, street="вулиця Соборна", house_number=number, point=point)
    return town


def suggested(client: Client, **asked: str) -> dict[str, object]:
    answer: dict[str, object] = client.get("/horodok/search/suggestions/", asked).json()
    return answer


def test_suggestions_say_what_was_found_and_how_many(town: Town, client: Client) -> None:
    answer = suggested(client, q="Soborna 12")
    assert answer["told"] == "2 suggestions"
    [house, street] = answer["found"]  # type: ignore[misc]
    assert (house["name"], house["more"], house["exact"]) == ("вулиця Соборна, 12", "address", True)
    assert (house["lon"], house["lat"], house["zoom"], house["page"]) == (30.305, 50.165, 17.0, "")
    assert (street["name"], street["exact"]) == ("вулиця Соборна", False)


def test_the_page_links_what_was_found_to_the_map_under_the_same_filters(town: Town, client: Client) -> None:
    html = client.get("/horodok/search/", {"q": "Soborna 12", "status": "in_work"}).content.decode()
    assert 'href="/horodok/?status=in_work&amp;map=17/50.16500/30.30500"' in html
    assert '<input type="hidden" name="status" value="in_work">' in html


def test_a_number_finds_the_public_report_that_has_it_and_no_other(town: Town, client: Client) -> None:
    shown, waiting = town.published(point=IN_THE_WEST), town.report()
    [found] = suggested(client, q=f"№ {shown.pk}")["found"]  # type: ignore[misc]
    assert found["page"] == f"/horodok/reports/{shown.pk}/"
    assert suggested(client, q=str(waiting.pk)) == {"told": "Nothing of that name", "found": []}
    html = client.get("/horodok/search/", {"q": str(shown.pk)}).content.decode()
    assert f'href="/horodok/reports/{shown.pk}/"' in html


def test_a_report_of_another_city_is_not_found_here(town: Town, client: Client) -> None:
    other = City.objects.create(slug="other", name_uk="Інше", boundary=town.city.boundary, live=True)
    report = town.published()
    assert client.get(f"/{other.slug}/search/suggestions/", {"q": str(report.pk)}).json()["found"] == []


def test_what_was_not_found_may_be_in_the_texts(town: Town, client: Client) -> None:
    html = client.get("/horodok/search/", {"q": 'Щебетання "&'}).content.decode()
    assert "Nothing here is called" in html
    assert (
        'href="/horodok/reports/?q=%D0%A9%D0%B5%D0%B1%D0%B5%D1%82%D0%B0%D0%BD%D0%BD%D1%8F%20%22%26"' in html
    )


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"q": ""},
        {"q": "\x00"},
        {"q": "5" * 200},
        {"q": "9" * 18},
        {"q": "¹²³"},
        {"q": "а" * 10_000},
        {"q": ".,;:!?()[]{}<>|\\/'\"%_"},
        {"q": "Соборна", "near_to": "nan,inf"},
        {"q": "Соборна", "near_to": "1e400,5"},
        {"q": "Соборна", "near_to": "30.3,50.1,7"},
        {"q": "Соборна", "near_to": "\x00"},
        {"q": "Соборна 99999999999999999999999999"},
        {"q": "Соборна ²"},
    ],
)
@pytest.mark.parametrize("path", ["/horodok/search/", "/horodok/search/suggestions/"])
def test_odd_questions_are_answered_like_any_other(
    town: Town, client: Client, path: str, asked: dict[str, str]
) -> None:
    assert client.get(path, asked).status_code == 200


def test_what_was_found_is_kept_for_a_minute_by_the_browser_alone(town: Town, client: Client) -> None:
    for path in ("/horodok/search/", "/horodok/search/suggestions/"):
        kept = client.get(path, {"q": "Соборна"})["Cache-Control"]
        assert set(kept.split(", ")) == {"private", "max-age=60"}


def test_the_map_has_a_search_that_works_without_scripts(town: Town, client: Client) -> None:
    html = client.get("/horodok/").content.decode()
    assert 'action="/horodok/search/"' in html
