"""Times: their quantiles, and who has its turn when."""

import pytest

from gisportal.bench.timing import alternately, quantile


@pytest.mark.parametrize(("share", "expected"), [(0.5, 2), (0.75, 3), (0.95, 4), (0.0, 1), (1.0, 4)])
def test_a_quantile_is_the_smallest_time_that_its_share_does_not_exceed(share, expected):
    assert quantile([4, 1, 3, 2], share) == expected


def test_without_times_there_is_no_quantile():
    with pytest.raises(ValueError, match="no times"):
        quantile([], 0.5)


def test_the_sides_take_turns_in_going_first_and_do_the_same_pieces():
    done = []
    sides = [lambda number: done.append(("a", number)), lambda number: done.append(("b", number))]
    times = alternately(sides, rounds=3, warm_up=0)
    assert done == [("a", 0), ("b", 0), ("b", 1), ("a", 1), ("a", 2), ("b", 2)]
    assert [len(side) for side in times] == [3, 3]


def test_warming_up_is_not_counted():
    done = []
    (times,) = alternately([done.append], rounds=2, warm_up=2)
    assert done == [0, 1, 0, 1]
    assert len(times) == 2
