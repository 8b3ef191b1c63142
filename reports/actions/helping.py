"""How residents and partners help: they offer, the department accepts, the timeline thanks them."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from districts.models import Role, User
from reports import notices
from reports.actions.steps import given, locked, remark
from reports.errors import CleanupOver, NeedsADate, NoHelpWanted, OfferAnswered, OfferedAlready
from reports.models import CleanupGuest, HelpOffer, Note, Partner, Report
from reports.text import clean

State = HelpOffer.State


@transaction.atomic
def offer_help(
    pk: int,
    by: User,
    text: str,
    partner: Partner | None = None,
    day: date | None = None,
    *,
    cleanup: bool = False,
    shows_name: bool = False,
) -> HelpOffer:
    """Offer to help, or to hold a clean-up day; whoever answers for the report hears of it.

    Raises NoHelpWanted where neither the report welcomes help nor it is an idea, OfferedAlready, NeedsADate for a day
    that is over or a clean-up without one, or NeedsAReason.
    """
    report = locked(pk)
    if not report.takes_help:
        raise NoHelpWanted
    if HelpOffer.objects.filter(report=report, user=by, state__in=HelpOffer.STANDING).exists():
        raise OfferedAlready
    if (cleanup and day is None) or (day is not None and day < timezone.localdate()):
        raise NeedsADate
    offer = HelpOffer.objects.create(
        report=report,
        user=by,
        partner=partner,
        text=clean(given(text)),
        day=day,
        cleanup=cleanup,
        shows_name=shows_name,
    )
    notices.help_offered(offer)
    return offer


@transaction.atomic
def accept_help(offer_pk: int, by: User, role: str = Role.DEPARTMENT) -> HelpOffer:
    """Accept an offer; the helper and everybody who follows hear of it. Raises OfferAnswered."""
    offer = _moved(offer_pk, State.OFFERED, State.ACCEPTED)
    _told(offer, by, role)
    return offer


@transaction.atomic
def decline_help(offer_pk: int, by: User, role: str = Role.DEPARTMENT) -> HelpOffer:
    """Decline an offer with thanks; the helper hears of it. Raises OfferAnswered."""
    offer = _moved(offer_pk, State.OFFERED, State.DECLINED)
    notices.help_answered(offer)
    return offer


@transaction.atomic
def mark_helped(offer_pk: int, by: User, role: str = Role.DEPARTMENT) -> HelpOffer:
    """The help was given; the timeline thanks them. Raises OfferAnswered."""
    offer = _moved(offer_pk, State.ACCEPTED, State.DONE)
    _told(offer, by, role)
    return offer


@transaction.atomic
def withdraw_help(offer_pk: int, by: User) -> HelpOffer:
    """Take one's own offer back; the department and the guests of a clean-up hear of it. Raises OfferAnswered."""
    offer = _moved(offer_pk, *HelpOffer.STANDING, State.WITHDRAWN, of=by)
    notices.help_withdrawn(offer)
    return offer


@transaction.atomic
def join_cleanup(offer_pk: int, by: User, *, shows_name: bool = False) -> CleanupGuest:
    """Come to a clean-up day, once. Raises CleanupOver where there is none ahead."""
    offer = _locked_offer(offer_pk)
    if not offer.is_ahead:
        raise CleanupOver
    guest, _new = CleanupGuest.objects.update_or_create(
        offer=offer, user=by, defaults={"shows_name": shows_name}
    )
    return guest


@transaction.atomic
def leave_cleanup(offer_pk: int, by: User) -> bool:
    """Not come after all. False where one wasn't expected."""
    gone, _rows = CleanupGuest.objects.filter(offer=offer_pk, user=by).delete()
    return bool(gone)


def _locked_offer(offer_pk: int) -> HelpOffer:
    """The offer and its report, locked in the order all actions keep: the report first. Raises OfferAnswered."""
    report_pk = HelpOffer.objects.filter(pk=offer_pk).values_list("report", flat=True).first()
    if report_pk is None:
        raise OfferAnswered
    report = locked(report_pk)
    offer = HelpOffer.objects.select_for_update(of=("self",)).select_related("partner", "user")
    found = offer.get(pk=offer_pk)
    found.report = report
    return found


def _moved(offer_pk: int, *path: str, of: User | None = None) -> HelpOffer:
    """The offer in the last state of the path, if it was in one of the others and, where asked, is that person's."""
    *before, after = path
    offer = _locked_offer(offer_pk)
    if offer.state not in before or (of is not None and offer.user_id != of.pk):
        raise OfferAnswered
    offer.state = after
    offer.save(update_fields=["state"])
    return offer


def _name_in(language: str, partner: Partner | None) -> str | None:
    with override(language):
        return str(partner) if partner else None


def _told(offer: HelpOffer, by: User, role: str) -> None:
    """The history names partners only: it is never edited, and a person may want to be forgotten."""
    report: Report = offer.report
    details = {
        "partner": _name_in("uk", offer.partner),
        "partner_en": _name_in("en", offer.partner),
        "state": offer.state,
        "offer": offer.pk,
        "cleanup": offer.day.isoformat() if offer.cleanup and offer.day else None,
    }
    change = remark(report, Note.HELPED, by=by, role=role, details=details)
    notices.changed(report, change)
    notices.help_answered(offer)
