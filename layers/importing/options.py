"""The command-line options by which people say what a file of features doesn't say itself."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from layers.importing.source import MAX_FILE_MB, Source


def add_source_arguments(parser: CommandParser) -> None:
    """Add the options of `source_from`."""
    parser.add_argument("--srid", type=int, help=_("EPSG number of the coordinates, over what the file says"))
    parser.add_argument("--encoding", default="", help=_("encoding of the texts, such as CP1251"))
    parser.add_argument("--swap-axes", action="store_true", help=_("the file has latitude first"))
    parser.add_argument("--lon-field", default="", metavar="F", help=_("CSV column of longitude or x"))
    parser.add_argument("--lat-field", default="", metavar="F", help=_("CSV column of latitude or y"))
    parser.add_argument("--source-layer", default="", metavar="L", help=_("layer of a file that has several"))
    parser.add_argument("--max-mb", type=int, default=MAX_FILE_MB, help=_("largest file read, in megabytes"))


def source_from(path: Path, options: dict[str, Any]) -> Source:
    """The file, and what the options say about it."""
    return Source(
        path=path,
        layer=options["source_layer"],
        srid=options["srid"],
        encoding=options["encoding"],
        swap_axes=options["swap_axes"],
        lon_field=options["lon_field"],
        lat_field=options["lat_field"],
        max_mb=options["max_mb"],
    )
