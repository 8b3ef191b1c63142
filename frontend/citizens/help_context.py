"""What a report's page says of help: clean-up days ahead, who helps or helped, and this visitor's own offer."""

from dataclasses import dataclass, field

from districts.models import User
from reports.models import HelpOffer, Report


@dataclass(frozen=True, slots=True)
class Cleanup:
    """A clean-up day: how many come, who of them wants to be named, and whether this visitor is among them."""

    offer: HelpOffer
    coming: int
    names: list[str]
    comes: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class Help:
    """All of it; empty where nobody helps and no help is welcome."""

    welcome: bool
    cleanups: list[Cleanup] = field(default_factory=list)
    offers: list[HelpOffer] = field(default_factory=list)
    own: HelpOffer | None = None
    for_partner: bool = False

    @property
    def is_shown(self) -> bool:
        return bool(self.welcome or self.cleanups or self.offers or self.own)


def help_with(report: Report, visitor: User | None) -> Help:
    """Accepted and given help is for everybody, an offer that waits for its helper only."""
    offers = report.help_offers.select_related("partner", "user").prefetch_related("guests__user")
    accepted = list(offers.public())
    ahead = [offer for offer in accepted if offer.is_ahead]
    own = visitor and offers.filter(user=visitor, state__in=HelpOffer.STANDING).first()
    return Help(
        welcome=report.takes_help,
        cleanups=[_cleanup(offer, visitor) for offer in sorted(ahead, key=lambda one: (one.day, one.pk))],
        offers=[offer for offer in accepted if not offer.is_ahead],
        own=own or None,
        for_partner=visitor is not None and visitor.is_partner_in(report.city),
    )


def _cleanup(offer: HelpOffer, visitor: User | None) -> Cleanup:
    """Its host is the first of those who come."""
    guests = list(offer.guests.all())
    named = [guest.user.name for guest in guests if guest.shows_name and guest.user.name]
    own = visitor is not None and offer.user_id == visitor.pk
    return Cleanup(
        offer=offer,
        coming=len(guests) + 1,
        names=[name for name in [offer.named, *named] if name],
        comes=own or (visitor is not None and any(guest.user_id == visitor.pk for guest in guests)),
        is_own=own,
    )
