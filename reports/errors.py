"""Why an action is refused, in words for people."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from reports.workflow import ForbiddenStep, Refused

if TYPE_CHECKING:
    from reports.models import Report

__all__ = ["ForbiddenStep", "KeyUsed", "NeedsAReason", "NotPlaced", "OutsideTheCity", "Refused"]


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
