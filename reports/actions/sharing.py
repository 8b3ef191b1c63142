"""What a department shares about a report: a word with other staff, a link with a contractor."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from districts.models import User
from reports.actions.steps import given, locked
from reports.errors import NotOpen
from reports.models import AnswerLink, InternalNote
from reports.text import clean


@transaction.atomic
def note(pk: int, by: User, text: str) -> InternalNote:
    """Write down what only staff will read. Raises NeedsAReason for no words."""
    report = locked(pk)
    return InternalNote.objects.create(
        report=report, author=by, department_id=report.department_id, text=clean(given(text))
    )


@transaction.atomic
def hand_link(pk: int, by: User, to: str, days: int) -> AnswerLink:
    """Let somebody answer without an account for so many days. Raises NotOpen, or NeedsAReason without a name."""
    report = locked(pk)
    if not report.is_open or report.department is None:
        raise NotOpen
    now = timezone.now()
    return AnswerLink.objects.create(
        report=report,
        department=report.department,
        given_to=clean(given(to))[:120],
        given_by=by,
        given_at=now,
        expires_at=now + timedelta(days=days),
    )


@transaction.atomic
def take_link_back(link_pk: int) -> AnswerLink:
    """From now on the link opens nothing."""
    link = AnswerLink.objects.select_for_update().get(pk=link_pk)
    link.revoked_at = link.revoked_at or timezone.now()
    link.save(update_fields=["revoked_at"])
    return link
