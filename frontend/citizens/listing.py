"""What the public list shows under the filters of an address, and the counts beside the filters."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import QueryDict

from layers.models import City
from reports.filters import ReportFilter
from reports.models import Report, ReportQuerySet
from reports.paging import page
from reports.workflow import GROUPS, Group, Status, group_of

PAGE_ROWS = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """One status group of the filter: how many reports it holds under the other filters, and whether it is chosen."""

    group: Group
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of public reports; `problems` says what is wrong with the address, where something is."""

    rows: list[Report] = field(default_factory=list)
    next_cursor: str | None = None
    choices: list[Choice] = field(default_factory=list)
    within_box: bool = False
    is_first: bool = True
    problems: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Reports under all filters; no group chosen means every group."""
        chosen = [choice.count for choice in self.choices if choice.chosen]
        return sum(chosen) if chosen or self.is_filtered else sum(choice.count for choice in self.choices)

    @property
    def is_filtered(self) -> bool:
        """Whether only some status groups are asked for."""
        return any(choice.chosen for choice in self.choices)


def listing_of(city: City, query: QueryDict) -> Listing:
    """The city's public reports under the address's filters, newest first: one query for rows, one for all counts."""
    try:
        return _listing(city, query)
    except ValidationError as error:
        choices = [Choice(group, 0, False) for group in GROUPS]
        return Listing(choices=choices, problems=error.messages)


def _listing(city: City, query: QueryDict) -> Listing:
    asked = ReportFilter(query, queryset=Report.objects.public().filter(city=city))
    reports = _valid(asked)
    rows = page(reports.select_related("service"), query.get("after"), PAGE_ROWS)
    return Listing(
        rows=rows.rows,
        next_cursor=rows.next_cursor,
        choices=_choices(city, query, asked.form.cleaned_data["status"]),
        within_box=asked.form.cleaned_data["bbox"] is not None,
        is_first=not query.get("after"),
    )


def _choices(city: City, query: QueryDict, chosen: list[str]) -> list[Choice]:
    others = query.copy()
    others.pop("status", None)
    reports = _valid(ReportFilter(others, queryset=Report.objects.public().filter(city=city)))
    counted: dict[Group, int] = dict.fromkeys(GROUPS, 0)
    for status, number in reports.order_by().values_list("status").annotate(number=Count("pk")):
        group = group_of(Status(status))
        if group is not None:
            counted[group] += number
    return [Choice(group, number, group.value in chosen) for group, number in counted.items()]


def _valid(asked: ReportFilter) -> ReportQuerySet:
    if not asked.is_valid():
        raise ValidationError([message for messages in asked.errors.values() for message in messages])
    reports: ReportQuerySet = asked.qs
    return reports
