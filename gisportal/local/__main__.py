"""`python3 -m gisportal.local COMMAND`: exit status 0: done, 1: checks failed, 2: it can't be done."""

import signal
import sys
from types import FrameType

from gisportal.local.commands import COMMANDS
from gisportal.local.console import Stop, say

OTHER_USER = "Run this as the user who made the checkout's .local folder, or remove that folder as that user."


INTERRUPTIONS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    # make and the terminal may both tell us; the second time must not break off the tidying up.
    for number in INTERRUPTIONS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def main(arguments: list[str]) -> int:
    """Run the command that `arguments` names."""
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        say("Usage: python3 -m gisportal.local COMMAND\n")
        for name, command in COMMANDS.items():
            say(f"  {name:14}{command.__doc__}")
        return 2
    # A closed terminal or a plain kill stops children and the database just as Ctrl-C does.
    for number in INTERRUPTIONS:
        signal.signal(number, _interrupt)
    try:
        return COMMANDS[arguments[0]]()
    except Stop as reason:
        say(f"\n{reason}")
        return 2
    except PermissionError as error:
        say(f"\n{Stop(f'no access to {error.filename}.', why=str(error), remedy=OTHER_USER)}")
        return 2
    except KeyboardInterrupt:
        say("\nInterrupted.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
