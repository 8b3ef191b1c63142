"""One's own page: reports, what one follows, letters, data, leaving."""

import json

import pytest
from django.test import Client

from districts.models import User
from reports import actions
from reports.models import Report
from tests.town import PASSWORD, Town


@pytest.mark.parametrize(
    "address", ["/me/", "/me/following/", "/me/letters/", "/me/privacy/", "/me/privacy/data.json"]
)
def test_a_visitor_is_asked_to_sign_in_first(visitor: Client, db: None, address: str) -> None:
    answer = visitor.get(address)
    assert answer["Location"] == f"/accounts/login/?next={address}"


def test_my_page_lists_my_reports_published_or_not_and_nobody_elses(resident: Client, town: Town) -> None:
    town.report("Моє неопубліковане", reporter=town.resident)
    town.published("Моє опубліковане", reporter=town.resident)
    town.published("Чуже")
    page = resident.get("/me/").content.decode()
    assert "Моє неопубліковане" in page
    assert "Моє опубліковане" in page
    assert "Чуже" not in page


def test_an_empty_page_invites(resident: Client) -> None:
    assert "You have reported nothing yet" in resident.get("/me/").content.decode()
    assert "You follow nothing yet" in resident.get("/me/following/").content.decode()


@pytest.mark.parametrize("number", ["0", "-1", "9999999999999999", "x"])
def test_a_page_that_is_not_there_is_no_mistake(resident: Client, number: str) -> None:
    assert resident.get("/me/", {"page": number}).status_code == 200


def test_what_i_support_and_follow_is_in_one_list(resident: Client, town: Town) -> None:
    supported, followed = town.published("Підтримую"), town.published("Стежу")
    actions.support(supported.pk, town.resident)
    actions.follow(followed.pk, town.resident)
    page = resident.get("/me/following/").content.decode()
    assert "Підтримую" in page
    assert "Стежу" in page
    assert page.count("you support it") == 1


def test_a_report_that_became_private_leaves_the_list_of_its_followers(resident: Client, town: Town) -> None:
    report = town.published("Стежу")
    actions.follow(report.pk, town.resident)
    actions.keep_private(report.pk, town.moderator, private=True)
    assert "Стежу" not in resident.get("/me/following/").content.decode()


def test_letters_come_as_i_want_them(resident: Client, town: Town) -> None:
    resident.post("/me/letters/", {"language": "en", "daily_digest": "on"})
    person = User.objects.get(pk=town.resident.pk)
    assert (person.name, person.language, person.daily_digest) == ("Олена", "en", True)


def test_a_language_that_is_not_spoken_here_is_refused(resident: Client) -> None:
    assert resident.post("/me/letters/", {"language": "tlh"}).status_code == 422


def test_my_data_hold_what_i_said_and_nothing_of_others(resident: Client, town: Town) -> None:
    own = town.report("Моє", reporter=town.resident, contact_phone="+380441234567")
    other = town.published("Чуже", contact_email="other@example.org")
    actions.support(other.pk, town.resident)
    actions.comment(other.pk, town.resident, "Мені теж темно")
    answer = resident.get("/me/privacy/data.json")
    data = json.loads(answer.content)
    assert "attachment" in answer["Content-Disposition"]
    assert [(one["pk"], one["text"], one["contact_phone"]) for one in data["reports"]] == [
        (own.pk, "Моє", "+380441234567")
    ]
    assert data["reports"][0]["place"] == [30.305, 50.165]
    assert data["comments"][0]["text"] == "Мені теж темно"
    assert [one["report_id"] for one in data["supports"]] == [other.pk]
    assert "other@example.org" not in answer.content.decode()


def test_an_account_is_deleted_by_its_password(resident: Client, town: Town) -> None:
    report = town.published(reporter=town.resident)
    answer = resident.post("/me/privacy/", {"password": PASSWORD}, follow=True)
    assert "Your account is deleted" in answer.content.decode()
    assert not User.objects.filter(email="resident@example.org").exists()
    assert Report.objects.get(pk=report.pk).reporter is None
    assert resident.get("/me/").status_code == 302


def test_a_wrong_password_deletes_nothing(resident: Client, town: Town) -> None:
    answer = resident.post("/me/privacy/", {"password": "не той"})
    assert answer.status_code == 422
    assert "This is not your password." in answer.content.decode()
    assert User.objects.filter(pk=town.resident.pk).exists()


@pytest.mark.parametrize(("address", "left"), [("resident@example.org", True), ("me@example.org", False)])
def test_an_account_without_a_password_is_deleted_by_its_address(
    resident: Client, town: Town, address: str, left: bool
) -> None:
    town.resident.set_unusable_password()
    town.resident.save()
    resident.force_login(town.resident)
    resident.post("/me/privacy/", {"address": address})
    assert User.objects.filter(pk=town.resident.pk).exists() is not left


def test_staff_is_told_to_give_its_role_back_first(moderator: Client, town: Town) -> None:
    answer = moderator.post("/me/privacy/", {"password": PASSWORD})
    assert answer.status_code == 422
    assert "You work for a city here" in answer.content.decode()
    assert User.objects.filter(pk=town.moderator.pk).exists()
