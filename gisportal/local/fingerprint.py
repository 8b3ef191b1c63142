"""Knowing that a step needs no second run: a stamp holds the fingerprint of what the step read."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


def of_files(files: Iterable[Path], root: Path) -> str:
    """A hash of the files' paths below `root` and their contents; missing files are passed over."""
    digest = hashlib.sha256()
    for file in sorted(set(files)):
        if file.is_file():
            digest.update(f"{file.relative_to(root).as_posix()}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def of_text(*parts: str) -> str:
    """A hash of `parts`, told apart from any other way to cut the same text."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@dataclass(frozen=True)
class Stamp:
    """Remembers the fingerprint with which a step last succeeded."""

    path: Path

    def holds(self, fingerprint: str) -> bool:
        """Whether the step already succeeded with this fingerprint."""
        return self.path.is_file() and self.path.read_text(encoding="utf-8") == fingerprint

    def set(self, fingerprint: str) -> None:
        """Note that the step succeeded."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(fingerprint, encoding="utf-8")
