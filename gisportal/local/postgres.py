"""Which PostgreSQL of this machine can serve the portal."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OLDEST_MAJOR = 15  # the first whose initdb takes an ICU locale


@dataclass(frozen=True)
class Installation:
    """A PostgreSQL on this machine that has PostGIS: its major version and the folder of its programs."""

    major: int
    bin: Path


def installations(root: Path = Path("/")) -> list[Installation]:
    """Every PostgreSQL below `root` with PostGIS and ICU locales, newest first."""
    found: dict[int, Installation] = {}
    for bin_dir, extensions in [*_packaged(root), *_configured(root)]:
        major = _major(bin_dir)
        if (
            major >= OLDEST_MAJOR
            and (extensions / "postgis.control").is_file()
            and (bin_dir / "initdb").exists()
        ):
            found.setdefault(major, Installation(major, bin_dir))
    return [found[major] for major in sorted(found, reverse=True)]


def _packaged(root: Path) -> Iterator[tuple[Path, Path]]:
    for bin_dir in root.glob("usr/lib/postgresql/*/bin"):  # Debian, Ubuntu
        yield bin_dir, root / "usr/share/postgresql" / bin_dir.parent.name / "extension"
    for bin_dir in root.glob("usr/pgsql-*/bin"):  # Red Hat, from PostgreSQL's own packages
        yield bin_dir, bin_dir.parent / "share" / "extension"


def _configured(root: Path) -> Iterator[tuple[Path, Path]]:
    if root != Path("/") or shutil.which("pg_config") is None:
        return
    bin_dir, shared = (
        subprocess.run(["pg_config", option], capture_output=True, text=True, check=False).stdout.strip()
        for option in ("--bindir", "--sharedir")
    )
    if bin_dir and shared:
        yield Path(bin_dir), Path(shared) / "extension"


def _major(bin_dir: Path) -> int:
    in_path = re.search(r"(?:postgresql/|pgsql-)(\d+)/", f"{bin_dir}/")
    if in_path:
        return int(in_path.group(1))
    said = subprocess.run(
        [bin_dir / "postgres", "--version"], capture_output=True, text=True, check=False
    ).stdout
    in_answer = re.search(r"(\d+)", said)
    return int(in_answer.group(1)) if in_answer else 0
