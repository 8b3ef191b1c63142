"""The planner's screen of the heat map's weights: who may enter, what it previews, what it keeps."""

from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from districts.audit import changes_of, told
from districts.models import Membership, PriorityPolicy, Role, User
from layers.geometry import WGS84
from reports import actions
from reports.models import Report
from reports.moves import Move, places_that_move
from tests.town import Town

PAGE = "/horodok/planning/weights/"
NUMBERS = {
    "supporters_percent": "100",
    "age_percent": "100",
    "age_weeks": "12",
    "reopened_percent": "50",
    "merged_percent": "50",
}


@pytest.fixture
def planner(town: Town) -> User:
    person = User.objects.create_user("planner@example.org", name="Петро")
    Membership.objects.create(user=person, city=town.city, role=Role.PLANNER)
    return person


@pytest.fixture
def browser(planner: User) -> Client:
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(planner)
    return browser


def two_places(town: Town) -> tuple[Report, Report]:
    """In one place a fresh report with one supporter, in another one that has waited for 12 weeks; 700 m apart."""
    loved = town.published(address="вулиця Нова, 1")
    actions.support(loved.pk, town.resident)
    old = town.published(point=Point(30.305, 50.1715, srid=WGS84), address="вулиця Стара, 2")
    Report.objects.filter(pk=old.pk).update(published_at=timezone.now() - timedelta(weeks=12, hours=1))
    return loved, old


def test_a_planner_changes_the_weights_and_the_history_says_so(
    town: Town, planner: User, browser: Client
) -> None:
    answer = browser.post(PAGE, {**NUMBERS, "age_percent": "30", "save": "1"})
    assert answer.status_code == 302
    assert PriorityPolicy.objects.get(city=town.city).age_percent == 30
    (change,) = told(list(changes_of(town.city, (PriorityPolicy,))))
    assert change.by == planner
    assert "Петро" in browser.get("/horodok/how-counted/").content.decode()
    assert "planner@example.org" not in Client().get("/horodok/how-counted/").content.decode()


def test_kept_weights_are_applied_by_a_job(town: Town, browser: Client) -> None:
    browser.post(PAGE, {**NUMBERS, "save": "1"})
    job = ProcrastinateJob.objects.get(task_name="reports.jobs.weigh_city")
    assert job.args == {"city_id": town.city.pk}


def test_a_preview_keeps_nothing_and_holds_what_was_typed(town: Town, browser: Client) -> None:
    two_places(town)
    answer = browser.post(PAGE, {**NUMBERS, "age_percent": "10", "preview": "1"})
    assert answer.status_code == 200
    assert not PriorityPolicy.objects.exists()
    page = answer.content.decode()
    assert 'value="10"' in page
    assert "вулиця Стара, 2" in page


def test_the_preview_tells_ranks_and_points(town: Town) -> None:
    """Loved: 2 x (1 + ln 2) = 3.39; old: 2 x 2 = 4, with half of the age 2 x 1.5 = 3. Severity is 2 for both."""
    town.lamp.severity = 2
    town.lamp.save()
    two_places(town)
    now, later = PriorityPolicy(city=town.city), PriorityPolicy(city=town.city, age_percent=50)
    up, down = places_that_move(town.city, now, later, timezone.now())
    assert (up.address, up.rank_now, up.rank_later, up.rises) == ("вулиця Нова, 1", 2, 1, True)
    assert (up.points_now, up.points_later) == (3.39, 3.39)
    assert (down.address, down.points_now, down.points_later, down.rises) == ("вулиця Стара, 2", 4, 3, False)


def test_private_reports_move_nothing(town: Town) -> None:
    for report in two_places(town):
        actions.keep_private(report.pk, town.moderator, private=True)
    now, later = PriorityPolicy(city=town.city), PriorityPolicy(city=town.city, age_percent=0)
    moves: list[Move] = places_that_move(town.city, now, later, timezone.now())
    assert moves == []


def test_without_a_change_of_ranks_the_preview_says_so(town: Town, browser: Client) -> None:
    two_places(town)
    page = browser.post(PAGE, {**NUMBERS, "preview": "1"}).content.decode()
    assert "With these numbers no place would change its rank." in page


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"age_weeks": "0"}, "Write a whole number from 1 to 104."),
        ({"merged_percent": "301"}, "Write a whole number from 0 to 300."),
        ({"supporters_percent": "багато"}, "Write a whole number from 0 to 300."),
    ],
)
def test_numbers_that_make_no_sense_are_refused_and_stay(
    town: Town, browser: Client, changes: dict[str, str], complaint: str
) -> None:
    answer = browser.post(PAGE, {**NUMBERS, **changes, "save": "1"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert complaint in page
    assert f'value="{next(iter(changes.values()))}"' in page
    assert not PriorityPolicy.objects.exists()


def test_only_planners_and_administrators_see_the_way_there(
    town: Town, browser: Client, moderator: Client, administrator: Client
) -> None:
    link = f'href="{PAGE}"'
    assert link in browser.get("/horodok/").content.decode()
    assert link in administrator.get("/horodok/").content.decode()
    assert link not in moderator.get("/horodok/").content.decode()
