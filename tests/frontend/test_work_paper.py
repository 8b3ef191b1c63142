"""The queue to take along: on paper in the order of a round, as a table, as features."""

import csv
import io
import json
import re
from itertools import combinations
from math import dist

import pytest
from django.contrib.gis.geos import Point
from django.test import Client

from districts.models import Membership, Role, User
from frontend.departments.rounds import metres, round_from
from frontend.departments.sketch import beside
from reports import actions
from reports.models import Report
from tests.town import IN_THE_EAST, Town

DESK = "/horodok/work/"


def body(answer: object) -> str:
    return b"".join(answer.streaming_content).decode("utf-8")  # type: ignore[attr-defined]


def table(browser: Client, query: str = "") -> list[dict[str, str]]:
    text = body(browser.get(f"{DESK}queue.csv{query}"))
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def at(lon: float, lat: float = 50.165) -> Point:
    return Point(lon, lat, srid=4326)


def test_one_degree_of_latitude_is_some_111_km() -> None:
    assert metres((30, 50), (30, 51)) == pytest.approx(111_195, abs=1)


def test_a_round_always_goes_on_to_the_nearest_place_that_is_left() -> None:
    """On a line: start at 0, places at 5, 1, -2: one, then back to minus two (3 away; five is 4 away), then five."""
    order = round_from((0, 0), [(0.005, 0), (0.001, 0), (-0.002, 0)])
    assert [number for number, _m in order] == [1, 2, 0]
    assert [round(distance) for _n, distance in order] == [111, 334, 778]


def test_a_round_through_nothing_is_empty() -> None:
    assert round_from((0, 0), []) == []


def test_the_round_starts_at_the_first_of_the_queue(electrician: Client, town: Town) -> None:
    far = town.overdue("Давнє")
    Report.objects.filter(pk=far.pk).update(point=at(30.3090))
    near, middle = town.published(point=at(30.3010)), town.published(point=at(30.3060))
    page = electrician.get(f"{DESK}print/")
    assert [stop.report for stop in page.context["stops"]] == [far, middle, near]
    assert [round(stop.distance_m) for stop in page.context["stops"]] == [0, 214, 356]


def test_the_round_starts_at_the_chosen_report(electrician: Client, town: Town) -> None:
    first, second = town.published(point=at(30.3010)), town.published(point=at(30.3060))
    stops = electrician.get(f"{DESK}print/?start={second.pk}").context["stops"]
    assert [stop.report for stop in stops] == [second, first]


def test_the_round_starts_at_the_chosen_place(electrician: Client, town: Town) -> None:
    first, second = town.published(point=at(30.3010)), town.published(point=at(30.3060))
    stops = electrician.get(f"{DESK}print/?lon=30.3080&lat=50.165").context["stops"]
    assert [stop.report for stop in stops] == [second, first]


def test_a_place_that_is_none_is_explained_and_the_round_is_shown_all_the_same(
    electrician: Client, town: Town
) -> None:
    report = town.published()
    page = electrician.get(f"{DESK}print/?lon=x&lat=50")
    assert page.status_code == 200
    assert "Write a number of degrees" in page.content.decode()
    assert [stop.report for stop in page.context["stops"]] == [report]


def test_the_sketch_has_the_territory_the_street_and_a_number_for_each(
    electrician: Client, town: Town
) -> None:
    town.published()
    town.published(point=at(30.3060, 50.171))
    page = electrician.get(f"{DESK}print/")
    sketch = page.context["sketch"]
    assert sketch.territory.startswith("M")
    assert sketch.streets.startswith("M")
    assert page.content.decode().count('class="sketch__number"') == 2


def test_the_sketch_shows_the_territory_of_the_one_body_that_is_asked_for(
    visitor: Client, town: Town
) -> None:
    """West of the middle answers the lighting company; of all bodies together the city is shown."""
    admin = User.objects.create_user("admin@town.example")
    Membership.objects.create(user=admin, city=town.city, role=Role.ADMINISTRATOR)
    visitor.force_login(admin)
    town.published(point=at(30.3099))
    of_all = visitor.get(f"{DESK}print/").context["sketch"].territory
    of_one = visitor.get(f"{DESK}print/?department=lamps").context["sketch"].territory
    easternmost = [max(float(x) for x in re.findall(r"[ML](-?[0-9.]+) ", path)) for path in (of_one, of_all)]
    assert easternmost[0] < 450 < 800 < easternmost[1]


def test_a_single_place_lies_in_the_middle_of_the_sketch(electrician: Client, town: Town) -> None:
    town.published()
    assert electrician.get(f"{DESK}print/").context["sketch"].places == [(400, 250)]


def test_numbers_of_places_close_together_do_not_cover_each_other() -> None:
    spots = [(100.0, 100.0)] * 5 + [(110.0, 100.0), (400.0, 300.0)]
    numbers = beside(spots)
    apart = [dist(one, other) for one, other in combinations(numbers, 2)]
    assert min(apart) >= 22.9
    assert (numbers[0], numbers[-1]) == ((100.0, 100.0), (400.0, 300.0))


def test_paper_holds_what_the_filters_leave_and_no_contact_data(electrician: Client, town: Town) -> None:
    town.published(contact_name="Олена", contact_phone="067 000 00 00")
    late = town.overdue("Давнє")
    page = electrician.get(f"{DESK}print/?only=overdue")
    assert [stop.report for stop in page.context["stops"]] == [late]
    assert "067 000" not in electrician.get(f"{DESK}print/").content.decode()


def test_paper_of_an_empty_queue_says_so(electrician: Client, town: Town) -> None:
    assert "Nothing to go round." in electrician.get(f"{DESK}print/").content.decode()


def test_the_table_holds_the_queue_as_it_is_filtered(electrician: Client, town: Town) -> None:
    report = town.published("Кутовий", address="вулиця Соборна, 5")
    begun = actions.start(town.published().pk, town.electrician)
    town.published(point=IN_THE_EAST)
    assert [row["number"] for row in table(electrician)] == [str(report.pk), str(begun.pk)]
    (row,) = table(electrician, "?status=published")
    said = {
        name: row[name] for name in ("status", "service_code", "department_code", "address", "lon", "text")
    }
    assert said == {
        "status": "published",
        "service_code": "lamp",
        "department_code": "lamps",
        "address": "вулиця Соборна, 5",
        "lon": "30.305",
        "text": "Кутовий",
    }


@pytest.mark.parametrize("text", ["=1+1", "+380", "-2", "@SUM(A1)"])
def test_no_cell_of_the_table_is_a_formula(electrician: Client, town: Town, text: str) -> None:
    town.published(text)
    assert table(electrician)[0]["text"] == f"'{text}"


def test_files_hold_no_contact_data(electrician: Client, town: Town) -> None:
    town.published(contact_name="Олена", contact_email="olena@town.example", contact_phone="067 000 00 00")
    for name in ("queue.csv", "queue.geojson"):
        said = body(electrician.get(f"{DESK}{name}"))
        assert not any(secret in said for secret in ("Олена", "olena@", "067 000"))


def test_features_have_their_place_and_number(electrician: Client, town: Town) -> None:
    first, second = town.published(), town.published()
    answer = electrician.get(f"{DESK}queue.geojson")
    assert answer["Content-Type"] == "application/geo+json"
    features = json.loads(body(answer))["features"]
    assert [feature["id"] for feature in features] == [first.pk, second.pk]
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [30.305, 50.165]}
    assert features[0]["properties"]["overdue"] is False


def test_an_empty_queue_is_an_empty_file(electrician: Client, town: Town) -> None:
    assert json.loads(body(electrician.get(f"{DESK}queue.geojson"))) == {
        "type": "FeatureCollection",
        "features": [],
    }
    assert table(electrician) == []
