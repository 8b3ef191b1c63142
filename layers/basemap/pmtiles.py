"""Reading tiles out of a PMTiles archive (specification version 3). Pure: no database, no Django."""

import gzip
import mmap
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from struct import unpack_from
from typing import Self

MAGIC = b"PMTiles\x03"
GZIP, MVT = 2, 1
"""Codes of the specification for the compression of tiles and directories, and for vector tiles."""
MOST_LEAVES = 4
"""How deep directories may lie in each other."""


class NotAnArchive(ValueError):
    """The file is no PMTiles archive of gzipped vector tiles."""


@dataclass(frozen=True, slots=True)
class Directory:
    """Where runs of tiles lie; a run of none names a directory further down."""

    ids: list[int]
    runs: list[int]
    lengths: list[int]
    offsets: list[int]

    @classmethod
    def read(cls, packed: bytes) -> Self:
        """The directory as the archive holds it, gzipped."""
        numbers = _varints(gzip.decompress(packed))
        count = next(numbers)
        columns = [[next(numbers) for _ in range(count)] for _ in range(4)]
        ids, runs, lengths = list(accumulate(columns[0])), columns[1], columns[2]
        offsets: list[int] = []
        for place, told in enumerate(columns[3]):
            # Zero: right behind the one before.
            offsets.append(told - 1 if told else offsets[place - 1] + lengths[place - 1])
        return cls(ids, runs, lengths, offsets)

    def find(self, tile_id: int) -> tuple[int, int, int] | None:
        """Run, offset and length of the entry that holds the tile; None where there is none."""
        place = bisect_right(self.ids, tile_id) - 1
        if place < 0:
            return None
        run = self.runs[place]
        if run and tile_id >= self.ids[place] + run:
            return None
        return run, self.offsets[place], self.lengths[place]


class Archive:
    """An open archive; reading from several threads at once is fine."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._bytes[:8] != MAGIC or tuple(self._bytes[97:100]) != (GZIP, GZIP, MVT):
            raise NotAnArchive(str(path))
        root, root_length = unpack_from("<QQ", self._bytes, 8)
        self._leaves, self._data = (
            unpack_from("<Q", self._bytes, 40)[0],
            unpack_from("<Q", self._bytes, 56)[0],
        )
        self._root = Directory.read(self._bytes[root : root + root_length])
        self.zooms = range(self._bytes[100], self._bytes[101] + 1)

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """The tile, gzipped; None where it holds nothing."""
        tile_id, directory = tile_number(z, x, y), self._root
        for _ in range(MOST_LEAVES):
            found = directory.find(tile_id)
            if found is None:
                return None
            run, offset, length = found
            if run:
                return self._bytes[self._data + offset : self._data + offset + length]
            start = self._leaves + offset
            directory = Directory.read(self._bytes[start : start + length])
        return None


def tile_number(z: int, x: int, y: int) -> int:
    """The tile's place among all, zoom by zoom along a Hilbert curve."""
    number = ((1 << 2 * z) - 1) // 3
    side = 1 << z >> 1
    while side:
        right, down = int(x & side > 0), int(y & side > 0)
        number += side * side * ((3 * right) ^ down)
        if not down:
            if right:
                x, y = side - 1 - x, side - 1 - y
            x, y = y, x
        side >>= 1
    return number


def _varints(packed: bytes) -> Iterator[int]:
    value = shift = 0
    for byte in packed:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield value
            value = shift = 0
