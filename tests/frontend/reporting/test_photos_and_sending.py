"""Photos, who reports, and the summary before sending."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from districts.models import Policy
from reports.models import Announcement, Report
from tests.frontend.reporting.steps import FORM, SAID, begun, leads_to, picture
from tests.town import Town


def test_a_photo_of_a_draft_is_shown_by_its_address_and_can_be_taken_out(visitor: Client, town: Town) -> None:
    draft = begun(town)
    visitor.post(f"{FORM}{draft.token}/photos/", {"photos": [picture()]})
    photo = draft.photos.get()
    shown = visitor.get(f"{FORM}{draft.token}/photos/{photo.token}.webp")
    assert (shown.headers["Content-Type"], "no-store" in shown.headers["Cache-Control"]) == (
        "image/webp",
        True,
    )
    other = begun(town)
    assert visitor.get(f"{FORM}{other.token}/photos/{photo.token}.webp").status_code == 404
    visitor.post(f"{FORM}{draft.token}/photos/", {"remove": photo.token})
    assert not draft.photos.exists()


def test_a_photo_from_elsewhere_offers_its_place(visitor: Client, town: Town) -> None:
    draft = begun(town)
    answer = visitor.post(f"{FORM}{draft.token}/photos/", {"photos": [picture(30.315)]}, follow=True)
    assert "taken at another place" in answer.content.decode()
    visitor.post(f"{FORM}{draft.token}/photos/", {"take_place": draft.photos.get().token})
    draft.refresh_from_db()
    assert round(draft.data["lon"], 4) == 30.315


def test_a_sixth_photo_is_refused_in_the_form(visitor: Client, town: Town) -> None:
    photos = f"{FORM}{begun(town).token}/photos/"
    visitor.post(photos, {"photos": [picture() for _ in range(4)]})
    answer = visitor.post(photos, {"photos": [picture(), picture()]})
    assert answer.status_code == 422
    assert "at most 5 photos" in answer.content.decode()


def test_a_city_that_wants_an_address_asks_for_it(visitor: Client, town: Town) -> None:
    Policy.objects.create(city=town.city, reporters="confirmed")
    draft = begun(town)
    assert leads_to(visitor.get(f"{FORM}{draft.token}/check/")) == "contact"
    assert visitor.post(f"{FORM}{draft.token}/contact/", {}).status_code == 422
    visitor.post(f"{FORM}{draft.token}/contact/", {"contact_email": "olena@example.org"})
    visitor.post(f"{FORM}{draft.token}/check/")
    assert Report.objects.get().confirmed_at is None


def test_a_city_of_registered_reporters_lets_one_sign_in_on_the_way(visitor: Client, town: Town) -> None:
    Policy.objects.create(city=town.city, reporters="registered")
    assert "registered people report" in visitor.get(FORM).content.decode()
    draft = begun(town)
    contact = f"{FORM}{draft.token}/contact/"
    assert leads_to(visitor.get(f"{FORM}{draft.token}/check/")) == "contact"
    assert f"next={contact}" in visitor.get(contact).content.decode()
    visitor.force_login(town.resident)
    visitor.post(f"{FORM}{draft.token}/check/")
    assert Report.objects.get().reporter == town.resident


def test_staff_write_a_report_down_for_somebody_else(moderator: Client, town: Town) -> None:
    draft = begun(town)
    said = {"on_behalf": "on", "contact_phone": "+380 44 123"}
    moderator.post(f"{FORM}{draft.token}/contact/", said)
    moderator.post(f"{FORM}{draft.token}/check/")
    report = Report.objects.get()
    assert (report.on_behalf, report.reporter, report.contact_phone) == (True, None, "+380 44 123")


def test_residents_are_not_asked_whether_they_write_for_somebody_else(resident: Client, town: Town) -> None:
    assert "somebody else" not in resident.get(f"{FORM}{begun(town).token}/contact/").content.decode()


def test_the_summary_says_who_gets_it_and_why(visitor: Client, town: Town) -> None:
    shown = visitor.get(f"{FORM}{begun(town).token}/check/").content.decode()
    assert "City Lights answers for this in West." in shown
    assert "50.16500, 30.30500" in shown
    assert "None" not in shown


def test_a_change_from_the_summary_leads_back_to_it(visitor: Client, town: Town) -> None:
    draft = begun(town)
    assert 'name="to" value="check"' in visitor.get(f"{FORM}{draft.token}/what/?to=check").content.decode()
    answer = visitor.post(f"{FORM}{draft.token}/what/", SAID | {"text": "Інакше", "to": "check"})
    assert leads_to(answer) == "check"


@pytest.mark.parametrize(
    ("missing", "step"),
    [({"lon": None, "lat": None}, "place"), ({"text": ""}, "what"), ({"service": "unicorn"}, "what")],
)
def test_an_unfinished_draft_is_not_sent_but_asked_further(
    visitor: Client, town: Town, missing: dict[str, Any], step: str
) -> None:
    draft = begun(town, **missing)
    assert leads_to(visitor.post(f"{FORM}{draft.token}/check/")) == step
    assert not Report.objects.exists()


@pytest.mark.parametrize("step", ["what", "check"])
def test_the_city_tells_what_it_has_announced_for_the_place(visitor: Client, town: Town, step: str) -> None:
    words = {"title_uk": "Води немає", "title_en": "No water", "text_uk": "До вечора"}
    Announcement.objects.create(city=town.city, published_at=timezone.now(), **words)
    assert "No water" in visitor.get(f"{FORM}{begun(town).token}/{step}/").content.decode()
