"""The whole way of one report through the portal's own pages, as three people and a passer-by take it."""

from uuid import uuid4

import mapbox_vector_tile
from django.test import Client

from districts.models import User
from layers.geometry import Tile
from reports.models import Report
from tests.town import IN_THE_WEST, Town, build_town


def test_a_report_goes_from_the_form_to_the_map_to_the_department_and_back(db: None) -> None:
    town = build_town()
    passer_by, moderator, electrician = Client(), signed_in(town.moderator), signed_in(town.electrician)

    sent = passer_by.post("/horodok/report/", form_of(town))
    report = Report.objects.get()
    tracking = f"/horodok/track/{report.token}/"
    page = f"/horodok/reports/{report.pk}/"
    assert sent.headers["Location"] == tracking
    assert passer_by.get(tracking).status_code == 200
    assert passer_by.get(page).status_code == 404
    assert in_the_tile(passer_by) == {}

    assert moderator.get("/horodok/moderation/").context["report"] == report
    moderator.post(f"/horodok/moderation/{report.pk}/publish/")
    assert passer_by.get(page).status_code == 200
    assert in_the_tile(passer_by) == {report.pk: "published"}

    assert list(electrician.get("/horodok/work/").context["page"]) == [report]
    electrician.post(f"/horodok/work/{report.pk}/start/", {"reason": ""})
    assert in_the_tile(passer_by) == {report.pk: "in_work"}
    electrician.post(f"/horodok/work/{report.pk}/resolve/", {"reason": "Замінили лампу"})
    assert in_the_tile(passer_by) == {report.pk: "resolved"}
    assert list(electrician.get("/horodok/work/").context["page"]) == []

    passer_by.post(f"{tracking}reopen/", {"reason": "Досі темно"})
    assert in_the_tile(passer_by) == {report.pk: "reopened"}
    assert list(electrician.get("/horodok/work/").context["page"]) == [report]
    steps = ["received", "published", "in_progress", "resolved", "reopened"]
    assert list(report.changes.values_list("after", flat=True)) == steps


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def form_of(town: Town) -> dict[str, object]:
    """What a resident sends after a click on the map."""
    return {
        "lon": IN_THE_WEST.x,
        "lat": IN_THE_WEST.y,
        "service": town.lamp.code,
        "text": "Темно біля школи",
        "key": str(uuid4()),
    }


def in_the_tile(client: Client) -> dict[int, str]:
    """The public status group of each report in the tile over the western district, by number."""
    tile = Tile.covering(IN_THE_WEST.x, IN_THE_WEST.y, 15)
    answer = client.get(f"/tiles/reports/{tile.z}/{tile.x}/{tile.y}.mvt", {"city": "horodok"})
    layer = mapbox_vector_tile.decode(answer.content).get("reports", {"features": []})
    return {feature["properties"]["id"]: feature["properties"]["group"] for feature in layer["features"]}
