"""What an address of tiles asks for, read once for all who ask the same."""

from dataclasses import dataclass
from functools import lru_cache

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from layers.catalog import Layer, find
from layers.geometry import OutsideTheGridError, Tile

MOST_LAYERS = 8
"""How many layers one address may ask for, separated by commas."""
PERSONAL = ("staff", "mine")
"""Parameters whose answer is one person's own."""
MOST_DIGITS = 16
"""Of milliseconds since 1970, with room for some centuries."""
REMEMBERED = 5000
"""Addresses; the one asked for longest ago is forgotten."""


@dataclass(frozen=True, slots=True)
class AskedTile:
    """A tile of some layers under filters."""

    tile: Tile
    layers: tuple[Layer, ...]
    filters: "MultiValueDict[str, str]"
    """The parameters that these layers filter by; others make no other tile."""
    key: str
    """The same for the same tile."""
    personal: bool
    seen_at: float
    """When the page was made that asks, seconds of the clock; it never gets older data than it may know of."""
    sources: frozenset[str] | None
    """The tables behind the tile; None where one of them isn't watched."""

    @property
    def city(self) -> str:
        """The city's slug; empty for all."""
        return self.filters.get("city") or ""


@lru_cache(REMEMBERED)
def asked_tile(layer_ids: str, z: int, x: int, y: int, query: str) -> AskedTile:
    """What is asked for; raises OutsideTheGridError and NoSuchLayer."""
    tile = Tile(z, x, y)
    found = [find(layer_id) for layer_id in layer_ids.split(",")[:MOST_LAYERS]]
    layers = tuple(layer for layer in found if z in layer.zooms)
    if not layers:
        raise OutsideTheGridError(f"zoom {z}")
    given = QueryDict(query)
    known = {name for layer in layers for name in layer.filters.base_filters}
    filters = MultiValueDict({name: values for name, values in given.lists() if name in known})
    key = repr((layer_ids, z, x, y, sorted(filters.lists())))
    personal = any(given.get(name) for name in PERSONAL)
    return AskedTile(tile, layers, filters, key, personal, _seen_at(given), _sources(layers))


def _sources(layers: tuple[Layer, ...]) -> frozenset[str] | None:
    named = [layer.sources for layer in layers]
    return None if None in named else frozenset(name for one in named for name in one or ())


def _seen_at(given: QueryDict) -> float:
    text = given.get("seen", "")
    return int(text) / 1000 if text.isdecimal() and len(text) < MOST_DIGITS else 0.0
