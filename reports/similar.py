"""Reports like another one, or like one that is about to be made."""

from django.contrib.gis.geos import Point
from django.db.models import Case, Q, Value, When

from districts.models import Service
from reports.models import Report, ReportQuerySet


def similar(
    among: ReportQuerySet, point: Point, service: Service | None, *, within_m: float, most: int
) -> list[Report]:
    """At most so many of these reports within so many metres of the point, on the spheroid, with `distance_m`.

    Those of the same category come first, then those of its group, then all others; the nearer before the farther.
    """
    near = among.near(point, within_m).select_related("service")
    if service is not None:
        near = near.order_by(_unlikeness(service), *near.query.order_by)
    return list(near[:most])


def _unlikeness(service: Service) -> Case:
    group_uk: str = service.group_uk  # type: ignore[attr-defined]  # a column of modeltranslation
    whens = [When(service=service, then=Value(0))]
    if group_uk:
        whens.append(When(Q(service__group_uk=group_uk), then=Value(1)))
    return Case(*whens, default=Value(2))
