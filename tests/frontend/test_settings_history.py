"""The history of a city's settings: who changed what, from what to what."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, transaction
from django.test import Client

from districts.audit import changes_of, told
from districts.models import CannedText, Department, Membership, Question, Role, User
from layers.models import City
from tests.frontend.settings_world import SETTINGS, another_city
from tests.town import Town


def newest(city: City) -> object:
    return told(list(changes_of(city)[:1]))[0]


def test_a_change_on_a_screen_tells_who_what_and_from_what_to_what(
    town: Town, administrator: Client, chief: User
) -> None:
    administrator.post(f"{SETTINGS}departments/{town.lamps.pk}/", {"name_uk": "Світло", "name_en": "Lights"})
    change = newest(town.city)
    assert (change.kind, change.by, change.name) == ("update", chief, "Світло")
    assert [(one.before, one.after) for one in change.differences] == [
        ("Міськсвітло", "Світло"),
        ("City Lights", "Lights"),
    ]


def test_the_page_shows_it_in_words(town: Town, administrator: Client) -> None:
    administrator.post(f"{SETTINGS}departments/{town.lamps.pk}/", {"name_uk": "Світло", "name_en": "Lights"})
    page = administrator.get(f"{SETTINGS}history/").content.decode()
    assert "<del>City Lights</del>" in page
    assert "<ins>Lights</ins>" in page
    assert "Ганна" in page


def test_a_role_that_is_changed_is_told_in_words(town: Town, administrator: Client) -> None:
    one = town.moderator.memberships.get()
    administrator.post(f"{SETTINGS}people/{one.pk}/", {"role": "department", "department": town.roads.pk})
    change = newest(town.city)
    assert {(d.before, d.after) for d in change.differences} == {
        ("moderator", "department member"),
        ("", "Roads"),
    }


def test_what_is_taken_out_keeps_its_name_in_the_history(
    town: Town, administrator: Client, chief: User
) -> None:
    text = CannedText.objects.create(city=town.city, purpose="reject", title_uk="Дубль", text_uk="Є вже")
    administrator.post(f"{SETTINGS}texts/{text.pk}/remove/")
    change = newest(town.city)
    assert (change.kind, change.name, change.by) == ("delete", "Дубль", chief)


def test_what_a_command_writes_many_at_once_is_kept_without_a_person(town: Town) -> None:
    rows = [Department(city=town.city, code=f"d{n}", name_uk=f"Служба {n}") for n in range(3)]
    Department.objects.bulk_create(rows)
    changes = told(list(changes_of(town.city)[:3]))
    assert {change.name for change in changes} == {"Служба 0", "Служба 1", "Служба 2"}
    assert {change.by for change in changes} == {None}


def test_questions_belong_to_the_city_of_their_category(town: Town) -> None:
    Question.objects.create(service=town.lamp, code="pole", label_uk="Номер опори")
    assert newest(town.city).name == "Номер опори"


def test_nothing_of_another_city_is_told(town: Town) -> None:
    foreign = another_city()
    Membership.objects.create(user=town.resident, city=foreign, role=Role.MODERATOR)
    assert [change.kind for change in told(list(changes_of(foreign)))] == ["insert"]
    assert all("resident@" not in change.name for change in told(list(changes_of(town.city))))


def test_a_change_in_the_platforms_administration_names_its_administrator(town: Town) -> None:
    boss = User.objects.create_superuser("boss@example.org")
    browser = Client()
    browser.force_login(boss)
    sent = {"role": "planner", "department": "", "id": town.moderator.memberships.get().pk}
    form = {
        "email": town.moderator.email,
        "language": "uk",
        "is_active": "on",
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "1",
        "memberships-0-city": town.city.pk,
        "memberships-0-user": town.moderator.pk,
        **{f"memberships-0-{name}": value for name, value in sent.items()},
    }
    browser.post(f"/admin/districts/user/{town.moderator.pk}/change/", form)
    assert newest(town.city).by == boss


def test_the_history_cannot_be_changed(town: Town) -> None:
    events = apps.get_model("districts", "ServiceEvent").objects.filter(pgh_obj_id=town.lamp.pk)
    with pytest.raises(ProgrammingError, match="Cannot update or delete rows"), transaction.atomic():
        events.delete()
    assert events.count() == 1
