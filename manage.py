#!/usr/bin/env python3
"""Django's command line. Called by a Python that lacks the project's packages, it goes on with `.venv`'s."""

import importlib.util
import os
import sys
from pathlib import Path

VENV_PYTHON = Path(__file__).resolve().parent / ".venv" / "bin" / "python"


def main() -> None:
    """Run the management command that the arguments name."""
    if any(importlib.util.find_spec(package) is None for package in ("django", "environ")):
        _go_on_in_venv()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gisportal.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def _go_on_in_venv() -> None:
    if Path(sys.prefix).resolve() == VENV_PYTHON.parents[1] or not VENV_PYTHON.exists():
        sys.exit("The project's packages are not installed: run `make demo` or `make migrate-only` once.")
    os.execv(VENV_PYTHON, [str(VENV_PYTHON), *sys.argv])  # noqa: S606 - our own interpreter


if __name__ == "__main__":
    main()
