"""Sections of the portal, and help from residents and partners."""

import pytest

from districts.models import Service, User
from reports import actions


@pytest.fixture
def people(db):
    return [User.objects.create_user(f"p{number}@town.example") for number in range(4)]


@pytest.fixture
def idea(town):
    from districts.models import Policy, Section

    Policy.objects.create(city=town.city, takes_ideas=True)
    ideas = Section.objects.create(city=town.city, code=Section.IDEAS, name_uk="Ідеї")
    return Service.objects.create(city=town.city, section=ideas, code="idea", name_uk="Ідея")


def test_an_idea_is_published_without_being_routed(town, idea):
    report = town.published(service=idea)
    assert (report.department, report.decision, report.due_at) == (None, {}, None)


def test_lists_and_tiles_show_problems_unless_ideas_are_asked_for(town, idea, client):
    from layers.geometry import Tile

    town.published(service=idea)
    place = Tile.covering(30.305, 50.165, 14)
    tile = f"/tiles/reports/{place.z}/{place.x}/{place.y}.mvt"
    assert client.get("/api/v1/reports/").json()["features"] == []
    assert len(client.get("/api/v1/reports/", {"section": "ideas"}).json()["features"]) == 1
    assert client.get(tile).content == b""
    assert client.get(tile, {"section": "ideas"}).content != b""
    assert client.get("/api/v1/reports/", {"section": "secrets"}).status_code == 400


def test_help_is_offered_accepted_and_thanked_in_the_timeline(town, people):
    report = actions.welcome_help(town.published().pk, welcome=True)
    offer = actions.offer_help(report.pk, people[0], "I bring a shovel")
    actions.accept_help(offer.pk, town.worker)
    assert actions.mark_helped(offer.pk, town.worker).state == "done"
    assert [change.details["state"] for change in report.changes.filter(note="helped")] == [
        "accepted",
        "done",
    ]


def test_help_is_offered_only_where_it_is_welcome_and_once(town, people):
    from reports.errors import NoHelpWanted, OfferedAlready

    report = town.published()
    with pytest.raises(NoHelpWanted):
        actions.offer_help(report.pk, people[0], "I bring a shovel")
    actions.welcome_help(report.pk, welcome=True)
    actions.offer_help(report.pk, people[0], "I bring a shovel")
    with pytest.raises(OfferedAlready):
        actions.offer_help(report.pk, people[0], "I bring two")
