"""What is done after the answer, by the worker."""

import logging
from contextlib import suppress
from datetime import timedelta
from smtplib import SMTPException

from anymail.exceptions import AnymailError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.jobs import Status as JobStatus

from layers.models import City
from reports import abuse, cells, retention
from reports.mailing import RefusedForGood, send, send_digest
from reports.models import Letter, Photo
from reports.photos import smaller
from reports.weighing import weigh

log = logging.getLogger(__name__)

STALLED_AFTER_S = 60
"""A worker says every ten seconds that it lives."""
LETTER_RETRIES = RetryStrategy(max_attempts=8, exponential_wait=3)
"""After 3, 9, 27 … 6561 seconds: the last try comes not quite three hours after the first."""
PHOTO_RETRIES = RetryStrategy(max_attempts=3, exponential_wait=5)
LOST_AFTER = timedelta(hours=4)
"""Longer than all retries of a letter take."""
GIVEN_UP_AFTER = timedelta(days=3)
DONE_JOBS_KEPT_H, FAILED_JOBS_KEPT_H = 3 * 24, 30 * 24
FIRST = 10
"""The priority of a job that others wait for."""


@app.task(queue="letters", retry=LETTER_RETRIES)
def deliver(letter_id: int) -> None:
    """Send one letter, once: the row is locked while the mail server is spoken to, and says afterwards how it went."""
    with transaction.atomic():
        letters = Letter.objects.to_send().select_for_update(of=("self",), skip_locked=True)
        letter = letters.with_what_it_tells().filter(pk=letter_id).first()
        if letter is None:
            return
        try:
            send(letter)
        except RefusedForGood as refusal:
            letter.failure = refusal.why
        else:
            letter.sent_at = timezone.now()
        letter.save(update_fields=["sent_at", "failure"])


@app.task(queue="photos", retry=PHOTO_RETRIES)
def make_thumbnail(photo_id: int) -> None:
    """The picture that lists show, from the one that everybody may see."""
    photo = Photo.objects.filter(pk=photo_id).first()
    if photo is None:
        return
    with photo.image.open("rb") as shown:
        small = smaller(shown.read())
    photo.thumbnail.save(f"{photo.token}.webp", ContentFile(small.webp), save=False)
    photo.save(update_fields=["thumbnail"])


@app.periodic(cron="*/15 * * * *")
@app.task(queue="letters", queueing_lock="send_digests")
def send_digests(timestamp: int) -> None:
    """One letter for each address that wants one a day, once its hour has come; an ill server doesn't stop the rest."""
    due = Letter.objects.to_send().filter(daily=True, send_after__lte=timezone.now())
    for address in sorted(set(due.values_list("address", flat=True))):
        try:
            _send_digest_to(address)
        except (SMTPException, AnymailError) as error:
            log.warning("a digest waits for the next quarter of an hour: %s", error)
        except OSError as error:
            log.warning("all digests wait: the mail server can't be reached: %s", error)
            return


def _send_digest_to(address: str) -> None:
    with transaction.atomic():
        due = Letter.objects.to_send().filter(daily=True, send_after__lte=timezone.now(), address=address)
        rows = due.select_for_update(of=("self",), skip_locked=True)
        letters = list(rows.with_what_it_tells().order_by("pk"))
        if not letters:
            return
        sent = Letter.objects.filter(pk__in=[letter.pk for letter in letters])
        try:
            send_digest(letters)
        except RefusedForGood as refusal:
            sent.update(failure=refusal.why)
        else:
            sent.update(sent_at=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(queue="upkeep", queueing_lock="retry_lost_letters")
def retry_lost_letters(timestamp: int) -> None:
    """Queue letters again whose job gave up or was lost, until three days after they were written."""
    now = timezone.now()
    lost = Letter.objects.to_send().filter(daily=False, send_after__lt=now - LOST_AFTER)
    for pk in lost.filter(created_at__gt=now - GIVEN_UP_AFTER).values_list("pk", flat=True):
        # Where the one before still waits in the queue, it will do.
        with suppress(AlreadyEnqueued), transaction.atomic():
            deliver.configure(queueing_lock=f"letter:{pk}").defer(letter_id=pk)


@app.periodic(cron="30 3 * * *")
@app.task(queue="upkeep", queueing_lock="forget_senders")
def forget_senders(timestamp: int) -> None:
    """Each night: forget whose the reports were whose city's period is over."""
    for city in City.objects.order_by("pk"):
        retention.forget_due(city)


@app.periodic(cron="50 3 * * *")
@app.task(queue="upkeep", queueing_lock="forget_drafts")
def forget_drafts(timestamp: int) -> None:
    """Each night: forget the drafts that nobody came back to."""
    retention.forget_drafts(retention.drafts_over(timezone.now()))


@app.periodic(cron="* * * * *")
@app.task(queue="upkeep", queueing_lock="fold_cells")
def fold_cells(timestamp: int) -> None:
    """Each minute: merge what was counted since, so that those who read have little to add."""
    cells.fold()


@app.periodic(cron="10 4 * * *")
@app.task(queue="upkeep", queueing_lock="forget_due_days")
def forget_due_days(timestamp: int) -> None:
    """Each night: throw away the counts of days due that nobody asks for any more."""
    cells.forget_days()


@app.periodic(cron="20 * * * *")
@app.task(queue="upkeep", queueing_lock="forget_counts")
def forget_counts(timestamp: int) -> None:
    """Each hour: throw away counts of attempts that are a day old."""
    abuse.forget_counts(timezone.now())


@app.periodic(cron="0 * * * *")
@app.task(queue="upkeep", queueing_lock="weigh_cities")
def weigh_cities(timestamp: int) -> None:
    """Each hour: weigh the reports of every city anew; the weights hold for this hour."""
    for city in City.objects.order_by("pk"):
        weigh_soon(city)


def weigh_soon(city: City) -> None:
    """Queue the weighing of a city's reports; once is enough, where it waits already."""
    lock = f"weigh:{city.pk}"
    with suppress(AlreadyEnqueued), transaction.atomic():
        weigh_city.configure(lock=lock, queueing_lock=lock).defer(city_id=city.pk)


@app.task(queue="upkeep")
def weigh_city(city_id: int) -> None:
    """Weigh a city's reports as of now."""
    weigh(City.objects.get(pk=city_id), timezone.now())


@app.periodic(cron="45 3 * * *")
@app.task(queue="upkeep", queueing_lock="forget_finished_jobs", pass_context=True)
async def forget_finished_jobs(context: JobContext, timestamp: int) -> None:
    """Each night: delete jobs that were done three days ago, and those that failed a month ago."""
    kept = context.app.job_manager
    await kept.delete_old_jobs(nb_hours=DONE_JOBS_KEPT_H)
    await kept.delete_old_jobs(
        nb_hours=FAILED_JOBS_KEPT_H, include_failed=True, include_cancelled=True, include_aborted=True
    )


# Without a lock: a worker that dies over this very job must not keep the others from it.
@app.periodic(cron="* * * * *")
@app.task(queue="upkeep", queueing_lock="retry_stalled_jobs", pass_context=True, priority=FIRST)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Each minute: give jobs of a worker that died to another one."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_S):
        try:
            await jobs.retry_job(job)
        except UniqueViolation:
            # The next one of its kind is queued already and will do the same.
            await jobs.finish_job(job, JobStatus.FAILED, delete_job=False)
