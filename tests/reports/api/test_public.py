"""The API for everybody."""

import pytest

from reports import actions
from reports.models import Report

URL = "/api/v1/reports/"


def said(**more):
    return {"city": "town", "service": "holes", "text": "A hole", "lon": 30.305, "lat": 50.165, **more}


def post(client, **more):
    headers = more.pop("headers", {})
    return client.post(URL, said(**more), content_type="application/json", headers=headers)


def test_public_reports_are_geojson_features(town, client):
    report = town.published()
    answer = client.get(URL).json()
    (feature,) = answer["features"]
    assert (answer["type"], feature["type"], feature["id"]) == ("FeatureCollection", "Feature", report.pk)
    assert feature["geometry"] == {"type": "Point", "coordinates": [30.305, 50.165]}


def test_the_properties_of_a_report_are_these_and_no_others(town, client):
    town.published(contact_name="Olena", contact_email="olena@town.example")
    answer = client.get(URL)
    assert set(answer.json()["features"][0]["properties"]) == {
        "city", "service", "status", "group", "text", "address", "department",
        "due_at", "published_at", "updated_at", "closed_at",
    }  # fmt: skip
    assert b"lena" not in answer.content


def test_received_reports_are_not_listed(town, client):
    report = town.received()
    assert client.get(URL).json()["features"] == []
    assert client.get(f"{URL}{report.pk}/").status_code == 404


def test_a_published_report_has_an_address_of_its_own(town, client):
    report = town.published()
    assert client.get(f"{URL}{report.pk}/").json()["properties"]["service"] == "holes"


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({}, 2),
        ({"status": "in_work"}, 1),
        ({"service": "dark"}, 1),
        ({"service": "dark,holes"}, 2),
        ({"city": "elsewhere"}, 0),
        ({"department": "office-w"}, 1),
        ({"bbox": "30.30,50.16,30.31,50.18"}, 1),
    ],
)
def test_filters_choose(town, client, query, number):
    actions.start(town.published().pk, town.worker)
    town.published(service=town.dark, point=town.place(30.33, 50.17))
    assert len(client.get(URL, query).json()["features"]) == number


@pytest.mark.parametrize(
    "query",
    [
        {"bbox": "1,2,3"}, {"bbox": "nan,0,1,1"}, {"bbox": "10,0,5,1"}, {"bbox": "x"}, {"status": "lost"},
        {"limit": "0"}, {"limit": "101"}, {"limit": "-1"}, {"limit": "²"}, {"after": "nonsense"}, {"after": "%00"},
        {"section": "secrets"},
    ],
)  # fmt: skip
def test_nonsense_is_explained_as_a_problem(town, client, query):
    answer = client.get(URL, query)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["detail"]


def test_pages_follow_each_other_without_gap_or_repetition(town, client):
    wanted = [town.published().pk for _ in range(5)]
    found, address = [], f"{URL}?limit=2"
    while address:
        answer = client.get(address).json()
        found += [feature["id"] for feature in answer["features"]]
        address = answer["next"]
    assert found == sorted(wanted, reverse=True)


def test_a_page_stays_put_while_new_reports_arrive(town, client):
    first = [town.published().pk for _ in range(3)]
    following = client.get(f"{URL}?limit=2").json()["next"]
    town.published()
    assert [f["id"] for f in client.get(following).json()["features"]] == [first[0]]


def test_a_list_costs_two_queries_however_long(town, client, django_assert_max_num_queries):
    for _ in range(5):
        town.published()
    with django_assert_max_num_queries(2):
        client.get(URL)


def test_sending_a_report_answers_with_its_id_and_a_tracking_address_that_opens_at_once(town, client):
    answer = post(client)
    assert answer.status_code == 201
    assert Report.objects.get(pk=answer.json()["id"]).status == "received"
    assert client.get(answer.json()["tracking_url"]).status_code == 200


def test_the_same_idempotency_key_gives_the_same_report(town, client):
    first, second = (post(client, headers={"Idempotency-Key": "abc"}) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert Report.objects.count() == 1


def test_a_key_used_for_something_else_is_a_conflict_that_shows_no_tracking_address(town, client):
    first = post(client, headers={"Idempotency-Key": "abc"})
    answer = post(client, text="Another", headers={"Idempotency-Key": "abc"})
    assert (answer.status_code, answer.json()["report"]) == (409, first.json()["id"])
    assert "tracking_url" not in answer.json()


def test_an_address_is_enough(town, client):
    assert post(client, lon=None, lat=None, address="вулиця Соборна, 1").status_code == 201


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"city": "nowhere"}, "city"), ({"service": "nothing"}, "service"), ({"text": ""}, "text"),
        ({"text": "\x00\x01"}, "text"), ({"text": "x" * 4001}, "text"), ({"lon": None}, "lon"),
        ({"lat": "north"}, "lat"), ({"lon": 200}, "lon"), ({"lon": None, "lat": None}, "lon"),
        ({"contact_email": "nobody"}, "contact_email"), ({"city": ["town"]}, "city"), ({"text": {}}, "text"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named(town, client, wrong, field):
    answer = post(client, **wrong)
    assert answer.status_code == 400
    assert field in answer.json()["errors"]
    assert Report.objects.count() == 0


def test_a_place_in_the_neighbours_territory_is_refused_by_name(town, client):
    answer = post(client, lon=30.35, lat=50.17)
    assert answer.status_code == 400
    assert "Next Door" in answer.json()["detail"]


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 5000, b"", b'{"lon": NaN}', b'{"lon": 1e999}']
)
def test_a_body_that_is_no_object_is_refused(town, client, body):
    answer = client.post(URL, body, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_other_methods_are_refused_as_problems(town, client):
    assert client.delete(URL)["Content-Type"] == "application/problem+json"


def test_the_openapi_document_describes_the_reports(db, client):
    document = client.get("/api/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert {"get", "post"} <= set(document["paths"]["/api/v1/reports/"])
