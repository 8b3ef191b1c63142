"""Departments, categories and their extra questions on the administrator's screens."""

from typing import Any

import pytest
from django.test import Client

from districts.models import Department, Question, Service
from tests.frontend.settings_world import SETTINGS, another_city
from tests.town import Town


def service(**changes: Any) -> dict[str, Any]:
    return {"name_uk": "Запах газу", "name_en": "Gas smell", "severity": "3", "active": "on", **changes}


def question(**changes: Any) -> dict[str, Any]:
    return {
        "label_uk": "Що саме?",
        "label_en": "What exactly?",
        "datatype": "singlevaluelist",
        "choices": "smell | Пахне | It smells\nhiss | Шипить",
        "order": "1",
        **changes,
    }


def test_a_new_department_gets_its_code_from_its_english_name(town: Town, administrator: Client) -> None:
    sent = {"name_uk": "Служба газу", "name_en": "Gas Service", "email": "gas@example.org", "phone": "104"}
    administrator.post(f"{SETTINGS}departments/new/", sent)
    made = Department.objects.get(code="gas-service")
    assert (made.city, made.name_uk, made.email, made.phone) == (
        town.city, "Служба газу", "gas@example.org", "104",
    )  # fmt: skip


def test_a_code_that_is_taken_is_refused_and_keeps_what_was_typed(town: Town, administrator: Client) -> None:
    answer = administrator.post(f"{SETTINGS}departments/new/", {"name_uk": "Інші дороги", "code": "roads"})
    assert answer.status_code == 422
    assert "Another one has this code already" in answer.content.decode()
    assert 'value="Інші дороги"' in answer.content.decode()


def test_a_name_without_latin_letters_asks_for_a_code(town: Town, administrator: Client) -> None:
    answer = administrator.post(f"{SETTINGS}departments/new/", {"name_uk": "Служба газу"})
    assert "Write a code in Latin letters" in answer.content.decode()


def test_a_department_with_rules_cannot_be_taken_out(town: Town, administrator: Client) -> None:
    answer = administrator.post(f"{SETTINGS}departments/{town.lamps.pk}/remove/", follow=True)
    assert "Reports or rules still need this" in answer.content.decode()
    assert Department.objects.filter(pk=town.lamps.pk).exists()


def test_a_department_that_nothing_needs_is_taken_out(town: Town, administrator: Client) -> None:
    unused = Department.objects.create(city=town.city, code="unused", name_uk="Зайві")
    administrator.post(f"{SETTINGS}departments/{unused.pk}/remove/")
    assert not Department.objects.filter(pk=unused.pk).exists()


@pytest.mark.parametrize("shared", [True, False])
def test_a_body_of_another_city_or_of_all_of_them_cannot_be_changed(
    town: Town, administrator: Client, shared: bool
) -> None:
    theirs = Department.objects.create(city=None if shared else another_city(), code="x", name_uk="Чужі")
    for address in ("", "remove/"):
        assert administrator.post(f"{SETTINGS}departments/{theirs.pk}/{address}").status_code == 404


def test_a_new_category_is_a_problem_and_can_be_reported_at_once(town: Town, administrator: Client) -> None:
    sent = service(stopper_uk="Запах газу: телефонуйте 104", stopper_en="Gas smell: call 104")
    administrator.post(f"{SETTINGS}services/new/", sent)
    made = Service.objects.offered_in(town.city).get(code="gas-smell")
    assert (made.section.code, made.name, made.severity) == ("problems", "Gas smell", 3)
    assert (made.name_uk, made.stopper_uk, made.stopper_en) == (
        "Запах газу", "Запах газу: телефонуйте 104", "Gas smell: call 104",
    )  # fmt: skip


def test_a_category_without_a_ukrainian_name_is_refused(town: Town, administrator: Client) -> None:
    answer = administrator.post(f"{SETTINGS}services/new/", service(name_uk=" "))
    assert answer.status_code == 422
    assert "Write the name in Ukrainian." in answer.content.decode()


def test_changing_a_category_leaves_its_code(town: Town, administrator: Client) -> None:
    administrator.post(
        f"{SETTINGS}services/{town.lamp.pk}/", service(name_uk="Ліхтар", code="other", active="")
    )
    town.lamp.refresh_from_db()
    assert (town.lamp.code, town.lamp.name_uk, town.lamp.active) == ("lamp", "Ліхтар", False)


def test_a_category_shows_who_answers_for_it_and_in_how_many_days(town: Town, administrator: Client) -> None:
    page = administrator.get(f"{SETTINGS}services/{town.lamp.pk}/").content.decode()
    assert "City Lights" in page
    assert "3 working days" in page


def test_choices_are_read_line_by_line(town: Town, administrator: Client) -> None:
    lines = "smell | Пахне | It smells | Телефонуйте 104 | Call 104\n\nhiss | Шипить"
    administrator.post(f"{SETTINGS}services/{town.lamp.pk}/questions/", question(choices=lines))
    made = Question.objects.get(service=town.lamp)
    assert made.code == "what_exactly"
    assert made.choices == [
        {
            "key": "smell",
            "uk": "Пахне",
            "en": "It smells",
            "stop_uk": "Телефонуйте 104",
            "stop_en": "Call 104",
        },
        {"key": "hiss", "uk": "Шипить"},
    ]


def test_lines_that_cannot_be_read_are_named_by_number_and_kept(town: Town, administrator: Client) -> None:
    lines = "smell | Пахне\nЗапах | Пахне\nsmell | Знову\nhiss\na|b|c|d|e|f"
    answer = administrator.post(f"{SETTINGS}services/{town.lamp.pk}/questions/", question(choices=lines))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Line 2: begin with a key of small Latin letters" in page
    assert "Line 3: the key “smell” stands above already." in page
    assert "Line 4: write the Ukrainian text after the first “|”." in page
    assert "Line 5: it has more than five parts" in page
    assert lines in page


@pytest.mark.parametrize(
    ("datatype", "choices", "complaint"),
    [
        ("multivaluelist", "one | Один", "A list needs two choices at least"),
        ("number", "one | Один\ntwo | Два", "Only lists have choices"),
    ],
)
def test_choices_fit_the_kind_of_answer(
    town: Town, administrator: Client, datatype: str, choices: str, complaint: str
) -> None:
    sent = question(datatype=datatype, choices=choices)
    answer = administrator.post(f"{SETTINGS}services/{town.lamp.pk}/questions/", sent)
    assert complaint in answer.content.decode()


@pytest.mark.parametrize("datatype", ["string", "text", "number", "datetime"])
def test_each_kind_of_answer_without_choices_can_be_asked_and_is_previewed(
    town: Town, administrator: Client, datatype: str
) -> None:
    sent = question(datatype=datatype, choices="")
    administrator.post(f"{SETTINGS}services/{town.lamp.pk}/questions/", sent)
    assert Question.objects.get().datatype == datatype
    page = administrator.get(f"{SETTINGS}services/{town.lamp.pk}/").content.decode()
    assert 'id="preview_what_exactly"' in page


def test_choices_come_back_as_the_lines_they_were(town: Town, administrator: Client) -> None:
    row = Question.objects.create(
        service=town.lamp,
        code="what",
        label_uk="Що?",
        datatype="singlevaluelist",
        choices=[{"key": "a", "uk": "А", "stop_uk": "Стійте"}, {"key": "b", "uk": "Б", "en": "B"}],
    )
    page = administrator.get(f"{SETTINGS}services/questions/{row.pk}/").content.decode()
    assert "a | А |  | Стійте\nb | Б | B" in page


def test_a_question_is_taken_out(town: Town, administrator: Client) -> None:
    row = Question.objects.create(service=town.lamp, code="what", label_uk="Що?")
    administrator.post(f"{SETTINGS}services/questions/{row.pk}/remove/")
    assert not Question.objects.exists()
