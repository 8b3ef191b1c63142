"""What stands around a place that somebody wants to report: who would answer, and what is reported already."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib.gis.geos import Point
from django.db.models import Prefetch

from districts.models import Section, Service
from districts.routing import route
from districts.wording import reason
from frontend.coordinates import CoordinatesForm
from layers.models import City
from reports.announcements import covering
from reports.borders import refuse_outside
from reports.errors import OutsideTheCity
from reports.models import Announcement, Photo, Report, ReportQuerySet
from reports.similar import similar
from reports.text import clean

SIMILAR_WITHIN_M = 75
MOST_SIMILAR = 4


@dataclass(frozen=True, slots=True)
class Around:
    """What the form tells before it is sent; empty words where nothing can be said yet."""

    goes_to: str = ""
    outside: str = ""
    warning: str = ""
    similar: list[Report] = field(default_factory=list)
    announcements: list[Announcement] = field(default_factory=list)


def around(city: City, said: Mapping[str, str]) -> Around:
    """For a place and a category as the form holds them, whatever they are worth so far."""
    form = CoordinatesForm(said, city=city)
    point: Point | None = form.cleaned_data.get("point") if form.is_valid() else None
    service = Service.objects.offered_in(city).filter(code=clean(said.get("service", ""))).first()
    stopper = service.stopper if service else ""
    if point is None:
        return Around(warning=stopper)
    try:
        refuse_outside(city, point)
    except OutsideTheCity as outside:
        return Around(outside=str(outside), warning=stopper)
    return Around(
        goes_to(point, service), "", stopper, similar_to(city, point, service), told_at(city, point)
    )


def told_at(city: City, point: Point) -> list[Announcement]:
    """What the city tells about the place now: a reported cut of water need not be reported."""
    return list(covering(city, point).defer("area", "area_mercator"))


def goes_to(point: Point, service: Service | None) -> str:
    """Who would get it and why, in a sentence; empty for what nobody has to answer."""
    if service is None or service.section.code != Section.PROBLEMS:
        return ""
    return reason(route(point, service).as_data(), public=True)


def similar_to(city: City, point: Point, service: Service | None) -> list[Report]:
    """Open public problems within reach, the most alike first, each with `shown_photos`."""
    photos = Prefetch("photos", Photo.objects.public().filter(role="problem"), to_attr="shown_photos")
    open_ones: ReportQuerySet = Report.objects.public().filter(
        city=city, closed_at=None, duplicate_of=None, service__section__code=Section.PROBLEMS
    )
    among = open_ones.prefetch_related(photos)
    return similar(among, point, service, within_m=SIMILAR_WITHIN_M, most=MOST_SIMILAR)
