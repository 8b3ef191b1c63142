"""«Як це пораховано»: the formula, the city's parameters, a real example, and what is left out."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from districts.models import PriorityPolicy
from reports import actions
from reports.models import Pile, Report
from tests.town import IN_THE_WEST, Town

PAGE = "/horodok/how-counted/"


def words(client: Client) -> str:
    answer = client.get(PAGE)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_example_is_worked_out_from_a_real_report(town: Town, visitor: Client) -> None:
    """Severity 2, one supporter, six of twelve weeks: 2 x (1 + ln 2) x 1.5 = 5.08."""
    town.lamp.severity = 2
    town.lamp.save()
    report = town.published()
    actions.support(report.pk, town.resident)
    before = timezone.now() - timedelta(days=43)
    Report.objects.filter(pk=report.pk).update(published_at=before)
    page = words(visitor)
    assert f"№ {report.pk}" in page
    assert "1 + 1.0 · 6 / 12" in page
    assert "2 × 1.69 × 1.50 × 1.00 × 1.00" in page
    assert "<strong>5.08</strong>" in page


def test_what_nobody_may_see_is_no_example(town: Town, visitor: Client) -> None:
    actions.keep_private(town.published().pk, town.moderator, private=True)
    town.report()
    assert "No report is open here now." in words(visitor)


def test_what_is_closed_or_lies_in_a_pile_is_no_example(town: Town, visitor: Client) -> None:
    actions.resolve(town.published().pk, town.electrician, "Готово")
    Report.objects.filter(pk=town.published().pk).update(priority=0)
    assert "No report is open here now." in words(visitor)


def test_a_changed_parameter_stands_there_with_its_day(town: Town, visitor: Client) -> None:
    assert "These are the usual values" in words(visitor)
    policy = PriorityPolicy.objects.create(city=town.city)
    policy.reopened_percent = 125
    policy.save()
    page = words(visitor)
    assert "1.25" in page
    assert "Percent for each reopening <del>50</del> → <ins>125</ins>" in page


def test_a_citys_page_shows_its_own_parameters(town: Town, visitor: Client) -> None:
    foreign = type(town.city).objects.create(slug="inshe", name_uk="Інше", boundary=town.city.boundary)
    PriorityPolicy.objects.create(city=foreign, age_weeks=77)
    assert "77" not in words(visitor)


def test_piles_are_named_with_their_numbers(town: Town, visitor: Client) -> None:
    assert "There is no such pile here now." in words(visitor)
    Pile.objects.create(city=town.city, point=IN_THE_WEST, reports=600)
    page = words(visitor)
    assert "600 reports on one point" in page
    assert "map=17/50.165/30.305" in page
