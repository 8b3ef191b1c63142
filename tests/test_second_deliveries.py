"""What the crash test takes for an explained second delivery, and what it doesn't."""

import pytest

from tests.long.crash.mailbox import Delivery, unexplained


def delivered(*times: tuple[float, str]) -> list[Delivery]:
    return [Delivery(at, message, "olena@town.example") for at, message in times]


@pytest.mark.parametrize(
    ("came", "found"),
    [
        # The worker died at 2.5 and was there again at 3.
        ([(1, "a"), (2, "b"), (4, "b")], []),
        ([(1, "a"), (2, "b"), (4, "a")], ["a"]),
        ([(4, "a"), (5, "a")], ["a"]),
        ([(2, "a"), (4, "a"), (5, "a")], ["a"]),
        ([(1, "a"), (2, "b")], []),
    ],
    ids=["the last before the death", "not the last", "nothing died between", "a third time", "each once"],
)
def test_only_the_last_letter_before_a_death_may_come_again(
    came: list[tuple[float, str]], found: list[str]
) -> None:
    assert unexplained(delivered(*came), [0, 3]) == found
