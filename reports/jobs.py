"""What is done after the answer, by the worker."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from layers.models import City
from reports import retention
from reports.mailing import send, send_digest
from reports.models import Draft, Letter, Photo
from reports.photos import smaller

STALLED_AFTER_S = 600
RETRIES = 8
"""With waits that grow as the fourth power of the attempt: the last one comes after about three hours."""


@app.task(queue="letters", retry=RETRIES)
def deliver(letter_id: int) -> None:
    """Send one letter, once: the row is locked while the mail server is spoken to, and says afterwards that it went."""
    with transaction.atomic():
        letters = Letter.objects.select_for_update(of=("self",), skip_locked=True)
        letter = (
            letters.select_related("report__city", "report__service", "change", "follower")
            .filter(pk=letter_id, sent_at=None)
            .first()
        )
        if letter is None:
            return
        send(letter)
        letter.sent_at = timezone.now()
        letter.save(update_fields=["sent_at"])


@app.task(queue="photos", retry=3)
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
    """One letter for each address that wants one a day, once its hour has come."""
    waiting = Letter.objects.filter(daily=True, sent_at=None, send_after__lte=timezone.now())
    for address in sorted(set(waiting.values_list("address", flat=True))):
        with transaction.atomic():
            rows = waiting.filter(address=address).select_for_update(of=("self",), skip_locked=True)
            letters = list(
                rows.select_related("report__city", "report__service", "change", "follower").order_by("pk")
            )
            if letters:
                send_digest(letters)
                waiting.filter(pk__in=[letter.pk for letter in letters]).update(sent_at=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(queue="upkeep", queueing_lock="retry_lost_letters")
def retry_lost_letters(timestamp: int) -> None:
    """Queue letters again whose job gave up or was lost: an hour after they were due, for three days."""
    now = timezone.now()
    lost = Letter.objects.filter(daily=False, sent_at=None, send_after__lt=now - timedelta(hours=1))
    for pk in lost.filter(created_at__gt=now - timedelta(days=3)).values_list("pk", flat=True):
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
    retention.forget_drafts(Draft.objects.untouched_since(timezone.now() - retention.DRAFTS_KEPT_FOR))


@app.periodic(cron="*/10 * * * *")
@app.task(queue="upkeep", queueing_lock="retry_stalled_jobs", pass_context=True)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Give jobs of a worker that died to another one."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_S):
        await manager.retry_job(job)
