"""A process that is started again whenever it ends, as a service manager does."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

LOOK_EVERY_S = 0.1


class Kept:
    """Runs `call` until it is closed; `starts` are the moments at which it was started, by `time.monotonic`."""

    def __init__(self, call: Sequence[str], env: Mapping[str, str], folder: Path, log: Path) -> None:
        self._call, self._env, self._folder, self._log = call, dict(env), folder, log.open("ab")
        self.starts: list[float] = []
        self._closing = threading.Event()
        self._start()
        self._keeper = threading.Thread(target=self._keep)
        self._keeper.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def children(self) -> list[int]:
        """The process ids of its workers, in the order in which they were started; none while it restarts."""
        try:
            found = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        except OSError:
            return []
        return [int(pid) for pid in found if _is_worker(pid)]

    def close(self) -> None:
        self._closing.set()
        self._keeper.join()
        with contextlib.suppress(ProcessLookupError):
            self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        self._sweep()
        self._log.close()

    def _start(self) -> None:
        self._process = subprocess.Popen(
            self._call,
            cwd=self._folder,
            env=self._env,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.starts.append(time.monotonic())

    def _keep(self) -> None:
        while not self._closing.wait(LOOK_EVERY_S):
            if self._process.poll() is not None:
                self._sweep()
                self._start()

    def _sweep(self) -> None:
        """End what a process that died left behind."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def _is_worker(pid: str) -> bool:
    try:
        return b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def kill(pid: int) -> bool:
    """`kill -9`; False where it was gone already."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True
