"""In which order to go round: always on to the nearest place that is left. Pure: no database."""

from collections.abc import Sequence
from math import asin, cos, radians, sin, sqrt

EARTH_M = 6_371_008.8
"""Mean radius of the Earth (IUGG), in metres."""

Place = tuple[float, float]
"""Longitude and latitude in degrees."""


def metres(one: Place, other: Place) -> float:
    """The distance on a sphere (haversine); within half a percent of that on the spheroid."""
    (lon1, lat1), (lon2, lat2) = one, other
    across, up = radians(lon2 - lon1) / 2, radians(lat2 - lat1) / 2
    return 2 * EARTH_M * asin(sqrt(sin(up) ** 2 + cos(radians(lat1)) * cos(radians(lat2)) * sin(across) ** 2))


def round_from(start: Place, places: Sequence[Place]) -> list[tuple[int, float]]:
    """The places' numbers in the order of the round, each with its metres from the place before, as the crow flies.

    Of two equally near ones, the earlier in the list comes first.
    """
    left, here, found = list(range(len(places))), start, list[tuple[int, float]]()
    while left:
        distance, nearest = min((metres(here, places[number]), number) for number in left)
        left.remove(nearest)
        found.append((nearest, distance))
        here = places[nearest]
    return found
