"""Support, duplicates that become one case, comments."""

import pytest

from reports import actions
from reports.errors import (
    NotMergeable,
    NotYours,
)
from reports.models import Report


def test_support_counts_each_person_once_and_lets_them_follow(town, people):
    report = town.published()
    assert [actions.support(report.pk, person) for person in (people[0], people[0], people[1])] == [
        True,
        False,
        True,
    ]
    assert Report.objects.get(pk=report.pk).supporters == 2
    assert report.followers.count() == 2


def test_support_can_be_withdrawn(town, people):
    report = town.published()
    actions.support(report.pk, people[0])
    assert [actions.withdraw_support(report.pk, people[0]) for _ in range(2)] == [True, False]
    assert Report.objects.get(pk=report.pk).supporters == 0


def test_ones_own_report_is_not_supported(town, people):
    with pytest.raises(NotYours):
        actions.support(town.published(reporter=people[0]).pk, people[0])


def test_a_merge_makes_one_case_that_counts_each_person_once(town, people):
    case = town.published(reporter=people[0])
    duplicate = town.published(reporter=people[1])
    for person in (people[0], people[2]):
        actions.support(duplicate.pk, person)
    actions.support(case.pk, people[2])
    merged = actions.merge(duplicate.pk, case.pk, town.moderator)
    case = Report.objects.get(pk=case.pk)
    assert (merged.status, merged.duplicate_of) == ("duplicate", case)
    assert (case.supporters, case.changes.last().details) == (2, {"number": duplicate.pk})


def test_a_merge_can_be_undone(town, people):
    case, duplicate = town.published(reporter=people[0]), town.published(reporter=people[1])
    actions.start(duplicate.pk, town.worker)
    actions.merge(duplicate.pk, case.pk, town.moderator)
    apart = actions.unmerge(duplicate.pk, town.moderator, "Another hole")
    assert (apart.status, apart.duplicate_of) == ("in_progress", None)
    assert Report.objects.get(pk=case.pk).supporters == 0


def test_a_report_is_no_duplicate_of_itself_nor_of_a_duplicate(town):
    first, second, third = town.published(), town.published(), town.published()
    with pytest.raises(NotMergeable):
        actions.merge(first.pk, first.pk, town.moderator)
    actions.merge(second.pk, first.pk, town.moderator)
    with pytest.raises(NotMergeable):
        actions.merge(third.pk, second.pk, town.moderator)


def test_a_report_that_was_never_published_may_be_merged_into_a_case(town):
    case, received = town.published(), town.received(point=None, address="by the market")
    merged = actions.merge(received.pk, case.pk, town.moderator)
    assert (merged.status, merged.point) == ("duplicate", case.point)


def test_a_residents_comment_waits_an_official_one_does_not(town, people):
    report = town.published()
    said = actions.comment(report.pk, people[0], "Me too")
    official = actions.comment(report.pk, town.worker, "Tomorrow", town.roads_body)
    assert (said.state, official.state) == ("received", "published")
    assert actions.judge_comment(said.pk, publish=True).state == "published"
