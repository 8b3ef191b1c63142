"""What has to come from the system: PostGIS, and for the tests a browser and gettext."""

import ctypes.util
import importlib.util
import os
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from gisportal.local import postgres
from gisportal.local.console import Step, Stop, tail

APT_LISTS = Path("/var/lib/apt/lists")
LOCK_TRIES = 60
LOCK_PAUSE_S = 5


@dataclass(frozen=True)
class Need:
    """A thing the machine must have, the Debian package that brings it, and how to see that it is there."""

    name: str
    package: str
    present: Callable[[], bool]


def _has_venv() -> bool:
    importlib.invalidate_caches()
    return importlib.util.find_spec("ensurepip") is not None


VENV = Need("Python's venv module", "python3-venv", _has_venv)
# The metapackage: the name with versions in it differs between Debian releases.
POSTGIS = Need("PostgreSQL with PostGIS", "postgresql-postgis", lambda: bool(postgres.installations()))
CHROMIUM = Need("Chromium", "chromium", lambda: shutil.which("chromium") is not None)
# The Node.js inside Playwright is linked to it; a bare Debian has none.
LIBATOMIC = Need("libatomic", "libatomic1", lambda: ctypes.util.find_library("atomic") is not None)
BROWSER = (CHROMIUM, LIBATOMIC)
GETTEXT = Need("gettext", "gettext", lambda: shutil.which("msgfmt") is not None)


def command(packages: Sequence[str]) -> list[str]:
    """The apt-get call that installs `packages`, waiting up to ten minutes for another apt to finish."""
    options = ["-o", "DPkg::Lock::Timeout=600", "-y", "--no-install-recommends"]
    return ["apt-get", *options, "install", *packages]


def provide(step: Step, needs: Sequence[Need]) -> None:
    """See that every need is met: root installs what is missing, others get a Stop with the command."""
    missing = [need for need in needs if not need.present()]
    if not missing:
        step.detail = "all present"
        return
    _refuse_unless_installable(missing)
    step.note(f"installing {', '.join(need.name for need in missing)} with apt-get")
    _install(step, [need.package for need in missing])
    still = [need for need in missing if not need.present()]
    if still:
        raise Stop(
            f"{still[0].name} is still not found after apt-get installed {still[0].package}.",
            why=_why_absent(still[0]),
            remedy="Install it in another way, or (for PostGIS) set DATABASE_URL to a server of your own.",
        )
    step.detail = "installed " + ", ".join(need.package for need in missing)


def _why_absent(need: Need) -> str:
    if need is POSTGIS:
        return f"Looked for PostgreSQL {postgres.OLDEST_MAJOR} or newer that has postgis.control."
    return ""


def _refuse_unless_installable(missing: Sequence[Need]) -> None:
    names = ", ".join(need.name for need in missing)
    call = command([need.package for need in missing])
    own_server = (
        "\nOr set DATABASE_URL to a PostgreSQL server with PostGIS of your own." if POSTGIS in missing else ""
    )
    if shutil.which("apt-get") is None:
        raise Stop(
            f"this machine lacks {names}.",
            why="They are installed for you only where apt-get exists (Debian, Ubuntu).",
            remedy=f"Install them with your system's package manager.{own_server}",
        )
    if os.geteuid() != 0:
        raise Stop(
            f"this machine lacks {names}.",
            why="Installing system packages needs root, and you are not root.",
            remedy=f"sudo apt-get update && sudo {' '.join(call)}\nThen start again.{own_server}",
        )


def _install(step: Step, packages: Sequence[str]) -> None:
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    fresh = not any(APT_LISTS.glob("*_Packages*"))
    if fresh:
        _apt(step, ["apt-get", "update"], env)
    code, output = _apt(step, command(packages), env)
    if code != 0 and not fresh:
        # Old lists name versions that the mirror no longer has.
        _apt(step, ["apt-get", "update"], env)
        code, output = _apt(step, command(packages), env)
    if code != 0:
        raise Stop(
            f"apt-get could not install {', '.join(packages)}.",
            why=tail(output),
            remedy=f"apt-get update && {' '.join(command(packages))}",
        )


def _apt(step: Step, call: Sequence[str], env: dict[str, str]) -> tuple[int, str]:
    for _ in range(LOCK_TRIES):
        code, output = step.attempt(call, env=env)
        # DPkg::Lock::Timeout does not cover the lock on the package lists.
        if code == 0 or "Could not get lock" not in output:
            break
        time.sleep(LOCK_PAUSE_S)
    return code, output
