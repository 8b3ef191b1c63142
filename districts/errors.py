"""Why something can't be done, in words for people."""

from django.utils.translation import gettext as _


class Refused(Exception):
    """An action that can't be done; its text is for people."""


class MemberAlready(Refused):
    """The person is this in the city already."""

    def __init__(self, person: object) -> None:
        super().__init__(_("%(name)s has this role already.") % {"name": person})


class LastAdministrator(Refused):
    """A city always keeps somebody who may change its settings."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This is the city’s last administrator; make somebody else administrator first, then try again."
            )
        )


class TakenMeanwhile(Refused):
    """Somebody else wrote the same at the same time."""

    def __init__(self) -> None:
        super().__init__(_("Somebody has just written the same; look at the list, then try again."))


class StillNeeded(Refused):
    """What reports or rules rest on stays."""

    def __init__(self) -> None:
        super().__init__(_("Reports or rules still need this, so that it can’t be taken out."))
