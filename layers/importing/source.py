"""Which file, and what is refused before it is read whole: by name, first bytes, size, depth and vertices."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pyproj
from django.utils.translation import gettext as _
from pyproj.exceptions import CRSError

from layers.importing.account import FileRefusedError

MEGABYTE = 1024 * 1024
MAX_FILE_MB = 512
MAX_VERTICES = 1_000_000
"""A single geometry beyond this is a mistake or an attack; the largest coastline of a country stays below."""
MAX_DEPTH = 64
"""GeoJSON needs 9 levels; parsers that recurse fall over somewhere beyond 500."""
MAX_TEXT = 16 * MEGABYTE

FORMATS = {
    ".geojson": "GeoJSON",
    ".json": "GeoJSON",
    ".gpkg": "GeoPackage",
    ".shp": "Shapefile",
    ".zip": "zipped Shapefile",
    ".fgb": "FlatGeobuf",
    ".csv": "CSV",
    ".pbf": "OpenStreetMap PBF",
    ".osm": "OpenStreetMap XML",
}
VECTOR = frozenset({".geojson", ".json", ".gpkg", ".shp", ".zip", ".fgb", ".csv"})
OPENSTREETMAP = frozenset({".pbf", ".osm"})
# The reading library chooses a driver by content, and some (VRT) fetch other files: so the content must be
# what the name says.
SIGNATURES = {
    ".gpkg": b"SQLite format 3\x00",
    ".shp": b"\x00\x00\x27\x0a",
    ".zip": b"PK\x03\x04",
    ".fgb": b"fgb",
    ".pbf": b"\x0a\x09OSMHeader",
    ".osm": b"<osm",
}
_PREAMBLE = {".pbf": 15, ".osm": 1024}
"""Bytes within which the signature stands, where it isn't the first thing in the file."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file of features, and what the person who gives it says about it."""

    path: Path
    layer: str = ""
    srid: int | None = None
    encoding: str = ""
    swap_axes: bool = False
    lon_field: str = ""
    lat_field: str = ""
    max_mb: int = MAX_FILE_MB

    @property
    def suffix(self) -> str:
        """The end of the name that tells the format, in lower case."""
        return self.path.suffix.lower()


def check(source: Source, formats: frozenset[str] = VECTOR) -> None:
    """Raise FileRefusedError, saying how to mend it, where the file must not be read."""
    _check_name(source, formats)
    _check_encoding(source.encoding)
    try:
        size = source.path.stat().st_size
        with source.path.open("rb") as stream:
            _check_size(size, source.max_mb)
            _check_content(source, stream)
    except OSError as error:
        raise FileRefusedError(_("The file can't be opened: %(why)s.") % {"why": error.strerror}) from error


def _check_name(source: Source, formats: frozenset[str]) -> None:
    if source.path.is_dir():
        raise FileRefusedError(
            _("This is a folder; name one file, for a Shapefile the one that ends in .shp.")
        )
    if not source.path.exists():
        raise FileRefusedError(_("There is no such file."))
    if source.suffix not in formats:
        known = ", ".join(f"{FORMATS[end]} ({end})" for end in FORMATS if end in formats)
        raise FileRefusedError(
            _("Files ending in “%(end)s” are not read here. Save it as one of: %(known)s.")
            % {"end": source.suffix or "—", "known": known}
        )


def _check_encoding(name: str) -> None:
    try:
        codecs.lookup(name or "utf-8")
    except LookupError as error:
        raise FileRefusedError(_("The encoding is unknown; write one such as UTF-8 or CP1251.")) from error


def _check_size(size: int, max_mb: int) -> None:
    if size == 0:
        raise FileRefusedError(_("The file is empty; export it again."))
    if size > max_mb * MEGABYTE:
        raise FileRefusedError(
            _("The file has %(size)d MB; at most %(limit)d MB are read. Split it, or raise --max-mb.")
            % {"size": size // MEGABYTE, "limit": max_mb}
        )


def _check_content(source: Source, stream: BinaryIO) -> None:
    signature = SIGNATURES.get(source.suffix, b"")
    if signature not in stream.read(_PREAMBLE.get(source.suffix, len(signature))):
        raise FileRefusedError(
            _("The name says %(format)s, but the content is something else; export it again.")
            % {"format": FORMATS[source.suffix]}
        )
    if FORMATS[source.suffix] == "GeoJSON":
        stated = check_json(stream)
        # The reading library takes a system it doesn't know for degrees.
        if stated and source.srid is None and not is_reference_system(stated):
            raise unknown_system(stated)


# A token is a text, a flat array (a position, mostly), or one bracket; what lies between doesn't matter here.
_TOKENS = re.compile(
    rb'"[^"\\]*(?:\\.[^"\\]*)*"|\[[^\[\]{}"]*\]|[\[{]|[\]}]',
    re.DOTALL,
)
_OPENS = frozenset(b"[{")
_QUOTE = ord('"')
_CHUNK = MEGABYTE


def check_json(stream: BinaryIO) -> str:
    """The name of the reference system that GeoJSON states, "" for none; read with memory that doesn't grow.

    FileRefusedError for JSON that isn't UTF-8, is cut off, too deep, or holds too large a geometry.
    """
    depth = positions = 0
    system, in_system = "", False
    for token in _json_tokens(stream):
        first = token[0]
        if len(token) > 1:
            # A text, or a whole array without brackets inside: a position, counted anew for each geometry.
            positions = 0 if token == b'"geometry"' else positions + (first != _QUOTE)
            if first == _QUOTE and depth == 1:
                in_system = token == b'"crs"'
            elif in_system and first == _QUOTE:
                system = token[1:-1].decode(errors="replace")
            if positions > MAX_VERTICES:
                raise _too_many_vertices()
            continue
        depth += 1 if first in _OPENS else -1
        if not 0 <= depth <= MAX_DEPTH:
            raise FileRefusedError(
                _("The JSON is nested deeper than %(limit)d levels, or brackets don't match; export again.")
                % {"limit": MAX_DEPTH}
            )
    if depth:
        raise FileRefusedError(
            _("The JSON ends in the middle; the file was cut off. Copy or export it again.")
        )
    return system


def _json_tokens(stream: BinaryIO) -> Iterator[bytes]:
    rest = b""
    started = False
    for chunk in _utf8_chunks(stream):
        if not started and chunk.strip():
            started = True
            if not chunk.lstrip().startswith(b"{"):
                raise FileRefusedError(_("This is not GeoJSON: it doesn't start with “{”. Export it again."))
        rest += chunk
        # Up to the last bracket that closes: an array cut by the edge of a piece is read with the next one.
        whole, end = max(rest.rfind(b"]"), rest.rfind(b"}")) + 1, 0
        for match in _TOKENS.finditer(rest, 0, whole):
            end = match.end()
            yield match.group()
        quote = rest.find(b'"', end, whole)
        rest = rest[quote if quote >= 0 else whole :]
        if len(rest) > MAX_TEXT:
            raise FileRefusedError(
                _("A text in the JSON is longer than 16 MB or never ends; export it again.")
            )
    if rest.strip() or not started:
        raise FileRefusedError(
            _("The JSON ends in the middle; the file was cut off. Copy or export it again.")
        )


def _utf8_chunks(stream: BinaryIO) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        while chunk := stream.read(_CHUNK):
            yield decoder.decode(chunk).encode()
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise FileRefusedError(_("The file is not in UTF-8; save it as UTF-8 and try again.")) from error


def is_reference_system(stated: str) -> bool:
    """Whether the text, a name or WKT, is a reference system that coordinates can be turned from."""
    try:
        pyproj.CRS.from_user_input(stated)
    except CRSError:
        return False
    return True


def unknown_system(stated: object) -> FileRefusedError:
    """The error for a reference system that nobody knows."""
    return FileRefusedError(
        _("The reference system “%(stated)s” is unknown; say the right one with --srid.")
        % {"stated": str(stated)[:80]}
    )


def _too_many_vertices() -> FileRefusedError:
    return FileRefusedError(
        _("A geometry has more than %(limit)d vertices; simplify it and try again.") % {"limit": MAX_VERTICES}
    )
