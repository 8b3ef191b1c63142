"""What keeps the queue itself well: retries that wait, jobs of dead workers, and what is done and forgotten."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob
from procrastinate.jobs import Job

from reports import jobs
from tests.reports.worker import work_off

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def empty_queue(transactional_db: None) -> None:
    """Flushing a test database leaves the queue's tables alone, for Django doesn't manage them."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_periodic_defers CASCADE")


def dead_worker() -> int:
    """A worker that was killed two minutes ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '2 minutes') RETURNING id"
        )
        return int(cursor.fetchone()[0])


def left_undone(pk: int) -> None:
    """The job as a worker that was killed over it leaves it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s",
            [dead_worker(), pk],
        )


def status(pk: int) -> str:
    return str(ProcrastinateJob.objects.get(pk=pk).status)


def finished(pk: int, days_ago: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_events SET at = now() - make_interval(days => %s) WHERE job_id = %s",
            [days_ago, pk],
        )


@pytest.mark.parametrize(("attempts", "wait_s"), [(0, 3), (3, 81), (7, 6561)])
def test_a_letter_waits_longer_after_each_try(attempts: int, wait_s: int) -> None:
    job = Job(id=1, queue="letters", lock=None, queueing_lock=None, task_name="deliver", attempts=attempts)
    before = datetime.now(tz=UTC)
    decision = jobs.LETTER_RETRIES.get_retry_decision(exception=OSError(), job=job)
    assert decision is not None
    assert decision.retry_at is not None
    assert decision.retry_at - before >= timedelta(seconds=wait_s - 1)


def test_after_eight_more_tries_a_letters_job_gives_up() -> None:
    job = Job(id=1, queue="letters", lock=None, queueing_lock=None, task_name="deliver", attempts=8)
    assert jobs.LETTER_RETRIES.get_retry_decision(exception=OSError(), job=job) is None


def test_a_job_of_a_killed_worker_is_done_by_another_one() -> None:
    pk = jobs.deliver.defer(letter_id=0)
    left_undone(pk)
    jobs.retry_stalled_jobs.defer(timestamp=0)
    work_off("upkeep", "letters")
    assert status(pk) == "succeeded"


def test_one_whose_successor_is_queued_already_does_not_keep_the_rest_from_being_taken_up() -> None:
    pk = jobs.send_digests.defer(timestamp=0)
    left_undone(pk)
    successor = jobs.send_digests.defer(timestamp=900)
    other = jobs.deliver.defer(letter_id=0)
    left_undone(other)
    jobs.retry_stalled_jobs.defer(timestamp=0)
    work_off("upkeep", "letters")
    assert [status(pk), status(successor), status(other)] == ["failed", "succeeded", "succeeded"]


def test_taking_up_stalled_jobs_holds_no_lock_that_a_killed_worker_could_keep() -> None:
    left_undone(jobs.retry_stalled_jobs.defer(timestamp=0))
    pk = jobs.retry_stalled_jobs.defer(timestamp=60)
    work_off("upkeep")
    assert status(pk) == "succeeded"


def test_finished_jobs_are_forgotten_after_three_days_and_what_waits_never() -> None:
    old, young, waiting = (jobs.deliver.defer(letter_id=0) for _ in range(3))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id IN (%s, %s)", [old, young])
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id IN (%s, %s)", [old, young]
        )
    finished(old, days_ago=4)
    finished(waiting, days_ago=4)
    jobs.forget_finished_jobs.defer(timestamp=0)
    work_off("upkeep")
    kept = ProcrastinateJob.objects.filter(pk__in=[old, young, waiting]).values_list("pk", flat=True)
    assert sorted(kept) == [young, waiting]
    assert not ProcrastinateEvent.objects.filter(job_id=old).exists()
