from uuid import uuid4

import pytest
from django.test import Client

from reports.models import Report
from tests.town import AT_THE_NEIGHBOURS, IN_THE_WEST, Town

FORM = "/horodok/report/"


def filled(**changes: object) -> dict[str, object]:
    """A form as a resident sends it after a click on the map."""
    answers: dict[str, object] = {
        "lon": IN_THE_WEST.x,
        "lat": IN_THE_WEST.y,
        "address": "",
        "service": "lamp",
        "text": "Темно біля школи",
        "contact_name": "",
        "contact_email": "",
        "key": str(uuid4()),
    }
    return answers | changes


def place_of(report: Report) -> tuple[float, float] | None:
    return (report.point.x, report.point.y) if report.point else None


def test_a_sent_form_becomes_a_report_and_leads_to_its_tracking_page(visitor: Client, town: Town) -> None:
    answer = visitor.post(FORM, filled())
    report = Report.objects.get()
    assert (report.text, report.status) == ("Темно біля школи", "received")
    assert place_of(report) == (30.305, 50.165)
    assert answer.headers["Location"] == f"/horodok/track/{report.token}/"


def test_the_tracking_page_shows_the_number_and_what_happens_next(visitor: Client, town: Town) -> None:
    page = visitor.post(FORM, filled(), follow=True).content.decode()
    report = Report.objects.get()
    assert f"№ {report.pk}" in page
    assert "What happens next" in page
    assert f"http://testserver/horodok/track/{report.token}/" in page


def test_the_same_form_sent_twice_makes_one_report(visitor: Client, town: Town) -> None:
    answers = filled()
    first, second = visitor.post(FORM, answers), visitor.post(FORM, answers)
    assert Report.objects.count() == 1
    assert first.headers["Location"] == second.headers["Location"]


def test_a_form_that_was_sent_and_then_changed_names_the_report_it_made(visitor: Client, town: Town) -> None:
    answers = filled()
    visitor.post(FORM, answers)
    page = visitor.post(FORM, answers | {"text": "Інше"})
    assert page.status_code == 422
    assert f"already sent, as report № {Report.objects.get().pk}" in page.content.decode()
    assert str(answers["key"]) not in page.content.decode()


def test_an_address_alone_is_place_enough(visitor: Client, town: Town) -> None:
    visitor.post(FORM, filled(lon="", lat="", address="Соборна, 5"))
    report = Report.objects.get()
    assert (report.address, report.point) == ("Соборна, 5", None)


def test_characters_that_no_feed_can_carry_are_left_out(visitor: Client, town: Town) -> None:
    visitor.post(FORM, filled(text="Яма\x0b на\0 дорозі\r\nі ще одна"))
    assert Report.objects.get().text == "Яма на дорозі\nі ще одна"


def test_a_decimal_comma_and_a_degree_sign_are_understood(visitor: Client, town: Town) -> None:
    visitor.post(FORM, filled(lon="30,305°", lat=" 50,165 "))
    assert place_of(Report.objects.get()) == (30.305, 50.165)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"lon": "", "lat": ""}, "Show the place on the map, or write an address or a landmark."),
        ({"lon": ""}, "A place needs both numbers"),
        ({"lon": "nan"}, "Write a number of degrees"),
        ({"lon": "inf"}, "Write a number of degrees"),
        ({"lat": "91"}, "Latitude lies between −90 and 90 degrees."),
        ({"lon": 50.165, "lat": 30.305}, "Latitude and longitude look swapped"),
        ({"service": ""}, "Choose what the problem is about."),
        ({"service": "unicorn"}, "This choice is no longer offered"),
        ({"text": "  "}, "Describe the problem in a sentence or two."),
        ({"text": "я" * 4001}, "Shorten the description to 4000 characters; now it has 4001."),
        ({"text": "\0\x08"}, "Describe the problem in a sentence or two."),
        ({"contact_email": "olena@"}, "Write the e-mail address in full"),
    ],
)
def test_an_error_says_how_to_mend_it_and_keeps_what_was_typed(
    visitor: Client, town: Town, changes: dict[str, object], sentence: str
) -> None:
    page = visitor.post(FORM, filled(address="", contact_name="Олена Коваль") | changes)
    text = page.content.decode()
    assert page.status_code == 422
    assert sentence in text
    assert "Олена Коваль" in text
    assert not Report.objects.exists()


def test_a_place_outside_the_city_names_the_neighbour(visitor: Client, town: Town) -> None:
    there = {"lon": AT_THE_NEIGHBOURS.x, "lat": AT_THE_NEIGHBOURS.y}
    page = visitor.post(FORM, filled(**there))
    assert page.status_code == 422
    assert "not in Horodok but in Next Town" in page.content.decode()


def test_a_spoilt_token_does_not_lose_the_report(visitor: Client, town: Town) -> None:
    visitor.post(FORM, filled(key="x" * 300))
    assert Report.objects.count() == 1


def test_services_stand_under_their_groups(visitor: Client, town: Town) -> None:
    page = visitor.get(FORM + "?whole=1").content.decode()
    assert page.index('<optgroup label="Lighting">') < page.index('<option value="lamp">')


def test_a_link_may_fill_in_the_place_and_the_service(visitor: Client, town: Town) -> None:
    page = visitor.get(FORM + "?whole=1&lon=30.305&lat=50.165&service=pothole").content.decode()
    assert 'value="30.305"' in page
    assert '<option value="pothole" selected>' in page


def test_a_signed_in_resident_need_not_write_their_contact(resident: Client, town: Town) -> None:
    assert 'value="resident@example.org"' in resident.get(FORM + "?whole=1").content.decode()


def test_a_report_of_a_signed_in_resident_is_theirs(resident: Client, town: Town) -> None:
    resident.post(FORM, filled())
    assert Report.objects.get().reporter == town.resident


def test_a_city_nobody_knows_has_no_form(visitor: Client, town: Town) -> None:
    assert visitor.get("/atlantis/report/").status_code == 404


@pytest.mark.parametrize(
    "nonsense",
    [
        "\0",
        "1e400",
        "-0",
        "0x1F",
        "٣٠",
        "1_000",
        "NaN",
        "'\"<>",
        "🕳️" * 50,
        "[" * 500,
        "9" * 400,
        "\u202e",
        "%s%(a)s{}",
    ],
)
@pytest.mark.parametrize(
    "field", ["lon", "lat", "address", "service", "text", "contact_name", "contact_email", "key"]
)
def test_nonsense_in_a_field_is_answered_not_choked_on(
    visitor: Client, town: Town, field: str, nonsense: str
) -> None:
    assert visitor.post(FORM, filled(**{field: nonsense})).status_code in (302, 422)
    assert visitor.get(FORM, {field: nonsense}).status_code == 200


@pytest.mark.parametrize(
    "body", ["lon=%FF%FE&lat=%", "=&=&;", "text=" + "a" * 3_000_000, "&".join("a=b" for _ in range(2000))]
)
def test_a_spoilt_body_is_answered_not_choked_on(visitor: Client, town: Town, body: str) -> None:
    answer = visitor.post(FORM, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (400, 413, 422)
