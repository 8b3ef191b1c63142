"""`.local/env`: the private settings of this checkout, readable by its owner only."""

import os
from collections.abc import Mapping
from pathlib import Path

from gisportal.local.paths import ENV_FILE


def parse(text: str) -> dict[str, str]:
    """The `KEY=VALUE` lines of `text`, comments left out; a line without `=` is a ValueError."""
    values = {}
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        key, equals, value = stripped.partition("=")
        if not equals:
            raise ValueError(f"line {number} is not KEY=VALUE: {stripped!r}")
        values[key.strip()] = value.strip()
    return values


def render(values: Mapping[str, str]) -> str:
    """`values` as the text of an env file, in the order given."""
    return "".join(f"{key}={value}\n" for key, value in values.items())


def read(path: Path = ENV_FILE) -> dict[str, str]:
    """What the env file holds; empty when there is none."""
    return parse(path.read_text(encoding="utf-8")) if path.exists() else {}


def update(values: Mapping[str, str], path: Path = ENV_FILE) -> dict[str, str]:
    """Set `values` in the env file and return all it holds; a reader sees the old file or the new one."""
    merged = read(path) | dict(values)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(render(merged))
    draft.replace(path)
    return merged
