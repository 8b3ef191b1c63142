import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from districts.models import Membership, Role
from reports import actions
from tests.town import IN_THE_EAST, Town

DESK = "/horodok/work/"


def test_a_visitor_is_asked_to_sign_in(visitor: Client, town: Town) -> None:
    assert visitor.get(DESK).headers["Location"] == f"/accounts/login/?next={DESK}"


def test_a_moderator_who_works_for_no_department_has_no_queue(moderator: Client, town: Town) -> None:
    assert moderator.get(DESK).status_code == 403


def test_the_queue_holds_what_was_sent_to_the_department_and_nothing_else(
    electrician: Client, town: Town
) -> None:
    ours = town.published()
    town.published(point=IN_THE_EAST)
    town.report()
    assert list(electrician.get(DESK).context["page"]) == [ours]


def test_overdue_reports_come_first_and_say_so(electrician: Client, town: Town) -> None:
    fresh, late = town.published("Свіже"), town.overdue("Давнє")
    page = electrician.get(DESK)
    assert list(page.context["page"]) == [late, fresh]
    assert page.content.decode().count('class="overdue-tag"') == 1


def test_the_territory_map_stands_beside_the_queue(electrician: Client, town: Town) -> None:
    assert 'data-department="lamps"' in electrician.get(DESK).content.decode()


def test_a_department_starts_a_report(electrician: Client, town: Town) -> None:
    report = town.published()
    electrician.post(f"{DESK}{report.pk}/start/", {"reason": ""})
    report.refresh_from_db()
    assert report.status == "in_progress"


def test_a_department_resolves_a_report_with_a_note_for_everybody(
    electrician: Client, visitor: Client, town: Town
) -> None:
    report = town.published()
    electrician.post(f"{DESK}{report.pk}/resolve/", {"reason": "Замінили лампу"})
    report.refresh_from_db()
    assert report.status == "resolved"
    assert "Замінили лампу" in visitor.get(f"/horodok/reports/{report.pk}/").content.decode()


def test_resolving_needs_a_note(electrician: Client, town: Town) -> None:
    report = town.published()
    page = electrician.post(f"{DESK}{report.pk}/resolve/", {"reason": ""})
    assert page.status_code == 422
    assert "Write what was done" in page.content.decode()


@pytest.mark.parametrize("verb", ["start", "resolve"])
def test_a_department_does_not_answer_for_another_one(electrician: Client, town: Town, verb: str) -> None:
    report = town.published(point=IN_THE_EAST)
    assert electrician.post(f"{DESK}{report.pk}/{verb}/", {"reason": "Готово"}).status_code == 404
    report.refresh_from_db()
    assert report.status == "published"


def test_a_conflict_is_a_clear_sentence(electrician: Client, town: Town) -> None:
    report = town.published()
    actions.resolve(report.pk, by=town.electrician, reason="Готово")
    page = electrician.post(f"{DESK}{report.pk}/start/", {"reason": ""})
    assert page.status_code == 422
    assert "A report that is “resolved” can&#x27;t become “in progress”." in page.content.decode()


def test_a_city_administrator_sees_every_department_or_one(visitor: Client, town: Town) -> None:
    Membership.objects.create(user=town.resident, city=town.city, role=Role.ADMINISTRATOR)
    visitor.force_login(town.resident)
    west, east = town.published(), town.published(point=IN_THE_EAST)
    assert list(visitor.get(DESK).context["page"]) == [west, east]
    assert list(visitor.get(DESK, {"department": "cleaners"}).context["page"]) == [east]


def test_a_department_that_is_not_theirs_is_no_way_into_its_queue(electrician: Client, town: Town) -> None:
    ours = town.published()
    town.published(point=IN_THE_EAST)
    page = electrician.get(DESK, {"department": "cleaners\0"})
    assert list(page.context["page"]) == [ours]


def test_the_queue_asks_the_database_a_fixed_number_of_questions(
    electrician: Client, town: Town, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        town.published(f"Ліхтар {number}")
    # session, person, roles, city, is there a body; bodies, four lists of choices, the names of two of them,
    # counters, count, reports, their photos; colleagues and sentences for many at once; the pages at the foot
    with django_assert_max_num_queries(19):
        electrician.get(DESK)
