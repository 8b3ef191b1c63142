"""What the public list shows under the filters of an address, and all that stands beside it."""

from dataclasses import dataclass, field
from datetime import date

from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from districts.models import User
from frontend.citizens.choices import Chip, Choices, chips_of, choices_of, emptied_by
from frontend.citizens.months import Brush, brush
from layers.geometry import WGS84, is_position
from layers.models import City
from reports.counting import Counted, counted
from reports.filters import ReportFilter
from reports.models import Report
from reports.paging import Sort, page, sort_of

PAGE_ROWS = 20


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of public reports under filters; `problems` says, field by field, what in the address makes no sense."""

    rows: list[Report] = field(default_factory=list)
    next_cursor: str | None = None
    counted: Counted = field(default_factory=lambda: Counted(0))
    choices: Choices = field(default_factory=Choices)
    chips: list[Chip] = field(default_factory=list)
    emptied_by: list[Chip] = field(default_factory=list)
    brush: Brush = field(default_factory=Brush)
    sort: Sort = Sort.NEWEST
    within_box: bool = False
    is_first: bool = True
    problems: dict[str, list[str]] = field(default_factory=dict)

    @property
    def sorts(self) -> list[Sort]:
        """The orders to choose from."""
        return list(Sort)


def listing_of(city: City, query: QueryDict, viewer: User | None) -> Listing:
    """The city's public reports under the address's filters, with their counts."""
    seen = Report.objects.public().filter(city=city)
    asked = ReportFilter(_within_the_city(city, query), queryset=seen, viewer=viewer)
    try:
        if not asked.is_valid():
            raise ValidationError(dict(asked.errors))
        return _listing(city, query, asked)
    except ValidationError as error:
        nothing = Counted(0)
        return Listing(
            choices=choices_of(city, query, nothing, signed_in=viewer is not None),
            brush=brush(query, nothing, None),
            problems=error.message_dict if hasattr(error, "error_dict") else {"": error.messages},
        )


def _listing(city: City, query: QueryDict, asked: ReportFilter) -> Listing:
    sort, after = sort_of(query.get("sort")), query.get("after")
    found = page(asked.qs.select_related("service"), after, PAGE_ROWS, sort, _origin(city, query, asked))
    numbers = counted(asked)
    choices = choices_of(city, query, numbers, signed_in=asked.viewer is not None)
    chips = chips_of(query, choices, asked.form.cleaned_data)
    return Listing(
        rows=found.rows,
        next_cursor=found.next_cursor,
        counted=numbers,
        choices=choices,
        chips=chips,
        emptied_by=[] if found.rows or after else emptied_by(chips, asked),
        brush=brush(query, numbers, _beginning(city)),
        sort=sort,
        within_box=asked.form.cleaned_data["bbox"] is not None,
        is_first=not after,
    )


def _within_the_city(city: City, query: QueryDict) -> QueryDict:
    """The same query for this city; a box around all of it narrows nothing, so that all can be counted as a whole."""
    query = query.copy()
    query["city"] = city.slug
    try:
        west, south, east, north = (float(part) for part in query.get("bbox", "").split(","))
    except ValueError:
        return query
    own = city.extent
    if west <= own[0] and south <= own[1] and own[2] <= east and own[3] <= north:
        del query["bbox"]
    return query


def _origin(city: City, query: QueryDict, asked: ReportFilter) -> Point:
    """What the nearest are nearest to: the place asked about, else where the map looks, else the city's middle."""
    if asked.middle is not None:
        return asked.middle
    try:
        _zoom, lat, lon = (float(part) for part in query.get("map", "").split("/"))
    except ValueError:
        lat = lon = float("nan")
    if is_position(lon, lat):
        return Point(lon, lat, srid=WGS84)
    west, south, east, north = city.extent
    return Point((west + east) / 2, (south + north) / 2, srid=WGS84)


def _beginning(city: City) -> date | None:
    """The day of the city's first public report; None before there is one."""
    dated = Report.objects.public().filter(city=city).order_by("published_at", "pk")
    first = dated.values_list("published_at", flat=True).first()
    return timezone.localtime(first).date() if first else None
