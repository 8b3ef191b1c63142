"""Publishes reports as points, which turn into counted cells where they crowd, and as heat."""

from django.utils.translation import gettext_lazy as _

from layers.catalog import Layer, publish
from layers.models import Viewer
from reports.filters import ReportFilter
from reports.models import Report, ReportQuerySet

CROWD = 500
"""Points a tile may hold; more are shown as cells: shapes that hide one another tell nobody how many they are."""
CROWD_FROM_AFAR = 50
"""The same where a tile shows a whole district."""
FRESH_S = 5
"""How long anybody may keep a tile of reports, so that a new one is on the map at once."""


def _reports(viewer: Viewer | None) -> ReportQuerySet:
    return Report.objects.public().with_group()


def _weighed(viewer: Viewer | None) -> ReportQuerySet:
    return _reports(viewer).weighed()


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
        max_age_s=FRESH_S,
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
        cells_a_side=64,
        weight="weight",
        max_age_s=FRESH_S,
    )
)
