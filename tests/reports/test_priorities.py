"""What a report weighs on the heat map, by hand, and when it is weighed anew."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.gis.geos import Point

from districts.models import PriorityPolicy, Section, Service, User
from layers.geometry import WGS84
from layers.models import City
from reports import actions
from reports.models import Report, Weighing
from reports.priorities import Weight, weights_of
from reports.weighing import weigh
from tests.town import Town, box, build_town

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def town(db: None) -> Town:
    return build_town()


def abroad() -> Report:
    """A published report of severity 1 in another city."""
    city = City.objects.create(slug="inshe", name_uk="Інше", boundary=box(20, 40, 21, 41), live=True)
    section = Section.objects.create(city=city, code=Section.PROBLEMS, name_uk="Проблеми")
    service = Service.objects.create(city=city, section=section, code="dark", name_uk="Темно", severity=1)
    return Report.objects.create(
        city=city,
        service=service,
        text="Темно",
        status="published",
        point=Point(20.5, 40.5, srid=WGS84),
        published_at=NOON,
    )


def weighed(report: Report, at: datetime = NOON, **parameters: int) -> Weight:
    (weight,) = weights_of([report.pk], PriorityPolicy(city=report.city, **parameters), at)
    return weight


def aged(report: Report, days: float) -> Report:
    """Published so many days before noon."""
    Report.objects.filter(pk=report.pk).update(published_at=NOON - timedelta(days=days))
    return report


def supported(report: Report, people: int) -> None:
    for number in range(people):
        actions.support(report.pk, User.objects.create_user(f"n{number}@example.org"))


def severe(town: Town, severity: int) -> None:
    town.lamp.severity = severity
    town.lamp.save()


def test_a_new_report_weighs_the_severity_of_its_service_as_soon_as_it_is_public(town: Town) -> None:
    severe(town, 3)
    report = town.published()
    assert report.priority == 300 == weighed(report, report.published_at).priority
    assert town.report().priority == 0


def test_supporters_count_by_their_logarithm(town: Town) -> None:
    """Severity 2, three supporters: 2 x (1 + ln 4) = 2 x 2.3863."""
    severe(town, 2)
    report = aged(town.published(), 0)
    supported(report, 3)
    assert weighed(report).priority == 477
    assert weighed(report, supporters_percent=50).priority == 339  # 2 x (1 + ln 4 / 2)
    assert weighed(report, supporters_percent=0).priority == 200


@pytest.mark.parametrize(
    ("days", "priority"),
    [(6.9, 200), (7, 217), (42, 300), (84, 400), (400, 400)],
)
def test_whole_weeks_of_waiting_count_up_to_the_citys_limit(town: Town, days: float, priority: int) -> None:
    """Twelve weeks double the weight: one of them adds 2 x 1/12."""
    severe(town, 2)
    assert weighed(aged(town.published(), days)).priority == priority


def test_what_is_closed_grows_no_older(town: Town) -> None:
    """Closed after three of four weeks: 1 x (1 + 3/12)."""
    severe(town, 1)
    report = aged(town.published(), 28)
    actions.resolve(report.pk, town.electrician, "Готово")
    Report.objects.filter(pk=report.pk).update(closed_at=NOON - timedelta(days=7))
    assert weighed(report).weeks == 3
    assert weighed(report).priority == 125


def test_each_of_five_reopenings_adds_a_half(town: Town) -> None:
    severe(town, 1)
    report = aged(town.published(), 0)
    for times, priority in enumerate([150, 200, 250, 300, 350, 350], start=1):
        actions.resolve(report.pk, town.electrician, "Готово")
        actions.reopen(report.pk, None, "Ні")
        weight = weighed(report)
        assert (weight.reopened, weight.priority) == (times, priority)


def test_merged_duplicates_count_with_their_own_duplicates(town: Town) -> None:
    """One was merged into another before that one came here: 1 x (1 + ln 3 / 2)."""
    severe(town, 1)
    case, other, last = (aged(town.published(), 0) for _ in range(3))
    actions.merge(last.pk, other.pk, town.moderator)
    actions.merge(other.pk, case.pk, town.moderator)
    assert (weighed(case).merged, weighed(case).priority) == (2, 155)


def test_supporters_of_a_duplicate_count_once_in_its_case(town: Town) -> None:
    """The duplicate's reporter and its supporter come over; who supported both counts once: 2 in all."""
    case, other = town.published(), town.published(reporter=town.resident)
    supported(other, 1)
    actions.support(case.pk, User.objects.get(email="n0@example.org"))
    actions.merge(other.pk, case.pk, town.moderator)
    assert weighed(case).supporters == 2


def test_all_factors_are_multiplied(town: Town) -> None:
    """2 x (1 + ln 4 = 2.38629) x (1 + 6/12) x (1 + 1/2) x (1 + ln 2 / 2 = 1.34657) = 14.4602."""
    severe(town, 2)
    report = aged(town.published(), 42)
    supported(report, 3)
    actions.resolve(report.pk, town.electrician, "Готово")
    actions.reopen(report.pk, None, "Ні")
    actions.merge(town.published().pk, report.pk, town.moderator)
    assert weighed(report).priority == 1446


def test_weighing_touches_only_what_weighs_something_else_now(town: Town) -> None:
    old, new = aged(town.published(), 84), aged(town.published(), 0)
    hidden = town.report()
    assert weigh(town.city, NOON) == 1
    assert weigh(town.city, NOON) == 0
    weights = dict(Report.objects.values_list("pk", "priority"))
    assert weights == {old.pk: 2 * new.priority, new.pk: new.priority, hidden.pk: 0}


def test_weights_hold_for_a_stated_hour(town: Town) -> None:
    for hour in (NOON, NOON + timedelta(hours=1)):
        weigh(town.city, hour)
        assert Weighing.objects.get(city=town.city).at == hour


def test_batches_reach_every_report(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.weighing.BATCH", 2)
    for _ in range(5):
        aged(town.published(), 84)
    assert weigh(town.city, NOON) == 5


def test_a_citys_parameters_are_its_own(town: Town) -> None:
    here = aged(town.published(), 84)
    there = aged(abroad(), 84)
    PriorityPolicy.objects.create(city=there.city, age_percent=0)
    for city in (town.city, there.city):
        weigh(city, NOON)
    assert Report.objects.get(pk=here.pk).priority == 2 * here.priority
    assert Report.objects.get(pk=there.pk).priority == 100


def test_the_heat_map_adds_up_the_weights(town: Town) -> None:
    aged(town.published(), 84)
    weigh(town.city, NOON)
    assert (
        Report.objects.public().weighed().values_list("weight", flat=True).get() == 200 * town.lamp.severity
    )
