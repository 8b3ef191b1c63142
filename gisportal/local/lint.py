"""Everything that is checked without running a test. One failure does not hide the next."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gisportal.local import management
from gisportal.local.console import Steps, say, tail
from gisportal.local.node import Node
from gisportal.local.paths import FRONTEND, ROOT, VENV

SHOWN_LINES = 60


@dataclass(frozen=True)
class Check:
    """A named command that must exit with 0."""

    name: str
    command: list[str]
    folder: Path = ROOT
    env: Mapping[str, str] = field(default_factory=dict)


def checks(node: Node) -> list[Check]:
    """All checks, the quick ones first."""
    return [
        Check("ruff check", [_tool("ruff"), "check", "."]),
        Check("ruff format", [_tool("ruff"), "format", "--check", "."]),
        Check("import-linter", [_tool("lint-imports")]),
        Check("makemigrations", management.command("makemigrations", "--check", "--dry-run")),
        Check("manage.py check", management.command("check", "--fail-level", "WARNING")),
        Check(
            "manage.py check --deploy",
            management.command("check", "--deploy", "--fail-level", "WARNING"),
            env=management.PRODUCTION_LIKE,
        ),
        Check("tsc", [_script("tsc"), "--noEmit"], FRONTEND, node.environment()),
        Check("mypy", [_tool("mypy"), "."]),
    ]


def run(steps: Steps, node: Node) -> list[str]:
    """Run every check; the names of those that failed, whose output was printed."""
    failed = []
    for check in checks(node):
        with steps.step(check.name) as step:
            code, output = step.attempt(check.command, cwd=check.folder, env={**os.environ, **check.env})
            if code != 0:
                failed.append(check.name)
                step.newline()
                say(tail(output, SHOWN_LINES))
                step.detail = f"FAILED, all of it in {step.log.relative_to(ROOT)}"
    return failed


def _tool(name: str) -> str:
    return str(VENV / "bin" / name)


def _script(name: str) -> str:
    return str(FRONTEND / "node_modules" / ".bin" / name)
