"""Why an action is refused, in words for people."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from districts.errors import Refused
from reports.workflow import ForbiddenStep

if TYPE_CHECKING:
    from reports.models import Report

__all__ = [
    "Blocked",
    "BlockedAlready",
    "Claimed",
    "CleanupOver",
    "ForbiddenStep",
    "JudgedAlready",
    "KeyUsed",
    "MayNotReport",
    "NeedsADate",
    "NeedsAPhoto",
    "NeedsAReason",
    "NoHelpWanted",
    "NoIdeas",
    "NotAMember",
    "NotAsked",
    "NotFinished",
    "NotMergeable",
    "NotOffered",
    "NotOpen",
    "NotPlaced",
    "NotServing",
    "NotYours",
    "OfferAnswered",
    "OfferedAlready",
    "OutsideTheCity",
    "PhotoRefused",
    "Refused",
    "TooFar",
    "TooLate",
    "TooManyPhotos",
    "TooOften",
]


class NotPlaced(Refused):
    """A report without a place can't be published."""

    def __init__(self) -> None:
        super().__init__(_("This report has no place yet; put it on the map before publishing."))


class OutsideTheCity(Refused):
    """The place isn't in the city; `neighbour` is the name of the one that holds it, where known."""

    def __init__(self, city: str, neighbour: str | None) -> None:
        words = {"city": city, "neighbour": neighbour}
        super().__init__(
            _(
                "This place is not in %(city)s but in %(neighbour)s; please tell them, or choose a place in the city."
            )
            % words
            if neighbour
            else _("This place is outside %(city)s; please choose a place in the city.") % words
        )
        self.neighbour = neighbour


class NeedsAReason(Refused):
    """People must be told why."""

    def __init__(self) -> None:
        super().__init__(_("Please say why, in words for everybody."))


class KeyUsed(Refused):
    """The key of this form was used for a report that says something else."""

    def __init__(self, report: "Report") -> None:
        super().__init__(
            _(
                "This form was already sent, as report № %(number)s. To report something else, open a new form."
            )
            % {"number": report.pk}
        )
        self.report = report


class MayNotReport(Refused):
    """The city wants to know who reports."""

    @classmethod
    def without_account(cls) -> "MayNotReport":
        return cls(_("In this city registered people report problems; please sign in or register first."))

    @classmethod
    def without_address(cls) -> "MayNotReport":
        return cls(_("Please leave an e-mail address; we send a link to confirm it."))


class NeedsADate(Refused):
    """Work that is planned has a day, today or later."""

    def __init__(self) -> None:
        super().__init__(_("Please give the day it is planned for, today or later."))


class NeedsAPhoto(Refused):
    """The service wants to see the outcome."""

    def __init__(self) -> None:
        super().__init__(_("This category is closed with a photo of the outcome; please add one."))


class NotServing(Refused):
    """A body of another city."""

    def __init__(self) -> None:
        super().__init__(_("This body doesn't serve the city; please choose another one."))


class NotOffered(Refused):
    """A category of another city."""

    def __init__(self) -> None:
        super().__init__(_("The city has no such service."))


class NotFinished(Refused):
    """A draft that doesn't say enough to be sent."""

    def __init__(self) -> None:
        super().__init__(_("Something is still missing; please fill in what is marked."))


class NotAMember(Refused):
    """Somebody who doesn't work for the body that has the report."""

    def __init__(self, name: str) -> None:
        super().__init__(_("%(name)s doesn’t work for the department that has this report.") % {"name": name})


class NotMergeable(Refused):
    """What can't be one case."""

    def __init__(self) -> None:
        super().__init__(
            _("These two reports can't be merged; the other one must be public and no duplicate itself.")
        )


class Claimed(Refused):
    """Another moderator holds the report."""

    def __init__(self, by: object) -> None:
        super().__init__(
            _("%(name)s is looking at this report now; it is free again in a few minutes.") % {"name": by}
        )


class NotYours(Refused):
    """What can't be done with one's own report."""

    @classmethod
    def support(cls) -> "NotYours":
        return cls(_("This is your own report; it counts you already."))


class NotAsked(Refused):
    """Nobody asked."""

    def __init__(self) -> None:
        super().__init__(_("Nobody is waiting for an answer here."))


class TooFar(Refused):
    """An objection without a photo must come from nearby."""

    def __init__(self, radius_m: int) -> None:
        super().__init__(
            _("Please add a photo, or object from within %(metres)s m of the place.") % {"metres": radius_m}
        )


class TooLate(Refused):
    """The reporter's window to reopen is over."""

    @classmethod
    def after(cls, days: int) -> "TooLate":
        return cls(
            _("A report can be opened again within %(days)s days; please report the problem anew.")
            % {"days": days}
        )

    @classmethod
    def after_confirming(cls) -> "TooLate":
        return cls(_("You confirmed that this was solved; please report the problem anew."))


class NoHelpWanted(Refused):
    """A report that doesn't welcome help."""

    def __init__(self) -> None:
        super().__init__(_("The department hasn't asked for help with this report."))


class OfferedAlready(Refused):
    """One offer at a time."""

    def __init__(self) -> None:
        super().__init__(_("You have offered your help already; the department will answer."))


class OfferAnswered(Refused):
    """An offer that somebody answered or took back meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("This offer was answered or taken back meanwhile; open the page again."))


class CleanupOver(Refused):
    """No clean-up ahead."""

    def __init__(self) -> None:
        super().__init__(_("This clean-up is over or was called off."))


class PhotoRefused(Refused):
    """A file that is no photo we can show."""


class TooManyPhotos(Refused):
    """More than a report holds."""

    def __init__(self, most: int) -> None:
        super().__init__(_("A report holds at most %(number)s photos.") % {"number": most})


class NotOpen(Refused):
    """Nobody has to answer the report now."""

    def __init__(self) -> None:
        super().__init__(_("This is possible only while a department has to answer the report."))


class JudgedAlready(Refused):
    """Somebody else decided in the meantime."""

    def __init__(self) -> None:
        super().__init__(_("Somebody has decided about this already; please look again."))


class NoIdeas(Refused):
    """The city takes no ideas."""

    def __init__(self) -> None:
        super().__init__(_("This city takes no ideas at the moment."))


class Blocked(Refused):
    """A sender whose words the city doesn't take for a while."""

    def __init__(self, city: object) -> None:
        super().__init__(
            _(
                "%(city)s takes nothing from this sender for the time being. If you think this is a mistake, please"
                " write or call the city."
            )
            % {"city": city}
        )


class BlockedAlready(Refused):
    """The list holds this sender."""

    def __init__(self) -> None:
        super().__init__(_("This sender is blocked already."))


class TooOften(Refused):
    """More than anybody may do in an hour; it is possible again in `wait_s` seconds."""

    def __init__(self, wait_s: int) -> None:
        minutes = -(-wait_s // 60)
        words = ngettext(
            "This was done too often in one hour. Nothing is lost: please send it again in %(number)d minute.",
            "This was done too often in one hour. Nothing is lost: please send it again in %(number)d minutes.",
            minutes,
        )
        super().__init__(words % {"number": minutes})
        self.wait_s = wait_s
