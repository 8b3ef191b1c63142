"""A zipped Shapefile: checked by its table of contents, then unpacked into a folder that goes away again."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _

from layers.importing.account import FileRefusedError
from layers.importing.source import MEGABYTE, SIGNATURES, Source

MAX_MEMBERS = 1000
MAX_RATIO = 200
"""Real Shapefiles pack 2 to 50 times; a bomb packs a thousand times."""
PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")


@contextmanager
def unzipped(source: Source) -> Iterator[Source]:
    """The source itself, or for a zip file the Shapefile in it, unpacked for as long as the block runs.

    FileRefusedError for a zip that holds no Shapefile or several, unsafe names, or unpacks to too much.
    """
    if source.suffix != ".zip":
        yield source
        return
    try:
        with zipfile.ZipFile(source.path) as archive, TemporaryDirectory() as folder:
            members = _members(archive, source.max_mb)
            yield replace(source, path=_unpack(archive, members, _only_shapefile(members), Path(folder)))
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise FileRefusedError(_("The zip file is damaged; make it again.")) from error


def _members(archive: zipfile.ZipFile, max_mb: int) -> list[zipfile.ZipInfo]:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MAX_MEMBERS:
        raise FileRefusedError(
            _("The zip holds more than %(limit)d files; zip one Shapefile only.") % {"limit": MAX_MEMBERS}
        )
    for member in members:
        _check_member(member)
    if sum(member.file_size for member in members) > max_mb * MEGABYTE:
        raise FileRefusedError(
            _("The zip unpacks to more than %(limit)d MB. Split it, or raise --max-mb.") % {"limit": max_mb}
        )
    return members


def _check_member(member: zipfile.ZipInfo) -> None:
    path = PurePosixPath(member.orig_filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        raise FileRefusedError(
            _("The zip holds an unsafe name: “%(name)s”. Make it again from the Shapefile's folder.")
            % {"name": member.filename}
        )
    if member.flag_bits & 0x1:
        raise FileRefusedError(_("The zip is protected by a password; make it without one."))
    if member.file_size > MEGABYTE and member.file_size > MAX_RATIO * max(1, member.compress_size):
        raise FileRefusedError(
            _("“%(name)s” unpacks to more than %(ratio)d times its size; such zips are not opened.")
            % {"name": member.filename, "ratio": MAX_RATIO}
        )


def _only_shapefile(members: list[zipfile.ZipInfo]) -> str:
    # macOS adds a shadow of every file, "._name", in a folder of its own.
    named = [m.filename for m in members if not PurePosixPath(m.filename).name.startswith("._")]
    found = [name for name in named if name.lower().endswith(".shp")]
    if len(found) != 1:
        raise FileRefusedError(
            _("The zip must hold exactly one Shapefile; it holds: %(found)s.")
            % {"found": ", ".join(found or named)[:500] or "—"}
        )
    return found[0]


def _unpack(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], shapefile: str, folder: Path) -> Path:
    stem = shapefile[: -len(".shp")].lower()
    for member in members:
        end = member.filename[-4:].lower()
        if end in PARTS and member.filename[:-4].lower() == stem:
            (folder / f"shapefile{end}").write_bytes(archive.read(member))
    unpacked = folder / "shapefile.shp"
    if not unpacked.read_bytes().startswith(SIGNATURES[".shp"]):
        raise FileRefusedError(_("The .shp in the zip is something else; export it again."))
    return unpacked
