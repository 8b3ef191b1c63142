"""Publishes useful places, announcements, and reports: as points that turn into cells where they crowd, and as heat."""

import time
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from layers.catalog import Layer, publish
from layers.filters import OfCity
from layers.models import Viewer
from layers.naming import VIEWS
from reports import cells
from reports.filters import PlaceFilter, ReportFilter
from reports.models import Announcement, Place, Report, ReportQuerySet

CROWD = 500
"""Points a tile may hold; more are shown as cells: shapes that hide one another tell nobody how many they are."""
CROWD_FROM_AFAR = 50
"""The same where a tile shows a whole district."""
FRESH_S = 4
"""How long anybody may keep a tile of reports: with as long again while it is asked for anew, less than ten seconds."""

NEWS_S = 30
"""The same for announcements, which begin and end by the clock."""


def _minute() -> int:
    """Announcements begin and end at whole minutes."""
    return int(time.time()) // 60


def _hour() -> int:
    """What is overdue changes with the city's day, which begins with an hour, whatever its time zone."""
    return int(time.time()) // 3600


PUBLISHED = (
    *("layers_city", "districts_section", "districts_service", "districts_department"),
    *("districts_district", "reports_report"),
)
"""The tables that reports, and all that they can be filtered by, come from."""


def _reports(viewer: Viewer | None) -> ReportQuerySet:
    return Report.objects.public().with_group()


def _weighed(viewer: Viewer | None) -> ReportQuerySet:
    return _reports(viewer).weighed()


def _piled(viewer: Viewer | None) -> ReportQuerySet:
    return Report.objects.public().piled()


def _places(viewer: Viewer | None) -> "QuerySet[Place]":
    return Place.objects.visible_to(viewer).exclude(state=Place.State.REJECTED)


def _announcements(viewer: Viewer | None) -> "QuerySet[Announcement]":
    # By the database's clock: tiles keep this SQL for a day.
    return Announcement.objects.visible_to(viewer).current()


VIEWS.append("gazetteer_of_places")
publish(
    Layer(
        id="places",
        title=_("useful places"),
        features=_places,
        geometry="point_mercator",
        fields={"id": "pk", "name": "name_uk", "name_en": "name_en", "kind": "kind__code"},
        filters=PlaceFilter,
        points=True,
        sources=("layers_city", "reports_placekind", "reports_place"),
    )
)
publish(
    Layer(
        id="announcements",
        title=_("announcements"),
        features=_announcements,
        geometry="area_mercator",
        fields={"id": "pk", "title": "title_uk", "title_en": "title_en", "kind": "kind"},
        filters=OfCity,
        max_age_s=NEWS_S,
        sources=("layers_city", "reports_announcement"),
        moment=_minute,
    )
)
publish(
    Layer(
        id="reports",
        title=_("reports"),
        features=_reports,
        geometry="point_mercator",
        fields={"id": "pk", "service": "service__code", "status": "status", "group": "status_group"},
        filters=ReportFilter,
        points=True,
        crowd=CROWD,
        crowd_from_afar=CROWD_FROM_AFAR,
        cells_a_side=8,
        code="cell",
        sums=cells.for_tile,
        max_age_s=FRESH_S,
        sources=PUBLISHED,
        moment=_hour,
    )
)
publish(
    Layer(
        id="report-heat",
        title=_("heat of reports"),
        features=_weighed,
        geometry="point_mercator",
        fields={},
        filters=ReportFilter,
        points=True,
        crowd=0,
        cells_a_side=32,
        weight="weight",
        code="cell",
        sums=partial(cells.for_tile, weighed=True),
        max_age_s=FRESH_S,
        sources=PUBLISHED,
        moment=_hour,
    )
)
publish(
    Layer(
        id="report-piles",
        title=_("reports without an exact place"),
        features=_piled,
        geometry="point_mercator",
        fields={},
        filters=ReportFilter,
        points=True,
        crowd=0,
        cells_a_side=32,
        max_age_s=FRESH_S,
        sources=PUBLISHED,
        moment=_hour,
    )
)
