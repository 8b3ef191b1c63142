"""What a Shapefile keeps beside itself: its index, its table, its encoding and its reference system."""

from pathlib import Path

from django.utils.translation import gettext as _

from layers.importing.account import Account, FileRefusedError
from layers.importing.source import Source, is_reference_system

NEEDED = (".shx", ".dbf")
_HEADER = 32
_CODE_PAGE = 29
_UNSAID = (0, 0x57)
"""dBase code pages: none, and “whatever the machine had”."""


def check_shapefile(source: Source) -> None:
    """Raise FileRefusedError where a part is missing, or the .prj is no reference system."""
    parts = _parts(source.path)
    for needed in NEEDED:
        if needed not in parts:
            raise FileRefusedError(
                _("The Shapefile's %(end)s part is missing; keep its files together.") % {"end": needed}
            )
    stated = parts[".prj"].read_text(errors="replace") if ".prj" in parts else ""
    if stated.strip() and not is_reference_system(stated):
        raise FileRefusedError(
            _("The Shapefile's .prj part is damaged; take it away and say the reference system with --srid.")
        )


def shapefile_encoding(source: Source, account: Account) -> str | None:
    """CP1251 or UTF-8 where a Shapefile's texts need it and it declares nothing; None otherwise."""
    if source.suffix != ".shp" or ".cpg" in (parts := _parts(source.path)):
        return None
    content = parts[".dbf"].read_bytes()
    if len(content) < _HEADER or content[_CODE_PAGE] not in _UNSAID or content[_HEADER:].isascii():
        return None
    try:
        content[_HEADER:].decode("utf-8")
    except UnicodeDecodeError:
        account.note(_("The Shapefile declares no encoding; its texts were read as CP1251 (see --encoding)."))
        return "CP1251"
    return "UTF-8"


def _parts(path: Path) -> dict[str, Path]:
    return {found.suffix.lower(): found for found in path.parent.iterdir() if found.stem == path.stem}
