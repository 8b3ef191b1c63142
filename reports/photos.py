"""Pictures from anybody's phone, made safe: nothing is kept of a file but its pixels."""

import io
from dataclasses import dataclass
from typing import IO

from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageFilter, ImageOps
from pillow_heif import register_heif_opener

from layers.geometry import WGS84, is_position
from reports.errors import PhotoRefused

register_heif_opener()
# Our own limit is lower, and checked before a pixel is unpacked; Pillow's would warn in between.
Image.MAX_IMAGE_PIXELS = None

FORMATS = ["JPEG", "PNG", "WEBP", "HEIF"]
LARGEST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 60_000_000
"""About what the largest phone cameras give; a file of a few kilobytes can claim far more."""
SHOWN_PX, SMALL_PX = 2048, 480
QUALITY = 82


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture as WebP without any metadata; where it was taken, if the camera said so (degrees)."""

    webp: bytes
    width: int
    height: int
    position: tuple[float, float] | None

    @property
    def point(self) -> Point | None:
        """Where it was taken, in WGS84."""
        return Point(*self.position, srid=WGS84) if self.position else None


def prepare(file: IO[bytes]) -> Prepared:
    """Read a JPEG, PNG, WebP or HEIC and encode it anew, turned upright, at most 2048 pixels wide or high.

    Raises PhotoRefused for anything else, for more than 20 MB or 60 megapixels, and for damaged files.
    """
    data = file.read(LARGEST_BYTES + 1)
    if len(data) > LARGEST_BYTES:
        raise PhotoRefused(_("This photo is larger than 20 MB; please choose a smaller one."))
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PhotoRefused(_("This photo has more than 60 megapixels; please choose a smaller one."))
            position = _position(picture)
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except PhotoRefused:
        raise
    except Exception as error:
        # Whatever a decoder says of a broken or hostile file, the person hears one sentence.
        raise PhotoRefused(
            _("This file can't be read as a photo; send a JPEG, PNG, WebP or HEIC.")
        ) from error
    return _encoded(upright, SHOWN_PX, position)


def smaller(webp: bytes) -> Prepared:
    """The same picture for lists, at most 480 pixels wide or high."""
    with Image.open(io.BytesIO(webp), formats=["WEBP"]) as picture:
        return _encoded(picture.convert("RGB"), SMALL_PX, None)


def masked(webp: bytes, rectangles: list[tuple[int, int, int, int]]) -> Prepared:
    """The same picture with rectangles (x, y, width, height in pixels) made unreadable for good."""
    with Image.open(io.BytesIO(webp), formats=["WEBP"]) as picture:
        shown = picture.convert("RGB")
    for x, y, width, height in rectangles:
        box = (max(0, x), max(0, y), min(shown.width, x + width), min(shown.height, y + height))
        if box[0] < box[2] and box[1] < box[3]:
            shown.paste(_unreadable(shown.crop(box)), box)
    return _encoded(shown, SHOWN_PX, None)


def _unreadable(part: Image.Image) -> Image.Image:
    """A few large squares instead of a face or a number plate: too few to be guessed back."""
    coarse = part.resize((min(4, part.width), min(4, part.height)), Image.Resampling.BOX)
    return coarse.resize(part.size, Image.Resampling.NEAREST).filter(ImageFilter.BoxBlur(2))


def _encoded(picture: Image.Image, longest_px: int, position: tuple[float, float] | None) -> Prepared:
    picture.thumbnail((longest_px, longest_px), Image.Resampling.LANCZOS)
    # A new image of the same pixels carries no EXIF, XMP, colour profile or comment.
    bare = Image.frombytes("RGB", picture.size, picture.tobytes())
    out = io.BytesIO()
    bare.save(out, "WEBP", quality=QUALITY, method=4)
    return Prepared(out.getvalue(), bare.width, bare.height, position)


def _position(picture: Image.Image) -> tuple[float, float] | None:
    """Longitude and latitude from the EXIF GPS block (Exif 2.3, 4.6.6); None where it is missing or nonsense."""
    try:
        gps = picture.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        lat = _degrees(gps[ExifTags.GPS.GPSLatitude], gps.get(ExifTags.GPS.GPSLatitudeRef, "N") == "S")
        lon = _degrees(gps[ExifTags.GPS.GPSLongitude], gps.get(ExifTags.GPS.GPSLongitudeRef, "E") == "W")
    except Exception:
        return None
    return (lon, lat) if is_position(lon, lat) and (lon, lat) != (0, 0) else None


def _degrees(parts: tuple[float, float, float], negative: bool) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if negative else value
