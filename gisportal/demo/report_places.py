"""Where each kind of problem can happen, and the address people would give for it."""

import numpy as np
import shapely

from gisportal.demo.features import Feature
from gisportal.demo.plane import Array

Sheets = dict[str, list[Feature]]


class Places:
    """Points in metres of the plane by kind of place, weighted by how many people live around them."""

    def __init__(self, sheets: Sheets) -> None:
        homes = [b for b in sheets["buildings"] if b.subtype in ("house", "apartments")]
        self._crowd = shapely.get_coordinates(shapely.centroid([home.geometry for home in homes]))
        self._weight = np.array([22.0 if home.subtype == "apartments" else 1.0 for home in homes])
        self._sheets = sheets
        self._kinds: dict[str, tuple[Array, Array]] = {}
        self._grid = self._density()

    def pick(self, kind: str, count: int, scatter: float, rng: np.random.Generator) -> Array:
        """`count` places of the kind, each off by about `scatter` metres."""
        points, weight = self._of_kind(kind)
        return _scattered(points, weight, count, scatter, rng)

    def near(
        self, kind: str, count: int, scatter: float, around: tuple[Array, float], rng: np.random.Generator
    ) -> Array:
        """As `pick`, of the places within a circle (centre and radius in metres), denser towards its centre."""
        points, _ = self._of_kind(kind)
        centre, radius = around
        share = np.hypot(*(points - centre).T) / radius
        inside = share < 1
        if inside.sum() < 3:
            spread = np.clip(rng.normal(0, 0.5, (count, 2)), -0.7, 0.7)
            return np.asarray(centre + spread * radius)
        return _scattered(points[inside], np.exp(-2 * share[inside] ** 2), count, scatter, rng)

    def _of_kind(self, kind: str) -> tuple[Array, Array]:
        if kind not in self._kinds:
            points = self._points(kind)
            self._kinds[kind] = points, self._people(points)
        return self._kinds[kind]

    def _density(self) -> Array:
        """People per cell of 250 m, spread a little over the cells around."""
        self._low = self._crowd.min(axis=0) - 1000
        cells = ((self._crowd.max(axis=0) + 1000 - self._low) / 250).astype(int) + 1
        grid = np.zeros((int(cells[0]), int(cells[1])))
        at = ((self._crowd - self._low) / 250).astype(int)
        np.add.at(grid, (at[:, 0], at[:, 1]), self._weight)
        for _ in range(2):
            grid = (
                grid * 2
                + np.roll(grid, 1, 0)
                + np.roll(grid, -1, 0)
                + np.roll(grid, 1, 1)
                + np.roll(grid, -1, 1)
            ) / 6
        return grid

    def _people(self, points: Array) -> Array:
        at = np.clip(((points - self._low) / 250).astype(int), 0, np.array(self._grid.shape) - 1)
        return np.asarray(0.4 + self._grid[at[:, 0], at[:, 1]] ** 0.75)

    def _points(self, kind: str) -> Array:
        sheets = self._sheets
        roads = sheets["roads"]
        everywhere = roads + sheets["roads-oblast"]
        if kind == "roads":
            driven = [r for r in everywhere if r.subtype not in ("footway", "service")]
            return np.vstack([_along(driven, 25), *[_along(_main(everywhere), 25)] * 2])
        if kind == "main":
            return _along([r for r in _main(everywhere) if r.subtype != "trunk"], 30)
        if kind == "streetside":
            side = [r for r in roads if r.subtype in ("residential", "tertiary", "secondary")]
            return np.asarray(_along(side, 40) + np.array([4.0, -4.0]))
        if kind == "bridges":
            river = shapely.union_all([w.geometry for w in sheets["waterbodies"] if w.subtype == "river"])
            crossing = [r for r in everywhere if r.geometry.intersects(river)]
            return shapely.get_coordinates(
                shapely.centroid([r.geometry.intersection(river) for r in crossing])
            )
        return self._of_layer(kind)

    def _of_layer(self, kind: str) -> Array:
        sheets = self._sheets
        uses = {"flats": ("apartments",), "homes": ("house", "apartments")}
        greens = {
            "green": ("park", "meadow", "cemetery"),
            "parks": ("park", "pitch"),
            "wild": ("forest", "meadow"),
        }
        if kind in uses:
            return _centres([b for b in sheets["buildings"] if b.subtype in uses[kind]])
        if kind in greens:
            return _around([g for g in sheets["greenery"] if g.subtype in greens[kind]], 60)
        if kind == "water-edge":
            return _around(sheets["waterbodies"], 60)
        if kind == "signals":
            return _centres([c for c in sheets["crossings"] if c.subtype == "traffic_signals"])
        if kind in ("water", "sewer", "heating", "power", "gas"):
            return _along(sheets[kind], 30)
        return _centres(sheets[kind])


def _scattered(points: Array, weight: Array, count: int, scatter: float, rng: np.random.Generator) -> Array:
    chosen = points[rng.choice(len(points), count, p=weight / weight.sum())]
    return np.asarray(chosen + rng.normal(0, scatter / 1.6, chosen.shape))


def _main(roads: list[Feature]) -> list[Feature]:
    return [r for r in roads if r.subtype in ("trunk", "primary", "secondary", "tertiary")]


def _centres(features: list[Feature]) -> Array:
    return np.asarray(shapely.get_coordinates(shapely.centroid([f.geometry for f in features])))


def _along(features: list[Feature], step: float) -> Array:
    return np.asarray(shapely.get_coordinates(shapely.segmentize([f.geometry for f in features], step)))


def _around(features: list[Feature], step: float) -> Array:
    edges = shapely.boundary([f.geometry for f in features])
    return np.asarray(shapely.get_coordinates(shapely.segmentize(edges, step)))


class AddressBook:
    """The nearest building's address for any place."""

    def __init__(self, buildings: list[Feature]) -> None:
        self._known = [building for building in buildings if building.more]
        self._tree = shapely.STRtree(shapely.centroid([building.geometry for building in self._known]))

    def of(self, places: Array) -> list[tuple[str, str, str]]:
        """Street, house number and village (empty in the city) for each place."""
        found = np.atleast_1d(self._tree.nearest(np.asarray(shapely.points(places)))).tolist()
        return [self._parts(self._known[index]) for index in found]

    def _parts(self, building: Feature) -> tuple[str, str, str]:
        village = str(building.more["settlement"])
        return (
            str(building.more["street"]),
            str(building.more["housenumber"]),
            "" if village == "Васильків" else village,
        )
