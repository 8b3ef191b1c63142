"""The table of a report's life."""

import pytest

from reports.workflow import GROUPS, NEXT, PUBLIC, WAITING, ForbiddenStep, Status, check, group_of


def test_every_status_has_a_row():
    assert set(NEXT) == set(Status)


def test_every_status_but_the_first_can_be_reached():
    assert {then for after in NEXT.values() for then in after} == set(Status) - {Status.RECEIVED}


def test_nothing_public_becomes_unpublished():
    hidden = set(Status) - set(PUBLIC)
    assert all(not (NEXT[status] & hidden) for status in PUBLIC)


def test_each_public_status_is_in_exactly_one_group():
    grouped = [status for statuses in GROUPS.values() for status in statuses]
    assert len(grouped) == len(set(grouped)) == len(PUBLIC)


def test_passed_on_stays_open():
    assert Status.PASSED_ON in WAITING


@pytest.mark.parametrize("status", [Status.RECEIVED, Status.REJECTED])
def test_what_is_not_public_has_no_group(status):
    assert group_of(status) is None


@pytest.mark.parametrize("status", [Status.RESOLVED, Status.CONFIRMED, Status.DECLINED])
def test_what_is_closed_can_be_reopened(status):
    check(status, Status.REOPENED)


def test_a_forbidden_step_is_explained():
    with pytest.raises(ForbiddenStep, match=r"“rejected” can't become “published”"):
        check(Status.REJECTED, Status.PUBLISHED)
