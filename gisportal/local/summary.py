"""What `make demo` says when everything stands: where to look, and as whom."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path


def accounts(file: Path) -> list[dict[str, str]]:
    """The demo accounts that `demo_city` wrote as a list of objects; empty without a file."""
    if not file.exists():
        return []
    return [
        {str(key): str(value) for key, value in one.items()} for one in json.loads(file.read_text("utf-8"))
    ]


def table(rows: Iterable[Mapping[str, str]]) -> list[str]:
    """`rows` as lines with aligned columns, titled by their keys; none for no rows."""
    listed = list(rows)
    if not listed:
        return []
    titles = list(dict.fromkeys(key for row in listed for key in row))
    lines = [titles, *([row.get(title, "") for title in titles] for row in listed)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(titles))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]


def demo(address: str, file: Path) -> str:
    """The closing words of `make demo`."""
    lines = ["", f"Open City map is running: {address}"]
    rows = table(accounts(file))
    if rows:
        lines += ["", "Demo accounts:", *(f"  {row}" for row in rows)]
    return "\n".join([*lines, "", "Ctrl-C stops everything."])
