"""The web server and the job worker, side by side until Ctrl-C or until one of them dies."""

import contextlib
import http.client
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gisportal.local import management, ports
from gisportal.local.console import Step, Stop, end, say, tail
from gisportal.local.paths import LOCAL, LOG, ROOT, VENV

HOST = "127.0.0.1"
DEFAULT_PORT = 8000
READY_TIMEOUT_S = 60
LOOK_EVERY_S = 0.25
WORKERS, THREADS = 2, 4
VENV_MARK = str(VENV).encode()
WSGI = "gisportal.wsgi:application"
RUNNING = LOCAL / "serving.pids"  # ours first, then the children's


@dataclass(frozen=True)
class Child:
    """A process we look after, and the log it writes."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path


def wanted_port(text: str | None) -> int:
    """The port that PORT names, 8000 when it names none; a Stop when it is not a port."""
    if not text:
        return DEFAULT_PORT
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise Stop(
            f"PORT={text} is not a port.", remedy="Use a number from 1024 to 65535, for example PORT=8080."
        )
    return int(text)


def require_free(port: int) -> None:
    """Stop when somebody else serves on `port`."""
    if not ports.is_free(port):
        raise Stop(
            f"port {port} is taken by another program.",
            remedy=f"Choose another, such as PORT={port + 1}; `make stop`, if it is a demo of this checkout.",
        )


@contextlib.contextmanager
def serving(step: Step, port: int) -> Iterator[list[Child]]:
    """Web server and worker, started and answering; both are stopped at the end."""
    children: list[Child] = []
    try:
        children.append(_start("web", web_server(port), "web"))
        children.append(_start("worker", management.command("procrastinate", "worker"), "worker"))
        pids = [os.getpid(), *(child.process.pid for child in children)]
        RUNNING.write_text("\n".join(map(str, pids)), encoding="utf-8")
        _wait_until_ready(children, port)
        step.detail = f"{HOST}:{port}"
        yield children
    finally:
        _stop_all(children)
        RUNNING.unlink(missing_ok=True)


def watch(children: list[Child]) -> None:
    """Return on Ctrl-C or SIGTERM; a child that dies is a Stop with the end of its log."""
    with contextlib.suppress(KeyboardInterrupt):
        while True:
            _refuse_dead(children)
            time.sleep(LOOK_EVERY_S)
    say()


def stop() -> None:
    """Stop a demo of this checkout that runs elsewhere, or what one that was killed left behind."""
    if not RUNNING.exists():
        return
    supervisor, *children = [int(line) for line in RUNNING.read_text(encoding="utf-8").split()]
    asked = [supervisor] if _is_ours(supervisor) else [pid for pid in children if _is_ours(pid)]
    if asked:
        step = Step("---", "Running demo")
        _end_elsewhere(asked)
        step.detail = "stopped"
        step.close()
    RUNNING.unlink(missing_ok=True)


def _end_elsewhere(pids: list[int]) -> None:
    for pid in pids:
        os.kill(pid, signal.SIGTERM)
    give_up = time.monotonic() + READY_TIMEOUT_S
    while left := [str(pid) for pid in pids if _is_ours(pid)]:
        if time.monotonic() > give_up:
            raise Stop(f"process {', '.join(left)} does not stop.", remedy=f"kill -9 {' '.join(left)}")
        time.sleep(LOOK_EVERY_S)


def web_server(port: int) -> list[str]:
    """The call that serves the portal on `port`, bringing back a worker that dies."""
    size = [
        "--workers",
        str(WORKERS),
        "--blocking-threads",
        str(THREADS),
        "--no-ws",
        "--respawn-failed-workers",
    ]
    return [
        str(VENV / "bin" / "granian"),
        "--interface",
        "wsgi",
        "--host",
        HOST,
        "--port",
        str(port),
        *size,
        WSGI,
    ]


def _start(name: str, call: list[str], role: str) -> Child:
    LOG.mkdir(parents=True, exist_ok=True)
    log = LOG / f"{name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            call,
            cwd=ROOT,
            env=management.environment({"PROCESS": role}),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            # Away from the terminal's Ctrl-C: we stop them, in order.
            start_new_session=True,
        )
    return Child(name, process, log)


def _wait_until_ready(children: list[Child], port: int) -> None:
    give_up = time.monotonic() + READY_TIMEOUT_S
    while not _answers(port):
        _refuse_dead(children)
        if time.monotonic() > give_up:
            raise Stop(
                f"the web server did not answer within {READY_TIMEOUT_S} s.", why=_end_of(children[0].log)
            )
        time.sleep(LOOK_EVERY_S)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _refuse_dead(children: list[Child]) -> None:
    for child in children:
        code = child.process.poll()
        if code is not None:
            raise Stop(
                f"the {child.name} process ended by itself (exit status {code}); the rest is stopped too.",
                why=_end_of(child.log),
                remedy=f"Its whole log is {child.log.relative_to(ROOT)}.",
            )


def _end_of(log: Path) -> str:
    return tail(log.read_text(errors="replace"))


def _stop_all(children: list[Child]) -> None:
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            child.process.terminate()
    for child in children:
        end(child.process)
        # A child that died at once may leave workers of its own behind.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.process.pid, signal.SIGKILL)


def _is_ours(pid: int) -> bool:
    """Whether the process still runs and is one of this checkout's, not one that got its number later."""
    try:
        os.kill(pid, 0)
        started_with = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        folder = Path(f"/proc/{pid}/cwd").resolve()
    except OSError:
        return False
    return folder == ROOT and (
        b"gisportal.local" in started_with or any(VENV_MARK in part for part in started_with)
    )
