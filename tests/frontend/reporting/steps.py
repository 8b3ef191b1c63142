"""What tests of reporting page by page share: the shortest things to send, and where an answer leads."""

import io
from typing import Any

from PIL import ExifTags, Image

from reports import drafts
from reports.models import Draft
from tests.town import Town

FORM = "/horodok/report/"
CLICK = {"step": "place", "lon": "30.305", "lat": "50.165", "address": ""}
SAID = {"text": "Темно біля школи", "service": "lamp"}


def page(step: str) -> str:
    return f"{FORM}{Draft.objects.get().token}/{step}/"


def leads_to(answer: Any) -> str:
    """The name of the page an answer sends to."""
    return str(answer.headers["Location"]).rstrip("/").rpartition("/")[2]


def begun(town: Town, **more: Any) -> Draft:
    return drafts.start(town.city, None, **({"lon": 30.305, "lat": 50.165, **SAID} | more))


def picture(lon: float | None = None, lat: float = 50.165) -> io.BytesIO:
    """A photo, taken at that place if there is one."""
    image = Image.new("RGB", (40, 30), "red")
    exif = Image.Exif()
    if lon is not None:
        degrees = [(int(d), int(d % 1 * 60), round(d * 60 % 1 * 60, 4)) for d in (lat, lon)]
        names = ExifTags.GPS
        place = {names.GPSLatitudeRef: "N", names.GPSLatitude: degrees[0]}
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(
            place | {names.GPSLongitudeRef: "E", names.GPSLongitude: degrees[1]}
        )
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    out.seek(0)
    out.name = "photo.jpg"
    return out
