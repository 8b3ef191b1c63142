"""Who works for a city: the administrator's screen of people."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from districts.models import Membership, Role, User
from reports.jobs import deliver
from reports.models import Letter
from tests.frontend.settings_world import another_city
from tests.town import Town

PEOPLE = "/horodok/settings/people/"


def invitation(**changes: Any) -> dict[str, Any]:
    return {"email": "new@example.org", "name": "Ніна", "role": "moderator", "language": "uk", **changes}


def role_of(person: User) -> Membership:
    return person.memberships.get()


def test_an_invitation_makes_an_account_without_password_and_queues_a_letter(
    town: Town, administrator: Client
) -> None:
    answer = administrator.post(PEOPLE, invitation(email="New@Example.org"), follow=True)
    person = User.objects.get(email="new@example.org")
    assert role_of(person).role == Role.MODERATOR
    assert not person.has_usable_password()
    assert "An invitation goes to New@Example.org." in answer.content.decode()
    letter = Letter.objects.get(address="new@example.org")
    assert letter.report is None


def test_the_invitation_says_in_the_persons_language_what_they_are_and_where_to_sign_in(
    town: Town, administrator: Client
) -> None:
    administrator.post(PEOPLE, invitation(role="department", department=town.lamps.pk, language="en"))
    deliver(Letter.objects.get(address="new@example.org").pk)
    [sent] = mail.outbox
    assert sent.to == ["new@example.org"]
    assert sent.subject == "Horodok: you are a department member on the map of problems now"
    assert "You work there for: City Lights." in sent.body
    assert "http://127.0.0.1:8000/accounts/login/" in sent.body


def test_somebody_with_an_account_keeps_name_and_password(town: Town, administrator: Client) -> None:
    administrator.post(PEOPLE, invitation(email="resident@example.org", role="planner"))
    town.resident.refresh_from_db()
    assert town.resident.name == "Олена"
    assert town.resident.has_usable_password()
    assert role_of(town.resident).role == Role.PLANNER


def test_inviting_somebody_twice_for_the_same_is_refused_and_keeps_what_was_typed(
    town: Town, administrator: Client
) -> None:
    administrator.post(PEOPLE, invitation())
    answer = administrator.post(PEOPLE, invitation())
    assert answer.status_code == 422
    assert "Ніна has this role already." in answer.content.decode()
    assert 'value="new@example.org"' in answer.content.decode()
    assert Letter.objects.filter(address="new@example.org").count() == 1


def test_a_department_member_without_a_department_is_refused(town: Town, administrator: Client) -> None:
    answer = administrator.post(PEOPLE, invitation(role="department"))
    assert answer.status_code == 422
    assert "Choose the department this person works for." in answer.content.decode()
    assert not User.objects.filter(email="new@example.org").exists()


def test_a_department_of_another_city_cannot_be_chosen(town: Town, administrator: Client) -> None:
    foreign = another_city()
    theirs = foreign.departments.create(code="x", name_uk="Чужі")
    answer = administrator.post(PEOPLE, invitation(role="department", department=theirs.pk))
    assert answer.status_code == 422


def test_a_role_is_changed(town: Town, administrator: Client) -> None:
    one = role_of(town.moderator)
    administrator.post(f"{PEOPLE}{one.pk}/", {"role": "department", "department": town.roads.pk})
    one.refresh_from_db()
    assert (one.role, one.department) == (Role.DEPARTMENT, town.roads)


def test_the_last_administrator_cannot_be_made_anything_else(
    town: Town, administrator: Client, chief: User
) -> None:
    answer = administrator.post(f"{PEOPLE}{role_of(chief).pk}/", {"role": "planner"})
    assert answer.status_code == 422
    assert "the city’s last administrator" in answer.content.decode()
    assert role_of(chief).role == Role.ADMINISTRATOR


def test_the_last_administrator_cannot_be_removed(town: Town, administrator: Client, chief: User) -> None:
    answer = administrator.post(f"{PEOPLE}{role_of(chief).pk}/remove/", follow=True)
    assert "the city’s last administrator" in answer.content.decode()
    assert role_of(chief).role == Role.ADMINISTRATOR


def test_an_administrator_leaves_once_there_is_another(
    town: Town, administrator: Client, chief: User
) -> None:
    administrator.post(PEOPLE, invitation(role="administrator"))
    answer = administrator.post(f"{PEOPLE}{role_of(chief).pk}/remove/")
    assert answer["Location"] == "/horodok/"
    assert not chief.memberships.exists()


def test_removing_takes_the_role_and_leaves_the_account(town: Town, administrator: Client) -> None:
    administrator.post(f"{PEOPLE}{role_of(town.moderator).pk}/remove/")
    assert not town.moderator.memberships.exists()
    assert User.objects.filter(pk=town.moderator.pk).exists()


@pytest.mark.parametrize("address", ["", "remove/"])
def test_people_of_another_city_are_not_to_be_found(town: Town, administrator: Client, address: str) -> None:
    foreign = another_city()
    theirs = Membership.objects.create(user=town.resident, city=foreign, role=Role.MODERATOR)
    answer = administrator.post(f"{PEOPLE}{theirs.pk}/{address}", {"role": "planner"})
    assert answer.status_code == 404
    assert Membership.objects.filter(pk=theirs.pk, role=Role.MODERATOR).exists()


def test_the_overview_tells_what_to_see_to_first(town: Town, administrator: Client) -> None:
    role_of(town.moderator).delete()
    page = administrator.get("/horodok/settings/").content.decode()
    assert "Nobody is a moderator yet" in page
    assert "3 departments have no e-mail address" in page
