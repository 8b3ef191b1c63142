"""What leaves the house, listed once: tiles, features and exports all read it, and nothing else."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from layers.filters import OfCity
from layers.geometry import MAX_ZOOM, Tile
from layers.models import Viewer

Features = Callable[[Viewer | None], "QuerySet[Any]"]


def _always() -> None:
    """For what doesn't depend on the clock."""


NEAR_ZOOM = 13
"""From here on streets can be told apart, and so can points along them."""


class NoSuchLayer(LookupError):
    """Nothing is published under this name."""


@dataclass(frozen=True, slots=True)
class Sums:
    """How many points there are, and how heavy they are, by cell, as SQL of (cell, n, weight)."""

    sql: str
    values: Mapping[str, Any]
    """Its named parameters."""
    level: int
    """The zoom whose tiles are the cells; `cell` is their Morton code."""
    singly: str
    """SQL of (id): which features there are among them whose Morton code lies `BETWEEN {codes}`."""
    whole: bool = False
    """Whether they are nearly all that lies there, so that looking at each point isn't looking through others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A set of features that people may see, under a public name (OGC API collection)."""

    id: str
    title: str | Promise
    features: Features
    """What a viewer may see, before filters; None is the public. It asks nothing yet, and depends on the day at most:
    tiles keep its SQL."""
    geometry: str
    """The column in Web Mercator metres that tiles are cut from."""
    fields: Mapping[str, str]
    """Public name of each attribute, and the column it comes from; nothing else leaves."""
    filters: type[OfCity]
    identity: str = "pk"
    """The integer column that identifies a feature within the layer."""
    zooms: range = field(default=range(MAX_ZOOM + 1))
    points: bool = False
    """Whether every feature is a point, counted in exactly one tile of a zoom."""
    crowd: int | None = None
    """How many points a tile may hold; in a fuller one, cells that hold more than their share are counted.
    None: no limit; 0: always cells."""
    crowd_from_afar: int | None = None
    """The same below `NEAR_ZOOM`, where shapes would only be dots; None: as near."""
    cells_a_side: int = 16
    """Into how many cells the edge of a tile is divided."""
    weight: str | None = None
    """The column whose sum tells how heavy a cell is."""
    code: str | None = None
    """The column that holds the Morton code of a point's tile of zoom `CODE_ZOOM`."""
    sums: Callable[[Mapping[str, Any], Tile, int], Sums | None] | None = None
    """Sums that are kept of what the public may see under cleaned filters, over the tile's cells of a zoom."""
    thin: Callable[["QuerySet[Any]", Tile], "QuerySet[Any]"] | None = None
    """What is worth drawing at a zoom; for the base map only, never for reports."""
    first_zoom: Callable[[str], int] | None = None
    """The zoom at which features of a subtype begin to be worth drawing; for tiles that are made beforehand."""
    max_age_s: int = 300
    """How long anybody may keep a public tile."""
    sources: tuple[str, ...] | None = None
    """The tables, as the database notes their changes, that a public tile is made of; None: they aren't noted."""
    moment: Callable[[], object] = _always
    """What of the clock a tile depends on, such as today."""

    @property
    def cell_zooms(self) -> int:
        """How many zooms below a tile its cells are tiles."""
        return self.cells_a_side.bit_length() - 1

    def crowd_at(self, zoom: int) -> int | None:
        """How many points a tile of this zoom may hold."""
        if self.crowd is None or self.crowd_from_afar is None or zoom >= NEAR_ZOOM:
            return self.crowd
        return min(self.crowd, self.crowd_from_afar)

    def share_at(self, zoom: int) -> int:
        """How many points a cell of a crowded tile may hold and still show them singly: its fair share."""
        return (self.crowd_at(zoom) or 0) // self.cells_a_side**2


_published: dict[str, Layer] = {}


def publish(layer: Layer) -> None:
    """Put a layer on the list; a second one of the same name is a mistake in the code."""
    if layer.id in _published:
        raise ValueError(f"layer {layer.id} is published twice")
    _published[layer.id] = layer


def all_layers() -> Iterator[Layer]:
    """Every layer, in the order of publishing."""
    yield from _published.values()


def find(layer_id: str) -> Layer:
    """The layer of this name; raises NoSuchLayer."""
    try:
        return _published[layer_id]
    except KeyError:
        raise NoSuchLayer(layer_id) from None
