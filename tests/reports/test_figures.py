"""How departments answer, counted by hand in a town of few reports."""

import pytest

from reports import actions
from reports.figures import Figures, figures_of
from tests.town import Town, build_town


@pytest.fixture
def town(db: None) -> Town:
    return build_town()


def of_lamps(town: Town) -> Figures:
    return figures_of(town.city).get(town.lamps.pk, Figures())


def test_open_and_overdue_reports_are_those_a_department_has_now(town: Town) -> None:
    town.published()
    town.overdue("Давно темно")
    town.report()
    assert (of_lamps(town).open, of_lamps(town).overdue) == (2, 1)


def test_a_report_opened_again_counts_against_what_was_closed(town: Town) -> None:
    """Two resolved, one of them twice, and one declined: four closings, one of them opened again."""
    first, second, third = (town.published(reporter=town.resident) for _ in range(3))
    actions.resolve(first.pk, town.electrician, "Готово")
    actions.reopen(first.pk, town.resident, "Темно")
    actions.resolve(first.pk, town.electrician, "Тепер готово")
    actions.resolve(second.pk, town.electrician, "Готово")
    actions.decline(third.pk, town.electrician, "Приватне")
    figures = of_lamps(town)
    assert (figures.resolved, figures.declined, figures.reopened, figures.closed) == (3, 1, 1, 4)
    assert figures.reopen_percent == 25


def test_without_anything_closed_there_is_no_rate(town: Town) -> None:
    town.published()
    assert of_lamps(town).reopen_percent is None


def test_not_ours_counts_for_who_sent_the_report_away(town: Town) -> None:
    actions.reroute(town.published().pk, town.electrician, town.roads, "Не наше")
    figures = figures_of(town.city)
    assert figures[town.lamps.pk].not_ours == 1
    assert figures[town.roads.pk] == Figures(open=1)


def test_private_reports_are_in_no_figure(town: Town) -> None:
    actions.keep_private(town.published().pk, town.moderator, private=True)
    assert of_lamps(town) == Figures()
