"""`.venv`, exactly as `uv.lock` says, made by a uv of our own."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

from gisportal.local import fingerprint
from gisportal.local.console import Step, Stop
from gisportal.local.fingerprint import Stamp
from gisportal.local.paths import LOCAL, PYTHON, ROOT, VENV

UV_HOME = LOCAL / "uv"
UV = UV_HOME / "bin" / "uv"
UV_REQUIREMENT = "uv>=0.9"


def base_interpreter() -> Path:
    """The Python that runs this, without the venv or shim it may have been called through."""
    return Path(os.path.realpath(sys.executable))


def provide(step: Step) -> None:
    """Make or refresh `.venv`; at once when neither the lock file nor the interpreter changed."""
    print_of_lock = fingerprint.of_files([ROOT / "uv.lock", ROOT / "pyproject.toml"], ROOT)
    stamp = Stamp(VENV / "synced")
    if stamp.holds(print_of_lock) and works(PYTHON):
        step.detail = "up to date"
        return
    provide_uv(step)
    # An environment that works keeps its own Python: another one would make uv start from nothing.
    python = PYTHON if works(PYTHON) else base_interpreter()
    step.run([UV, "sync", "--frozen", "--python", python], env=uv_environment())
    stamp.set(print_of_lock)


def provide_peers(step: Step) -> None:
    """Add what the benchmark compares the portal with; where that fails, the benchmark leaves it out."""
    try:
        provide_uv(step)
        step.run([UV, "sync", "--frozen", "--inexact", "--group", "peers"], env=uv_environment())
    except Stop as failure:
        step.detail = f"left out: {failure.what}"


def provide_uv(step: Step) -> None:
    """Have uv in a venv that holds nothing else."""
    if works(UV):
        return
    step.run([base_interpreter(), "-m", "venv", "--clear", UV_HOME])
    step.run(
        [UV_HOME / "bin" / "python", "-m", "pip", "install", "--disable-pip-version-check", UV_REQUIREMENT]
    )


def uv_environment() -> dict[str, str]:
    """The environment for uv: this checkout's `.venv`, and no Python downloaded behind our back."""
    env = {
        key: value
        for key, value in os.environ.items()
        if key not in ("VIRTUAL_ENV", "UV_PYTHON", "PYTHONPATH")
    }
    # Where Python may not keep its bytecode, each start would compile Django anew: 0.8 s of processor time.
    compiled = {"UV_COMPILE_BYTECODE": "1"} if sys.dont_write_bytecode else {}
    return env | {"UV_PYTHON_DOWNLOADS": "never", "UV_PROJECT_ENVIRONMENT": str(VENV)} | compiled


def works(program: Path) -> bool:
    """Whether `program` is there and answers (a moved checkout leaves programs that don't)."""
    with contextlib.suppress(OSError):
        return subprocess.run([program, "--version"], capture_output=True, check=False).returncode == 0
    return False
