"""How residents and partners help: they offer, the department accepts, the timeline thanks them."""

from datetime import date

from django.db import transaction

from districts.models import Role, User
from reports import notices
from reports.actions.steps import given, locked, remark
from reports.errors import NoHelpWanted, OfferedAlready
from reports.models import HelpOffer, Note, Partner
from reports.text import clean

State = HelpOffer.State


@transaction.atomic
def offer_help(
    pk: int, by: User, text: str, partner: Partner | None = None, day: date | None = None
) -> HelpOffer:
    """Offer to help. Raises NoHelpWanted where the report doesn't welcome it, OfferedAlready, or NeedsAReason."""
    report = locked(pk)
    if not (report.welcomes_help and report.is_open and report.is_public):
        raise NoHelpWanted
    if HelpOffer.objects.filter(report=report, user=by, state__in=[State.OFFERED, State.ACCEPTED]).exists():
        raise OfferedAlready
    return HelpOffer.objects.create(report=report, user=by, partner=partner, text=clean(given(text)), day=day)


@transaction.atomic
def accept_help(offer_pk: int, by: User) -> HelpOffer:
    """Accept an offer; everybody who follows hears of it."""
    return _judged(offer_pk, by, State.OFFERED, State.ACCEPTED, told=True)


@transaction.atomic
def decline_help(offer_pk: int, by: User) -> HelpOffer:
    """Decline an offer with thanks."""
    return _judged(offer_pk, by, State.OFFERED, State.DECLINED, told=False)


@transaction.atomic
def mark_helped(offer_pk: int, by: User) -> HelpOffer:
    """The help was given; the timeline thanks them."""
    return _judged(offer_pk, by, State.ACCEPTED, State.DONE, told=True)


def _judged(offer_pk: int, by: User, before: str, after: str, *, told: bool) -> HelpOffer:
    """Raises HelpOffer.DoesNotExist for an offer that doesn't stand so any more."""
    offer = HelpOffer.objects.select_for_update(of=("self",)).get(pk=offer_pk, state=before)
    offer.state = after
    offer.save(update_fields=["state"])
    if told:
        report = locked(offer.report_id)
        details = {"partner": str(offer.partner) if offer.partner else None, "state": after}
        change = remark(report, Note.HELPED, by=by, role=Role.DEPARTMENT, details=details)
        notices.changed(report, change)
    return offer
