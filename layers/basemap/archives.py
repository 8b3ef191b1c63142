"""Where the files of base maps lie, and which of them hold what the city's layers hold now."""

import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from layers.answers import Body
from layers.basemap.pmtiles import Archive
from layers.catalog import Layer, find
from layers.geometry import Tile
from layers.versions import release, version

LAYERS = ("greenery", "waterbody", "building", "road", "address", "city", "area-name", "place-name")
"""What the base map is drawn from; each is on the list of what leaves the house."""
LAST_ZOOM = 15
"""Nearer, the same tiles are drawn larger: a unit of theirs is a third of a metre."""
OPEN = 50
"""How many archives each process holds open."""


def layers() -> list[Layer]:
    """The base map's layers, from below."""
    return [find(layer_id) for layer_id in LAYERS]


def base_version(city_slug: str) -> str:
    """What changes with every change of what the city's base map shows."""
    shown = layers()
    data = version(frozenset(name for layer in shown for name in layer.sources or ()), city_slug)
    return f"{data} {[layer.moment() for layer in shown]}"


def path_of(city_slug: str, data: str) -> Path:
    """Where the archive of the city lies, made from the data of that version by today's code."""
    name = sha256(f"{data} {release('layers.basemap')}".encode()).hexdigest()[:16]
    return Path(settings.BASE_MAPS_DIR) / f"{city_slug}-{name}.pmtiles"


def others_of(path: Path) -> list[Path]:
    """The same city's archives of other versions, the newest first."""
    slug = path.stem[:-17]
    named = re.compile(re.escape(slug) + r"-[0-9a-f]{16}\.pmtiles")
    found = [other for other in path.parent.glob(f"{slug}-*.pmtiles") if named.fullmatch(other.name)]
    return sorted((other for other in found if other != path), key=lambda file: -file.stat().st_mtime)


def archive_of(city_slug: str, data: str) -> Path | None:
    """The archive that was made of these data; None where none was."""
    path = path_of(city_slug, data)
    return path if path.exists() else None


def tile_in(path: Path, tile: Tile) -> Body:
    """The tile as it was made beforehand; nothing where it holds nothing."""
    kept = _opened(path).tile(tile.z, tile.x, tile.y)
    return Body(kept, gzipped=True) if kept else Body(b"", gzipped=False)


@lru_cache(OPEN)
def _opened(path: Path) -> Archive:
    return Archive(path)
