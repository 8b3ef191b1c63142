"""Rows in any reference system as rows in WGS84 degrees; what lies nowhere is refused."""

from dataclasses import replace
from typing import Any

import numpy as np
import pyproj
import shapely
from django.utils.translation import gettext as _
from numpy.typing import NDArray
from pyproj.exceptions import CRSError, ProjError

from layers.geometry import WGS84, looks_swapped
from layers.importing.account import Account, FileRefusedError
from layers.importing.reading import Objects, Rows
from layers.importing.source import MAX_VERTICES, Source, unknown_system

Extent = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


def in_degrees(rows: Rows, source: Source, extent: Extent | None, account: Account) -> Rows:
    """The rows in WGS84; those without a usable place on this world are refused.

    `extent` is the city's, by which swapped axes are told. FileRefusedError where the system isn't known.
    """
    system = _system(rows, source)
    rows = rows.only(_present(rows, account))
    moved = _transformed(rows.geometry, system)
    if source.swap_axes:
        moved = shapely.transform(moved, lambda xy: xy[:, ::-1])
    return replace(rows, geometry=moved, crs=f"EPSG:{WGS84}").only(
        _on_this_world(rows, moved, extent, account)
    )


def _system(rows: Rows, source: Source) -> pyproj.CRS:
    stated = source.srid if source.srid is not None else rows.crs
    if stated is None:
        raise FileRefusedError(
            _(
                "The file doesn't say in which reference system its coordinates are. "
                "Say it with --srid: 4326 for degrees, or another EPSG number."
            )
        )
    try:
        return pyproj.CRS.from_user_input(stated)
    except CRSError as error:
        raise unknown_system(stated) from error


def _present(rows: Rows, account: Account) -> NDArray[np.bool_]:
    """Which rows have a geometry that can be worked on; the others are refused with the reason."""
    geometry = rows.geometry
    missing = shapely.is_missing(geometry)
    empty = shapely.is_empty(geometry) & ~missing
    heavy = shapely.get_num_coordinates(geometry) > MAX_VERTICES
    infinite = _not_finite(geometry)
    reasons = (
        (
            missing & ~rows.broken,
            _("there is no geometry, or no numbers for the position"),
        ),
        (rows.broken, _("the geometry can't be read: a line or a ring of it has too few points")),
        (empty, _("the geometry is empty")),
        (heavy, _("more than %(limit)d vertices; simplify it") % {"limit": MAX_VERTICES}),
        (infinite & ~empty, _("a coordinate is not a finite number")),
    )
    for marked, reason in reasons:
        refuse(rows, marked, reason, account)
    return np.asarray(~(missing | empty | heavy | infinite), dtype=bool)


def refuse(rows: Rows, marked: NDArray[np.bool_], reason: str, account: Account) -> None:
    """Refuse the marked rows for one reason."""
    for index in np.flatnonzero(marked):
        account.refuse(int(rows.lines[index]), str(rows.references[index]), reason)


def _not_finite(geometry: Objects) -> NDArray[np.bool_]:
    coordinates, owners = shapely.get_coordinates(geometry, return_index=True)
    bad = np.zeros(len(geometry), dtype=bool)
    bad[owners[~np.isfinite(coordinates).all(axis=1)]] = True
    return bad


def _transformed(geometry: Objects, system: pyproj.CRS) -> Objects:
    degrees = pyproj.CRS.from_epsg(WGS84)
    if system.equals(degrees, ignore_axis_order=True):
        return geometry
    try:
        transformer = pyproj.Transformer.from_crs(system, degrees, always_xy=True)
    except ProjError as error:
        raise FileRefusedError(
            _("Coordinates of “%(name)s” can't be turned into degrees; say the right system with --srid.")
            % {"name": system.name}
        ) from error
    moved: Any = shapely.transform(
        geometry, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))
    )
    return np.asarray(moved, dtype=object)


def _on_this_world(
    rows: Rows, geometry: Objects, extent: Extent | None, account: Account
) -> NDArray[np.bool_]:
    bounds = shapely.bounds(geometry)
    inside = (
        np.isfinite(bounds).all(axis=1)
        & (bounds[:, 0] >= -180)
        & (bounds[:, 1] >= -90)
        & (bounds[:, 2] <= 180)
        & (bounds[:, 3] <= 90)
    )
    swapped = _swapped(bounds, extent) if extent else np.zeros(len(bounds), dtype=bool)
    for index in np.flatnonzero(swapped | ~inside):
        reason = _(
            "longitude and latitude are swapped: %(x)s, %(y)s is far from the city, %(y)s, %(x)s is in it"
        )
        if not swapped[index]:
            reason = _("%(x)s, %(y)s are not degrees of longitude and latitude; is the --srid right?")
        x, y = (f"{value:.6g}" for value in bounds[index, :2])
        account.refuse(int(rows.lines[index]), str(rows.references[index]), reason % {"x": x, "y": y})
    if swapped.any():
        account.note(
            _("The axes of %(number)d rows look swapped; import the file with --swap-axes.")
            % {"number": int(swapped.sum())}
        )
    return np.asarray(inside & ~swapped, dtype=bool)


def _swapped(bounds: NDArray[np.float64], extent: Extent) -> NDArray[np.bool_]:
    west, south, east, north = extent
    # The box of the whole geometry, not of one vertex: a long road may leave the city.
    middle = np.column_stack([bounds[:, 0] / 2 + bounds[:, 2] / 2, bounds[:, 1] / 2 + bounds[:, 3] / 2])
    mirror_is_in = (
        (middle[:, 1] >= west) & (middle[:, 1] <= east) & (middle[:, 0] >= south) & (middle[:, 0] <= north)
    )
    marked = np.zeros(len(bounds), dtype=bool)
    for index in np.flatnonzero(mirror_is_in):
        marked[index] = looks_swapped((float(middle[index, 0]), float(middle[index, 1])), extent)
    return marked


def outside(geometry: Objects, extent: Extent) -> int:
    """How many geometries lie wholly outside the box."""
    return int(np.count_nonzero(~shapely.intersects(geometry, shapely.box(*extent))))
