"""How heavy a page is before its map: what Vite's manifest lists, as it travels."""

import gzip
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.town import Town

DIST = Path(settings.BASE_DIR) / "frontend" / "dist"
MOST_BYTES = 90_000
MAP = "src/map.ts"
ENTRY = "src/public.ts"


@pytest.fixture
def manifest() -> dict[str, dict[str, object]]:
    path = DIST / "manifest.json"
    if not path.exists():
        pytest.fail("the front end is not built: run npm run build in frontend/")
    listed: dict[str, dict[str, object]] = json.loads(path.read_text(encoding="utf-8"))
    return listed


def travels(path: Path) -> int:
    """Bytes of the file as it is sent, compressed."""
    return len(gzip.compress(path.read_bytes(), 6))


def files_of(chunks: dict[str, dict[str, object]]) -> set[str]:
    return {str(chunk["file"]) for chunk in chunks.values()} | {
        str(style)
        for chunk in chunks.values()
        for style in chunk.get("css", [])  # type: ignore[attr-defined]
    }


def test_no_page_weighs_more_than_its_share_before_the_map(
    manifest: dict[str, dict[str, object]], visitor: Client, town: Town
) -> None:
    """All elements together, though each page fetches only its own, the icons, and the map's page with its list."""
    for number in range(20):
        town.published(f"Report {number}")
    before_the_map = {name: chunk for name, chunk in manifest.items() if name != MAP}
    page = len(gzip.compress(visitor.get("/horodok/").content, 6))
    icons = sum(travels(DIST / name) for name in ("icons.svg", "favicon.svg"))
    assert page + icons + sum(travels(DIST / name) for name in files_of(before_the_map)) <= MOST_BYTES


def test_the_map_library_is_fetched_by_nothing_but_its_own_chunk(
    manifest: dict[str, dict[str, object]],
) -> None:
    # What is imported at once would be fetched before the list is painted.
    assert manifest[MAP]["isDynamicEntry"]
    assert not [name for name, chunk in manifest.items() if MAP in chunk.get("imports", [])]  # type: ignore[operator]
    assert MAP not in manifest[ENTRY].get("imports", [])  # type: ignore[operator]
