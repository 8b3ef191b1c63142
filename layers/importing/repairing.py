"""Valid geometry of the wanted sort: repaired where that keeps its meaning, refused where it doesn't."""

from dataclasses import replace
from enum import Enum

import numpy as np
import shapely
from django.utils.translation import gettext as _

from layers.importing.account import Account
from layers.importing.placing import refuse
from layers.importing.reading import Objects, Rows


class Wanted(Enum):
    """What a layer may hold."""

    AREAS = "areas"
    ANYTHING = "anything"


_COLLECTION = int(shapely.GeometryType.GEOMETRYCOLLECTION)
_AREA = 2


def mend(rows: Rows, wanted: Wanted, account: Account) -> Rows:
    """The rows whose geometry is valid or could be made so; every repair and refusal is in the account."""
    geometry = rows.geometry.copy()
    collection = shapely.get_type_id(geometry) == _COLLECTION
    sort = shapely.get_dimensions(geometry)
    if wanted is Wanted.ANYTHING:
        refuse(rows, collection, _("a collection of mixed geometries; give points, lines or areas"), account)
        good = ~collection
    else:
        _keep_areas_of_collections(rows, geometry, collection, account)
        good = shapely.get_dimensions(geometry) == _AREA
        refuse(rows, ~good, _("not an area, but a point, a line or a mixture; give polygons"), account)
    for index in np.flatnonzero(good & rows.closed):
        _note_repair(rows, int(index), _("a ring was open; closed"), account)
    for index in np.flatnonzero(good & ~shapely.is_valid(geometry)):
        good[index] = _repair(rows, geometry, int(index), int(sort[index]), account)
    return replace(rows, geometry=geometry).only(good)


def _keep_areas_of_collections(rows: Rows, geometry: Objects, collection: Objects, account: Account) -> None:
    for index in np.flatnonzero(collection):
        areas = _parts(geometry[index], _AREA)
        if not shapely.is_empty(areas):
            geometry[index] = areas
            _note_repair(rows, int(index), _("a mixed collection; its areas were kept"), account)


def _repair(rows: Rows, geometry: Objects, index: int, sort: int, account: Account) -> bool:
    why = shapely.is_valid_reason(geometry[index])
    mended = _parts(shapely.make_valid(geometry[index]), sort)
    if shapely.is_empty(mended):
        marked = np.zeros(len(rows), dtype=bool)
        marked[index] = True
        refuse(rows, marked, _("invalid (%(why)s), and nothing is left after repair") % {"why": why}, account)
        return False
    geometry[index] = mended
    _note_repair(rows, index, _("invalid (%(why)s); made valid") % {"why": why}, account)
    return True


def _note_repair(rows: Rows, index: int, what: str, account: Account) -> None:
    account.repair(int(rows.lines[index]), str(rows.references[index]), what)


def _parts(geometry: shapely.Geometry, dimension: int) -> shapely.Geometry:
    """The points (0), lines (1) or areas (2) of a geometry, as one."""
    parts = shapely.get_parts(geometry)
    while (shapely.get_type_id(parts) >= int(shapely.GeometryType.MULTIPOINT)).any():
        parts = shapely.get_parts(parts)
    return shapely.union_all(parts[shapely.get_dimensions(parts) == dimension])
