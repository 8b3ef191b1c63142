"""Reporting page by page, over HTTP as a browser without JavaScript does it."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from PIL import ExifTags, Image

from districts.models import Policy, Question, Service
from layers.models import Address, City
from reports import drafts
from reports.models import Announcement, Draft, Report, Support
from tests.town import AT_THE_NEIGHBOURS, IN_THE_WEST, Town, box

FORM = "/horodok/report/"
CLICK = {"step": "place", "lon": "30.305", "lat": "50.165", "address": ""}
SAID = {"text": "Темно біля школи", "service": "lamp"}


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def page(step: str) -> str:
    return f"{FORM}{Draft.objects.get().token}/{step}/"


def leads_to(answer: Any) -> str:
    """The name of the page an answer sends to."""
    return str(answer.headers["Location"]).rstrip("/").rpartition("/")[2]


def begun(town: Town, **more: Any) -> Draft:
    return drafts.start(town.city, None, **({"lon": 30.305, "lat": 50.165, **SAID} | more))


def picture(lon: float | None = None, lat: float = 50.165) -> io.BytesIO:
    """A photo, taken at that place if there is one."""
    image = Image.new("RGB", (40, 30), "red")
    exif = Image.Exif()
    if lon is not None:
        degrees = [(int(d), int(d % 1 * 60), round(d * 60 % 1 * 60, 4)) for d in (lat, lon)]
        names = ExifTags.GPS
        place = {names.GPSLatitudeRef: "N", names.GPSLatitude: degrees[0]}
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(
            place | {names.GPSLongitudeRef: "E", names.GPSLongitude: degrees[1]}
        )
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    out.seek(0)
    out.name = "photo.jpg"
    return out


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


# Place


def test_a_link_that_knows_the_place_skips_the_page_of_the_place(visitor: Client, town: Town) -> None:
    answer = visitor.get(FORM, {"lon": "30.305", "lat": "50.165", "service": "pothole"})
    assert leads_to(answer) == "what"
    assert 'value="pothole" checked' in visitor.get(answer.headers["Location"]).content.decode()


def test_clicking_again_and_again_begins_one_draft(visitor: Client, town: Town) -> None:
    for lon in ("30.305", "30.306"):
        visitor.get(visitor.get(FORM, {"lon": lon, "lat": "50.165"}).headers["Location"])
    assert Draft.objects.get().data["lon"] == 30.306


def test_a_browser_that_only_looks_ahead_begins_nothing(visitor: Client, town: Town) -> None:
    link = {"lon": "30.305", "lat": "50.165"}
    assert visitor.get(FORM, link, headers={"sec-purpose": "prefetch"}).status_code == 200
    assert visitor.head(FORM, link).status_code == 200
    assert not Draft.objects.exists()


def test_a_pin_outside_names_the_neighbour_and_keeps_what_was_typed(visitor: Client, town: Town) -> None:
    outside = {"lon": str(AT_THE_NEIGHBOURS.x), "lat": str(AT_THE_NEIGHBOURS.y), "address": "Соборна, 99"}
    answer = visitor.post(FORM, CLICK | outside)
    assert answer.status_code == 422
    assert "not in Horodok but in Next Town" in answer.content.decode()
    assert "Соборна, 99" in answer.content.decode()


def test_a_page_of_the_place_sent_empty_says_how_to_go_on(visitor: Client, town: Town) -> None:
    answer = visitor.post(FORM, {"step": "place"})
    assert (answer.status_code, Draft.objects.exists()) == (422, False)
    assert "Show the place on the map, or write an address" in answer.content.decode()


def houses(town: Town, *numbers: str) -> None:
    for number in numbers:
        Address.objects.create(
            city=town.city, street="вулиця Соборна", house_number=number, point=IN_THE_WEST
        )


def test_an_address_that_is_one_house_is_taken_at_once(visitor: Client, town: Town) -> None:
    houses(town, "5", "51")
    assert leads_to(visitor.post(FORM, {"step": "place", "address": "соборна 5"})) == "what"
    assert Draft.objects.get().data["address"] == "вулиця Соборна, 5"
    assert Draft.objects.get().point == IN_THE_WEST


def test_of_several_houses_one_is_chosen(visitor: Client, town: Town) -> None:
    houses(town, "5А", "5Б")
    listed = visitor.post(FORM, {"step": "place", "address": "соборна 5"}).content.decode()
    assert "Which one is it?" in listed
    house = Address.objects.get(house_number="5Б").pk
    visitor.post(FORM, {"step": "place", "address": "соборна 5", "house": house})
    assert Draft.objects.get().data["address"] == "вулиця Соборна, 5Б"


def test_an_unknown_address_is_kept_for_a_moderator(visitor: Client, town: Town) -> None:
    answer = visitor.post(FORM, {"step": "place", "address": "За старим млином"}, follow=True)
    assert "A moderator will find the place" in answer.content.decode()
    visitor.post(page("what"), SAID)
    visitor.post(page("check"))
    report = Report.objects.get()
    assert (report.address, report.point) == ("За старим млином", None)


def test_an_unknown_address_that_is_looked_for_may_still_be_shown_on_the_map(
    visitor: Client, town: Town
) -> None:
    answer = visitor.post(FORM, {"step": "place", "address": "За млином", "find": "1"})
    assert "No house or street of that name" in answer.content.decode()


def test_a_photo_first_puts_the_pin_where_it_was_taken(visitor: Client, town: Town) -> None:
    answer = visitor.post(FORM, {"step": "place", "begin": "1", "photos": [picture(30.305)]}, follow=True)
    point = Draft.objects.get().point
    assert point is not None
    assert (round(point.x, 5), round(point.y, 5)) == (30.305, 50.165)
    assert "see the pin" in answer.content.decode()


@pytest.mark.parametrize(
    ("lon", "sentence"),
    [(None, "doesn’t say where it was taken"), (30.33, "not in Horodok but in Next Town")],
)
def test_a_photo_first_that_tells_no_place_here_is_kept_all_the_same(
    visitor: Client, town: Town, lon: float | None, sentence: str
) -> None:
    answer = visitor.post(FORM, {"step": "place", "begin": "1", "photos": [picture(lon)]}, follow=True)
    assert sentence in answer.content.decode()
    assert (Draft.objects.get().photos.count(), Draft.objects.get().point) == (1, None)


def test_a_photo_first_without_a_photo_says_so(visitor: Client, town: Town) -> None:
    answer = visitor.post(FORM, {"step": "place", "begin": "1", "address": "Соборна"})
    assert answer.status_code == 422
    assert "Choose a photo first." in answer.content.decode()
    assert "Соборна" in answer.content.decode()


# Similar


def test_what_is_reported_nearby_is_a_page_of_its_own(visitor: Client, town: Town) -> None:
    report = town.published("Ліхтар не горить")
    assert leads_to(visitor.post(FORM, CLICK)) == "similar"
    shown = visitor.get(page("similar")).content.decode()
    assert "Ліхтар не горить" in shown
    assert f"№ {report.pk}" in shown
    assert "0 m away" in shown


def test_who_is_signed_in_supports_the_same_report_instead(resident: Client, town: Town) -> None:
    report = town.published()
    resident.post(FORM, CLICK)
    answer = resident.post(page("similar"), {"support": report.pk})
    assert answer.headers["Location"] == f"/horodok/reports/{report.pk}/"
    assert Support.objects.get().report == report
    assert not Draft.objects.exists()


def test_ones_own_report_is_not_supported_and_the_draft_stays(resident: Client, town: Town) -> None:
    report = town.published(reporter=town.resident)
    resident.post(FORM, CLICK)
    answer = resident.post(page("similar"), {"support": report.pk}, follow=True)
    assert "This is your own report" in answer.content.decode()
    assert Draft.objects.exists()


@pytest.mark.parametrize("number", ["", "x", "²", "9" * 30, "0"])
def test_supporting_what_is_not_there_changes_nothing(resident: Client, town: Town, number: str) -> None:
    town.published()
    resident.post(FORM, CLICK)
    assert leads_to(resident.post(page("similar"), {"support": number})) == "similar"


# What


def test_a_text_without_a_category_brings_suggestions_and_stays(visitor: Client, town: Town) -> None:
    draft = begun(town, service="", text="")
    answer = visitor.post(f"{FORM}{draft.token}/what/", {"text": "Величезна яма"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Величезна яма" in shown
    assert 'name="service" value="pothole">' in shown.split("data-search", 1)[0]


def test_searching_the_categories_keeps_the_text(visitor: Client, town: Town) -> None:
    draft = begun(town, service="", text="")
    answer = visitor.post(
        f"{FORM}{draft.token}/what/", {"text": "Яма", "q": "pothole", "search": "1"}, follow=True
    )
    shown = answer.content.decode()
    assert answer.request["QUERY_STRING"] == "q=pothole"
    assert "Яма</textarea>" in shown
    assert ('value="pothole"' in shown, 'value="dump"' in shown) == (True, False)


def test_the_description_suggests_categories(visitor: Client, town: Town) -> None:
    answer = visitor.get(f"{FORM}suggest/", {"text": "Не світять ліхтарі"})
    assert answer.json() == {"services": ["lamp"]}


def test_a_warning_must_be_passed_knowingly(visitor: Client, town: Town) -> None:
    Service.objects.filter(pk=town.lamp.pk).update(
        stopper_uk="Дріт на землі? 101", stopper_en="Wire down? 101"
    )
    draft = begun(town, service="", text="")
    assert leads_to(visitor.post(f"{FORM}{draft.token}/what/", SAID)) == "details"
    refused = visitor.post(f"{FORM}{draft.token}/details/", {})
    assert refused.status_code == 422
    assert "Wire down? 101" in refused.content.decode()
    assert leads_to(visitor.get(f"{FORM}{draft.token}/check/")) == "details"
    box = refused.content.decode().split('name="understood_')[1].split('"')[0]
    assert leads_to(visitor.post(f"{FORM}{draft.token}/details/", {f"understood_{box}": "on"})) == "photos"


def question(town: Town, code: str, datatype: str, **more: Any) -> Question:
    named = {"label_uk": code, "label_en": f"The {code}"}
    return Question.objects.create(service=town.lamp, code=code, datatype=datatype, **named, **more)


KINDS = [{"key": "led", "uk": "світлодіод", "en": "diode"}, {"key": "gas", "uk": "газ", "en": "gas"}]


@pytest.mark.parametrize(
    ("datatype", "sent", "kept"),
    [
        ("string", "  7-1 ", "7-1"),
        ("text", "Довго", "Довго"),
        ("number", "2.5", "2.5"),
        ("datetime", "2026-11-24", "2026-11-24"),
        ("singlevaluelist", "led", "led"),
        ("multivaluelist", ["led", "gas"], ["led", "gas"]),
    ],
)
def test_answers_to_a_categorys_questions_go_with_the_report(
    visitor: Client, town: Town, datatype: str, sent: Any, kept: Any
) -> None:
    question(town, "kind", datatype, choices=KINDS, required=True)
    draft = begun(town)
    assert leads_to(visitor.get(f"{FORM}{draft.token}/check/")) == "details"
    assert visitor.get(f"{FORM}{draft.token}/details/").status_code == 200
    visitor.post(f"{FORM}{draft.token}/details/", {"q_kind": sent})
    assert "The kind" in visitor.get(f"{FORM}{draft.token}/check/").content.decode()
    visitor.post(f"{FORM}{draft.token}/check/")
    assert Report.objects.get().answers == {"kind": kept}


@pytest.mark.parametrize(
    ("datatype", "sent"), [("number", "NaN"), ("datetime", "31.02.2026"), ("string", "")]
)
def test_an_answer_of_another_kind_is_refused(visitor: Client, town: Town, datatype: str, sent: str) -> None:
    question(town, "kind", datatype, required=True)
    assert visitor.post(f"{FORM}{begun(town).token}/details/", {"q_kind": sent}).status_code == 422


def test_an_answer_may_stop_with_a_warning_of_its_own(visitor: Client, town: Town) -> None:
    stops = [{"key": "gas", "uk": "газ", "en": "gas", "stop_uk": "Телефонуйте 104", "stop_en": "Call 104"}]
    question(town, "kind", "singlevaluelist", choices=stops)
    details = f"{FORM}{begun(town).token}/details/"
    assert "Call 104" not in visitor.get(details).content.decode()
    refused = visitor.post(details, {"q_kind": "gas"}).content.decode()
    assert "Call 104" in refused
    box = "understood_" + refused.split('name="understood_')[1].split('"')[0]
    assert leads_to(visitor.post(details, {"q_kind": "gas", box: "on"})) == "photos"


# Photos


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


# Contact


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


# Check


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
