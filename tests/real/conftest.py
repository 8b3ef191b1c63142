"""Files that are not part of the project; tests of them are skipped where they are absent."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder REAL_DATA names, else ../shared/data beside the checkout."""
    root = Path(__file__).resolve().parents[2]
    folder = (root / os.environ.get("REAL_DATA", "../shared/data")).resolve()
    if not folder.is_dir():
        pytest.skip(f"no real data at {folder}; REAL_DATA names another folder")
    return folder
