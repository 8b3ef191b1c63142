"""Running the tests: all of them for `make test`, the long figures part by part for `make test-long`."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from gisportal.local import fingerprint, management
from gisportal.local.console import Steps, Stop, end, say
from gisportal.local.fingerprint import Stamp
from gisportal.local.node import Node
from gisportal.local.paths import FRONTEND, LOCAL, LOG, PYTHON, ROOT

PROCESSES = "2"
CLOSING_LINE = re.compile(
    r"(=+ )?\d+ (passed|failed|skipped|errors?|deselected|warnings?)\b.* in [\d.]+s.*|=+ no tests ran.*"
)
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def pytest(steps: Steps) -> tuple[int, str]:
    """Run the Python tests, browser tests included: the exit status and pytest's closing line."""
    with steps.step("Python and browser tests") as step:
        step.newline()
        return tee(
            [PYTHON, "-m", "pytest", "-m", "not long", "-n", PROCESSES],
            LOG / "pytest.log",
            management.environment(),
        )


def vitest(steps: Steps, node: Node) -> int:
    """Run the TypeScript tests: the exit status."""
    with steps.step("TypeScript tests") as step:
        script = FRONTEND / "node_modules" / ".bin" / "vitest"
        plain = {} if sys.stdout.isatty() else {"NO_COLOR": "1"}
        return step.stream([script, "run"], cwd=FRONTEND, env=node.environment() | plain)


def tee(command: Sequence[str | Path], log: Path, env: Mapping[str, str]) -> tuple[int, str]:
    """Run `command`, its output shown and kept in `log`: the exit status and pytest's closing line."""
    log.parent.mkdir(parents=True, exist_ok=True)
    child = subprocess.Popen(
        [str(part) for part in command],
        cwd=ROOT,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert child.stdout is not None
    try:
        with log.open("wb") as kept:
            # Not line by line: pytest's dots should be seen as they come.
            while chunk := os.read(child.stdout.fileno(), 65536):
                kept.write(chunk)
                sys.stdout.buffer.write(chunk)
                sys.stdout.buffer.flush()
        code = child.wait()
    except BaseException:
        end(child)
        raise
    return code, closing_line(log.read_text(errors="replace"))


def closing_line(output: str) -> str:
    """Pytest's last line (`=== 3 passed in 0.1s ===`) without colours; empty when it wrote none."""
    for line in reversed(output.splitlines()):
        plain = COLOUR.sub("", line).strip()
        if CLOSING_LINE.fullmatch(plain):
            return plain
    return ""


def long_parts(root: Path = ROOT) -> dict[str, Path]:
    """The parts of the long figures by name: `cells` is `tests/long/test_cells.py`."""
    files = sorted((root / "tests" / "long").glob("**/test_*.py"))
    return {file.stem.removeprefix("test_"): file for file in files}


def chosen(parts: Mapping[str, Path], wanted: str | None) -> dict[str, Path]:
    """All parts, or the one that is wanted; a Stop when there is none of that name."""
    if not wanted:
        return dict(parts)
    if wanted not in parts:
        raise Stop(f"there is no part {wanted}.", remedy=f"The parts are: {', '.join(parts) or 'none yet'}.")
    return {wanted: parts[wanted]}


def run_long(wanted: str | None) -> int:
    """Run the parts of the long figures that this version has not finished yet: 0 when all are."""
    parts = chosen(long_parts(), wanted)
    if not parts:
        say("no long figures yet")
        return 0
    failed = []
    for name, file in parts.items():
        stamp = Stamp(LOCAL / "long" / version() / name)
        if stamp.holds("finished"):
            say(f"{name}: finished before; delete {stamp.path.relative_to(ROOT)} to run it again")
            continue
        say(f"{name}:")
        code, _ = tee(
            [PYTHON, "-m", "pytest", "-m", "long", file], LOG / f"long-{name}.log", management.environment()
        )
        if code == 0:
            stamp.set("finished")
        else:
            failed.append(name)
    say(f"Failed: {', '.join(failed)}" if failed else "All long figures hold.")
    return 1 if failed else 0


def version() -> str:
    """The commit that is checked out, and a mark of the changes on top of it."""
    commit, changes = (_git("rev-parse", "--short=12", "HEAD").strip(), _git("diff", "HEAD"))
    if not commit:
        return "unversioned"
    return f"{commit}-{fingerprint.of_text(changes)[:8]}" if changes else commit


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=False, env=os.environ)
    except FileNotFoundError:
        return ""
    return done.stdout.decode(errors="replace") if done.returncode == 0 else ""
