"""The front end: its packages and its bundle, each renewed when its sources changed."""

from collections.abc import Iterable
from pathlib import Path

from gisportal.local import fingerprint, node
from gisportal.local.console import Step
from gisportal.local.fingerprint import Stamp
from gisportal.local.node import Node
from gisportal.local.paths import FRONTEND

NOT_SOURCES = {"node_modules", "dist", "__pycache__", "templates", "locale"}


def provide_packages(step: Step) -> Node:
    """`frontend/node_modules` as package-lock.json says; the Node.js that runs them."""
    found = node.provide(step)
    major = str(node.parse_version(found.version)[0])
    wanted = fingerprint.of_text(major, fingerprint.of_files([FRONTEND / "package-lock.json"], FRONTEND))
    stamp = Stamp(FRONTEND / "node_modules" / ".lock-fingerprint")
    step.detail = f"node {found.version}"
    if stamp.holds(wanted):
        step.detail += ", up to date"
    else:
        step.run([found.program, found.npm, "ci"], cwd=FRONTEND, env=found.environment())
        stamp.set(wanted)
    return found


def build(step: Step, with_node: Node) -> None:
    """`frontend/dist`, built anew when a source changed."""
    wanted = fingerprint.of_files(sources(FRONTEND), FRONTEND)
    stamp = Stamp(FRONTEND / "dist" / ".sources-fingerprint")
    if stamp.holds(wanted):
        step.detail = "up to date"
        return
    step.run([with_node.program, with_node.npm, "run", "build"], cwd=FRONTEND, env=with_node.environment())
    stamp.set(wanted)


def sources(folder: Path) -> Iterable[Path]:
    """What a bundle is made from: all below `folder` but Python, templates and what was made or installed."""
    for path in folder.iterdir():
        if path.is_dir() and path.name not in NOT_SOURCES:
            yield from sources(path)
        elif path.is_file() and path.suffix != ".py":
            yield path
