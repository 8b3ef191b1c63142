"""Reporting page by page, over HTTP as a browser without JavaScript does it: the way and its drafts."""

import pytest
from django.test import Client

from layers.models import City
from reports.models import Draft, Report
from tests.frontend.reporting.steps import CLICK, FORM, SAID, begun, leads_to, page, picture
from tests.town import Town, box


def test_the_shortest_way_is_place_problem_and_sending(visitor: Client, town: Town) -> None:
    assert leads_to(visitor.post(FORM, CLICK)) == "what"
    assert leads_to(visitor.post(page("what"), SAID | {"to": "check"})) == "check"
    sent = visitor.post(page("check"))
    report = Report.objects.get()
    assert sent.headers["Location"] == f"/horodok/track/{report.token}/"
    assert (report.text, report.service, report.point and report.point.x) == (SAID["text"], town.lamp, 30.305)


def test_the_long_way_asks_for_photos_and_contact_too(visitor: Client, town: Town) -> None:
    visitor.post(FORM, CLICK)
    assert leads_to(visitor.post(page("what"), SAID)) == "photos"
    assert leads_to(visitor.post(page("photos"), {"photos": [picture()]})) == "contact"
    contact = {"contact_name": "Олена", "contact_email": "olena@example.org", "shows_name": "on"}
    assert leads_to(visitor.post(page("contact"), contact)) == "check"
    visitor.post(page("check"))
    report = Report.objects.get()
    assert (report.contact_name, report.contact_email, report.shows_name) == (
        "Олена",
        "olena@example.org",
        True,
    )
    assert report.photos.count() == 1


def test_every_page_shows_what_was_said_before(visitor: Client, town: Town) -> None:
    draft = begun(town, contact_name="Олена", address="Соборна, 5")
    for step, word in [
        ("place", "Соборна, 5"),
        ("what", SAID["text"]),
        ("contact", "Олена"),
        ("check", "Олена"),
    ]:
        assert word in visitor.get(f"{FORM}{draft.token}/{step}/").content.decode()


def test_the_address_of_a_draft_opens_it_in_another_browser(visitor: Client, town: Town) -> None:
    draft = begun(town)
    assert leads_to(Client().get(f"{FORM}{draft.token}/")) == "check"


def test_whoever_comes_back_is_offered_the_unsent_report(visitor: Client, town: Town) -> None:
    visitor.post(FORM, CLICK)
    visitor.get(page("what"))
    assert "unsent report" not in visitor.get(FORM).content.decode()
    visitor.post(page("what"), SAID)
    shown = visitor.get(FORM).content.decode()
    assert "You have an unsent report." in shown
    assert "unsent report" not in Client(headers={"accept-language": "en"}).get(FORM).content.decode()
    visitor.post(page("drop").removesuffix("place/"))
    assert not Draft.objects.exists()


def test_a_draft_of_an_account_is_offered_to_nobody_else_at_the_same_browser(
    resident: Client, town: Town
) -> None:
    resident.post(FORM, CLICK)
    resident.post(page("what"), SAID)
    assert Draft.objects.get().user == town.resident
    resident.logout()
    assert SAID["text"] not in resident.get(FORM, headers={"accept-language": "en"}).content.decode()


@pytest.mark.parametrize("step", ["", "place/", "check/", "photos/x.webp", "drop/"])
def test_an_address_without_a_draft_says_so_kindly(visitor: Client, town: Town, step: str) -> None:
    answer = visitor.get(f"{FORM}AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/{step}")
    assert answer.status_code == (405 if step == "drop/" else 404)
    assert step in ("photos/x.webp", "drop/") or "not here any more" in answer.content.decode()


def test_a_page_that_does_not_exist_is_not_found(visitor: Client, town: Town) -> None:
    assert visitor.get(f"{FORM}{begun(town).token}/payment/").status_code == 404


def test_a_draft_of_another_city_is_not_found(visitor: Client, town: Town) -> None:
    City.objects.create(slug="sad", name_uk="Сад", boundary=box(31, 50, 31.1, 50.1), live=True)
    assert visitor.get(f"/sad/report/{begun(town).token}/what/").status_code == 404


def test_a_sent_draft_leads_to_its_report_and_sends_nothing_again(visitor: Client, town: Town) -> None:
    draft = begun(town)
    first = visitor.post(f"{FORM}{draft.token}/check/")
    again = visitor.post(f"{FORM}{draft.token}/check/")
    assert Report.objects.count() == 1
    assert first.headers["Location"] == again.headers["Location"]
    assert leads_to(visitor.get(f"{FORM}{draft.token}/what/")) == Report.objects.get().token
