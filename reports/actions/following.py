"""Following a report without an account: asked for on a page, proved by a letter, stopped by its link."""

from django.db import transaction

from reports import notices
from reports.models import Follower, Report


@transaction.atomic
def ask_to_follow(pk: int, address: str) -> None:
    """Send that address a link that lets it follow; one letter a day for each report, whoever asks."""
    report = Report.objects.select_related("city").select_for_update(of=("self",)).get(pk=pk)
    if not report.followers.filter(email__iexact=address).exists():
        notices.asked_to_follow(report, address)


@transaction.atomic
def follow_by_mail(report: Report, address: str) -> Follower:
    """Let an address hear of every change that is public; whoever holds it has asked for that."""
    Report.objects.select_for_update().only("pk").get(pk=report.pk)
    known = report.followers.filter(email__iexact=address).first()
    return known or Follower.objects.create(report=report, email=address)
