"""What a queue can be narrowed to, with how many reports each choice would leave, and how to take one back."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import QueryDict

from districts.models import Department, District, Service
from frontend.departments.filters import FIELDS, ONLY, STATUS_NAMES, STATUSES, Filters


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to filter by: what it would leave under the other filters, and whether it is chosen."""

    value: str
    label: object
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, the address's query without it, and how many reports there would be then, if asked."""

    label: object
    without: str
    left: int | None = None


@dataclass(slots=True)
class Choices:
    """All choices under the filters of one address."""

    statuses: list[Choice]
    marks: list[Choice]
    services: list[Choice]
    districts: list[Choice]
    bodies: list[Choice]

    def label(self, name: str, value: str) -> object:
        """What the value of that filter is called."""
        lists = {
            "status": self.statuses,
            "only": self.marks,
            "service": self.services,
            "district": self.districts,
            "department": self.bodies,
        }
        return next((choice.label for choice in lists.get(name, []) if choice.value == value), value)


def choices_of(filters: Filters, bodies: Iterable[Department]) -> Choices:
    """The choices, each asked for in one query."""
    chosen = filters.said.get("department")
    return Choices(
        statuses=_statuses(filters),
        marks=_marks(filters),
        services=_services(filters),
        districts=_districts(filters),
        bodies=[Choice(body.code, body.name, 0, body.code == chosen) for body in bodies],
    )


def chips_of(filters: Filters, choices: Choices, query: QueryDict, *, counted: bool) -> list[Chip]:
    """The filters that are set; where nothing is left, with what each of them took away."""
    found = []
    for name in FIELDS:
        said = filters.said.get(name) or []
        for value in said if isinstance(said, list) else [said]:
            left = filters.except_for(name, value).under().count() if counted else None
            found.append(Chip(choices.label(name, value), _without(query, name, value), left))
    return found


def kept(query: QueryDict) -> str:
    """The address's query without the report that is open and without fields that were left empty."""
    rest = query.copy()
    rest.pop("report", None)
    for name, values in query.lists():
        if not any(values):
            rest.pop(name, None)
    return rest.urlencode(safe=",/:")


def _without(query: QueryDict, name: str, value: str) -> str:
    rest = query.copy()
    rest.setlist(name, [other for other in rest.getlist(name) if other.strip() != value])
    rest.pop("page", None)
    return kept(rest)


def _statuses(filters: Filters) -> list[Choice]:
    rows = filters.under(without="status").order_by().values_list("status").annotate(number=Count("pk"))
    counted: dict[str, int] = dict(rows)
    chosen = filters.said.get("status") or []
    return [
        Choice(name, STATUS_NAMES[name], sum(counted.get(s, 0) for s in statuses), name in chosen)
        for name, statuses in STATUSES.items()
    ]


def _marks(filters: Filters) -> list[Choice]:
    chosen = filters.said.get("only") or []
    counts = {
        mark: Count("pk", filter=Q(status__in=filters.statuses([mark, *chosen])) & filters.marked(mark))
        for mark in ONLY
    }
    # Each mark brings statuses of its own: it is they that narrow, not the default's.
    counted = filters.under(without="status").order_by().aggregate(**counts)
    return [Choice(mark, label, counted[mark], mark in chosen) for mark, label in ONLY.items()]


def _services(filters: Filters) -> list[Choice]:
    rows = filters.under(without="service").order_by().values_list("service").annotate(number=Count("pk"))
    counted: dict[int, int] = dict(rows)
    services = Service.objects.filter(pk__in=counted).order_by("name")
    found = [(service.code, service.name, counted[service.pk]) for service in services]
    return _with_chosen(found, filters.said.get("service"))


def _districts(filters: Filters) -> list[Choice]:
    """A report has one district in each set; the versions of a district count as one."""
    rows = filters.under(without="district").order_by().values_list("districts__district")
    counted: dict[int, int] = dict(rows.exclude(districts=None).annotate(number=Count("pk")))
    districts = District.objects.filter(pk__in=counted).select_related("set").order_by("set__code", "name")
    found: dict[str, tuple[str, int]] = {}
    for district in districts.defer("geometry", "geometry_mercator", "area_m2"):
        named = f"{district.set.code}:{district.code}"
        before = found.get(named, ("", 0))[1]
        found[named] = (district.name or district.code, before + counted[district.pk])
    return _with_chosen([(named, *rest) for named, rest in found.items()], filters.said.get("district"))


def _with_chosen(found: list[tuple[str, str, int]], chosen: str | None) -> list[Choice]:
    choices = [Choice(code, name or code, number, code == chosen) for code, name, number in found]
    if chosen and not any(choice.chosen for choice in choices):
        choices.insert(0, Choice(chosen, chosen, 0, True))
    return choices
