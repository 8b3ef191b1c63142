"""Nothing that was acknowledged is lost or doubled and no letter is missing, whatever is killed meanwhile."""

import random
import time
from collections.abc import Iterator

import pytest

from gisportal.local import postgres
from gisportal.local.console import say
from tests.long.crash.ground import Ground
from tests.long.crash.load import Load
from tests.long.crash.mailbox import unexplained
from tests.long.crash.processes import kill

SEED = 20261124
WEB_KILLS, WORKER_KILLS, RESTARTS = 50, 20, 10
LETTERS_WITHIN_S = 600
"""A minute until a dead worker is taken for dead, one until somebody looks, and the retries of what failed."""

pytestmark = pytest.mark.long


@pytest.fixture
def ground() -> Iterator[Ground]:
    if not postgres.installations():
        pytest.skip("there is no PostgreSQL with PostGIS on this machine to kill")
    with Ground() as ground:
        yield ground


def test_killed_servers_and_workers_lose_and_double_nothing(
    ground: Ground, capsys: pytest.CaptureFixture[str]
) -> None:
    dice = random.Random(SEED)
    moments = ["web"] * WEB_KILLS + ["worker"] * WORKER_KILLS
    dice.shuffle(moments)
    load = Load(ground.port, ground.moderator_session, SEED, pause_s=1)
    with load.going_on():
        for what in moments:
            time.sleep(dice.uniform(0.3, 4))
            kill_web(ground, dice) if what == "web" else kill_worker(ground, dice)
    told = settled(ground, load)
    tell(capsys, f"seed {SEED}: {WEB_KILLS} kills of web workers, {WORKER_KILLS} of the job worker: {told}")
    tell(capsys, f"the web server itself ended and was started again {len(ground.web.starts) - 1} times")
    assert load.wrong == []


def test_a_restarted_database_is_told_as_an_outage(
    ground: Ground, capsys: pytest.CaptureFixture[str]
) -> None:
    dice = random.Random(SEED)
    load = Load(ground.port, ground.moderator_session, SEED, pause_s=0.5)
    with load.going_on():
        for number in range(RESTARTS):
            time.sleep(dice.uniform(2, 6))
            ground.restart_database("immediate" if number % 2 else "fast")
    told = settled(ground, load)
    tell(capsys, f"seed {SEED}: {RESTARTS} restarts of the database: {told}")
    assert load.wrong == []
    assert load.statuses[503] > 0, "no restart was felt"


def kill_web(ground: Ground, dice: random.Random) -> None:
    """One of its workers, at random; waits for one while the server starts."""
    while not (workers := ground.web.children()) or not kill(dice.choice(workers)):
        time.sleep(0.1)


def kill_worker(ground: Ground, dice: random.Random) -> None:
    """Half of the time just after the mail server took a letter, where we may not have written it down."""
    if dice.random() < 0.5:
        ground.mailbox.came.clear()
        ground.mailbox.came.wait(5)
        time.sleep(dice.uniform(0, 0.002))
    kill(ground.worker.pid)


def settled(ground: Ground, load: Load) -> str:
    """Once all letters went: nothing is lost, doubled, missing, or came twice without a reason; the figures."""
    give_up = time.monotonic() + LETTERS_WITHIN_S
    while waiting := ground.number("SELECT count(*) FROM reports_letter WHERE sent_at IS NULL"):
        assert time.monotonic() < give_up, f"{waiting} letters still wait\n{ground.log('worker')[-5000:]}"
        time.sleep(1)
    stored = [text for (text,) in ground.rows("SELECT text FROM reports_report")]
    lost = set(load.acknowledged) - set(stored)
    assert lost == set()
    assert len(stored) == len(set(stored))
    untold = "SELECT count(*) FROM reports_statuschange c WHERE NOT EXISTS (SELECT FROM reports_letter l"
    assert ground.number(f"{untold} WHERE l.change_id = c.id AND l.audience = 'reporter')") == 0
    delivered = ground.mailbox.times_delivered()
    letters = {message for (message,) in ground.rows("SELECT message_id FROM reports_letter")}
    assert letters - set(delivered) == set()
    assert unexplained(ground.mailbox.deliveries, sorted([*ground.worker.starts, *ground.breaks])) == []
    again = sum(times - 1 for times in delivered.values())
    return (
        f"{len(load.acknowledged)} reports acknowledged, {load.published} of them published, 0 lost, "
        f"0 doubled; {len(letters)} letters, 0 missing, "
        f"{again} delivered a second time, each with its Message-ID; answers {dict(sorted(load.statuses.items()))}"
    )


def tell(capsys: pytest.CaptureFixture[str], text: str) -> None:
    with capsys.disabled():
        say(f"\n{text}")
