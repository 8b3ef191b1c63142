"""What a command says while it works: numbered steps with their time, and why it can't go on."""

import contextlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from gisportal.local.account import Account
from gisportal.local.paths import LOG, ROOT

TAIL_LINES = 25


class Stop(Exception):
    """Ends a command with exit status 2 and no traceback: what is wrong, why, what to run about it."""

    def __init__(self, what: str, *, why: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.why = why
        self.remedy = remedy

    def __str__(self) -> str:
        lines = [f"Stopped: {self.what}"]
        if self.why:
            lines += ["", *(f"  {line}" for line in self.why.splitlines())]
        if self.remedy:
            lines += ["", "What to do:", *(f"  {line}" for line in self.remedy.splitlines())]
        return "\n".join(lines)


def say(text: str = "", *, end: str = "\n") -> None:
    """Print `text` at once, also where the output is a file or a pipe."""
    try:
        sys.stdout.write(text + end)
        sys.stdout.flush()
    except OSError:
        # The terminal was closed: what is running must still be stopped in order.
        sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115


def seconds(duration_s: float) -> str:
    """`duration_s` as people read it: `0.4 s`, `12.0 s`, `2 min 05 s`."""
    if duration_s < 60:
        return f"{duration_s:.1f} s"
    minutes, rest = divmod(round(duration_s), 60)
    return f"{minutes} min {rest:02d} s"


def tail(text: str, lines: int = TAIL_LINES) -> str:
    """The last `lines` lines of `text` that are not blank at its end."""
    return "\n".join(text.rstrip().splitlines()[-lines:])


class Step:
    """One numbered line. Commands run through it are quiet (their output goes to a log) unless streamed."""

    def __init__(self, heading: str, title: str) -> None:
        self.heading = heading
        self.title = title
        self.detail = ""
        self.log = LOG / f"{re.sub(r'[^a-z0-9]+', '-', title.lower()).strip('-')}.log"
        self._started = time.monotonic()
        self._line_open = True
        self._log_begun = False
        say(f"{heading} {title} … ", end="")

    def run(
        self,
        command: Sequence[str | Path],
        *,
        cwd: Path = ROOT,
        env: Mapping[str, str] | None = None,
        account: Account | None = None,
    ) -> None:
        """Run `command` quietly, as `account` if given; a failure is a Stop with the end of its output."""
        code, output = self.attempt(command, cwd=cwd, env=env, account=account)
        if code != 0:
            raise Stop(
                f"{self.title}: {Path(command[0]).name} failed (exit status {code}).",
                why=tail(output),
                remedy=f"The whole output is in {self.log.relative_to(ROOT)}.",
            )

    def attempt(
        self,
        command: Sequence[str | Path],
        *,
        cwd: Path = ROOT,
        env: Mapping[str, str] | None = None,
        account: Account | None = None,
    ) -> tuple[int, str]:
        """Run `command` quietly: its exit status and output, which is also appended to the step's log."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("a+b" if self._log_begun else "w+b") as log:
            self._log_begun = True
            before = log.seek(0, os.SEEK_END)
            log.write(f"$ {' '.join(map(str, command))}\n".encode())
            log.flush()
            child = subprocess.Popen(
                [str(part) for part in command],
                cwd=cwd,
                env=None if env is None else dict(env),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
            )
            code = self._wait(child)
            log.seek(before)
            return code, log.read().decode(errors="replace").partition("\n")[2]

    def stream(
        self, command: Sequence[str | Path], *, cwd: Path = ROOT, env: Mapping[str, str] | None = None
    ) -> int:
        """Run `command` with its output shown as it comes; its exit status."""
        self.newline()
        child = subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd,
            env=None if env is None else dict(env),
            stdin=subprocess.DEVNULL,
        )
        return finish(child)

    def newline(self) -> None:
        """Leave the heading's line, so that what follows stands on lines of its own."""
        if self._line_open:
            say()
            self._line_open = False

    def note(self, text: str) -> None:
        """Print a remark under the step."""
        self.newline()
        say(f"      {text}")

    def close(self) -> None:
        """Print how long the step took."""
        text = f"{self.detail}, " if self.detail else ""
        text += seconds(time.monotonic() - self._started)
        if self._line_open:
            say(f"{self._rewind()}{text}")
        else:
            say(f"{self.heading} {self.title}: {text}")

    def _wait(self, child: subprocess.Popen[bytes]) -> int:
        try:
            while True:
                try:
                    return child.wait(timeout=1)
                except subprocess.TimeoutExpired:
                    self._tick()
        except BaseException:
            end(child)
            raise

    def _tick(self) -> None:
        if self._line_open and sys.stdout.isatty():
            say(f"{self._rewind()}{seconds(round(time.monotonic() - self._started))} ", end="")

    def _rewind(self) -> str:
        return f"\r\x1b[K{self.heading} {self.title} … " if sys.stdout.isatty() else ""


class Steps:
    """Counts the steps of a command: `[3/9]`."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.number = 0

    @contextlib.contextmanager
    def step(self, title: str) -> Iterator[Step]:
        """The next step, timed from here to the end of the block."""
        self.number += 1
        step = Step(f"[{self.number}/{self.total}]", title)
        try:
            yield step
        except BaseException:
            step.newline()
            raise
        step.close()


def finish(child: subprocess.Popen[bytes]) -> int:
    """The exit status of `child`, which is ended first if we are interrupted."""
    try:
        return child.wait()
    except BaseException:
        end(child)
        raise


def end(child: subprocess.Popen[bytes], patience_s: float = 10) -> None:
    """Ask `child` to stop, and kill it when it has not done so in `patience_s` seconds."""
    with contextlib.suppress(ProcessLookupError):
        child.terminate()
    try:
        child.wait(timeout=patience_s)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
