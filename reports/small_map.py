"""A small picture of a place for letters, drawn from the city's own map: nobody else hears where a report is."""

import io
import math
from collections.abc import Iterator

from django.contrib.gis.geos import GeometryCollection, GEOSGeometry, LineString, Point, Polygon
from PIL import Image, ImageDraw

from layers.geometry import WGS84
from layers.models import Asset, City, Kind, Visibility

WIDTH_PX, HEIGHT_PX = 600, 400
WIDTH_M = 450
METRES_A_DEGREE = 111_320
"""Of latitude; of longitude it is less by the latitude's cosine. Good to a metre over half a kilometre."""
FINE = 2
"""Drawn larger and made smaller, so that edges are smooth."""
MOST = 4000
GROUND, PIN, PIN_EDGE = "#f4f1ea", "#b3261e", "#ffffff"
FILLS = {
    Kind.GREENERY: "#d5e4cd",
    Kind.PLAYGROUND: "#e6dfc4",
    Kind.WATERBODY: "#b9d5e8",
    Kind.BUILDING: "#dcd5c9",
}
ROAD, ROAD_EDGE, ROAD_M, ROAD_EDGE_M = "#ffffff", "#c9c2b4", 7, 9

Pixels = list[tuple[float, float]]


class _Sheet:
    """What turns WGS84 into pixels around a centre, and draws there."""

    def __init__(self, centre: Point) -> None:
        self.lon, self.lat = centre.x, centre.y
        self.px_a_metre = WIDTH_PX * FINE / WIDTH_M
        self.metres_a_degree = METRES_A_DEGREE * math.cos(math.radians(centre.y)), METRES_A_DEGREE
        self.image = Image.new("RGB", (WIDTH_PX * FINE, HEIGHT_PX * FINE), GROUND)
        self.pen = ImageDraw.Draw(self.image)

    def box(self) -> Polygon:
        half = (
            WIDTH_M / 2 / self.metres_a_degree[0],
            WIDTH_M * HEIGHT_PX / WIDTH_PX / 2 / self.metres_a_degree[1],
        )
        box = Polygon.from_bbox(
            (self.lon - half[0], self.lat - half[1], self.lon + half[0], self.lat + half[1])
        )
        box.srid = WGS84
        return box

    def pixels(self, coordinates: Iterator[tuple[float, ...]]) -> Pixels:
        east, north = self.metres_a_degree
        width, height = self.image.size
        return [
            (
                width / 2 + (place[0] - self.lon) * east * self.px_a_metre,
                height / 2 - (place[1] - self.lat) * north * self.px_a_metre,
            )
            for place in coordinates
        ]

    def area(self, geometry: GEOSGeometry, colour: str) -> None:
        for part in _parts(geometry):
            if isinstance(part, Polygon):
                self.pen.polygon(self.pixels(iter(part.exterior_ring.coords)), fill=colour)

    def line(self, geometry: GEOSGeometry, colour: str, width_m: float) -> None:
        for part in _parts(geometry):
            if isinstance(part, LineString):
                width = round(width_m * self.px_a_metre)
                self.pen.line(self.pixels(iter(part.coords)), fill=colour, width=width, joint="curve")

    def pin(self) -> None:
        x, y = self.image.width / 2, self.image.height / 2
        for radius, colour in ((13 * FINE, PIN_EDGE), (10 * FINE, PIN), (4 * FINE, PIN_EDGE)):
            self.pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def surroundings(city: City, point: Point) -> bytes:
    """A PNG of 600 by 400 pixels, 450 metres wide, north up: what is public around the point, a pin in the middle."""
    sheet = _Sheet(point)
    public = Asset.objects.filter(city=city, layer__visibility=Visibility.PUBLIC)
    found = public.filter(layer__kind__in=[*FILLS, Kind.ROAD], geometry__bboverlaps=sheet.box())
    things = list(found.values_list("layer__kind", "geometry")[:MOST])
    for kind, colour in FILLS.items():
        for geometry in (shape for held, shape in things if held == kind):
            sheet.area(geometry, colour)
    roads = [shape for held, shape in things if held == Kind.ROAD]
    for colour, width_m in ((ROAD_EDGE, ROAD_EDGE_M), (ROAD, ROAD_M)):
        for geometry in roads:
            sheet.line(geometry, colour, width_m)
    sheet.pin()
    out = io.BytesIO()
    sheet.image.resize((WIDTH_PX, HEIGHT_PX), Image.Resampling.LANCZOS).quantize(128).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()


def _parts(geometry: GEOSGeometry) -> Iterator[GEOSGeometry]:
    if isinstance(geometry, GeometryCollection):
        for part in geometry:
            yield from _parts(part)
    else:
        yield geometry
