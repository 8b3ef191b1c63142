"""What the public list can be narrowed to, how many reports each choice would leave, and how to take one back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from districts.models import Department, District, DistrictSet, Service
from frontend.citizens.months import month_name
from layers.models import City
from reports.counting import Counted
from reports.filter_fields import Limit, Near
from reports.filters import ReportFilter
from reports.workflow import GROUPS

NAMES = (
    *("status", "service", "department", "district", "overdue", "disputed"),
    *("from", "to", "q", "near", "mine", "help"),
)
"""The filters that a person sets, in the order in which they are shown."""
SWITCHES: Mapping[str, Promise] = {
    "overdue": gettext_lazy("Overdue"),
    "disputed": gettext_lazy("Disputed"),
    "help": gettext_lazy("Help is welcome"),
    "mine": gettext_lazy("Mine: reported, supported, followed"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: its name, how many reports it would leave if that is known, whether it is chosen."""

    value: str
    label: object
    count: int | None
    chosen: bool
    group: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, and the address's query without it."""

    name: str
    label: object
    without: QueryDict

    @property
    def address(self) -> str:
        return "?" + self.without.urlencode(safe=",/:")


@dataclass(frozen=True, slots=True)
class Choices:
    """All choices under the filters of one address."""

    statuses: list[Choice] = field(default_factory=list)
    services: list[Choice] = field(default_factory=list)
    departments: list[Choice] = field(default_factory=list)
    districts: list[Choice] = field(default_factory=list)
    switches: list[Choice] = field(default_factory=list)

    @property
    def live(self) -> dict[str, str]:
        """The counts by `filter=value`, as the page keeps them true while filters change; empty where unknown."""
        lists = {
            "status": self.statuses,
            "service": self.services,
            "department": self.departments,
            "district": self.districts,
        }
        by_value = {f"{name}={choice.value}": choice.count for name, of in lists.items() for choice in of}
        by_name = {f"{choice.value}=1": choice.count for choice in self.switches}
        return {key: "" if count is None else str(count) for key, count in (by_value | by_name).items()}

    def label(self, name: str, value: str) -> object:
        """What the value of that filter is called."""
        if name in SWITCHES:
            return SWITCHES[name]
        lists = {
            "status": self.statuses,
            "service": self.services,
            "department": self.departments,
            "district": self.districts,
        }
        return next((choice.label for choice in lists[name] if choice.value == value), value)


def choices_of(city: City, query: QueryDict, counted: Counted, *, signed_in: bool) -> Choices:
    """The choices, marked where the address holds them."""
    said = {name: _listed(query, name) for name in ("status", "service", "department", "district")}
    services = Service.objects.offered_in(city)
    return Choices(
        statuses=[
            Choice(group.value, group.label, counted.of("status", group.value), group in said["status"])
            for group in GROUPS
        ],
        services=list(_named(services, "service", said, counted)),
        departments=list(
            _named(Department.objects.serving(city).order_by("name"), "department", said, counted)
        ),
        districts=list(_districts(city, said["district"], counted)),
        switches=[
            Choice(name, label, counted.of(name, "1"), query.get(name) == "1")
            for name, label in SWITCHES.items()
            if signed_in or name != "mine"
        ],
    )


def chips_of(query: QueryDict, choices: Choices, said: Mapping[str, object]) -> list[Chip]:
    """The filters that are set, in words; `said` is the valid filter's cleaned data."""
    found = []
    for name in NAMES:
        value = said.get(name)
        if isinstance(value, list):
            found += [Chip(name, choices.label(name, one), without(query, name, one)) for one in value]
        elif value:
            found.append(Chip(name, _words(name, value, query, choices), without(query, name)))
    return found


def emptied_by(chips: Iterable[Chip], asked: ReportFilter) -> list[Chip]:
    """Those chips without any one of which there would be reports."""
    return [
        chip
        for chip in chips
        if ReportFilter(chip.without, queryset=asked.queryset, viewer=asked.viewer).qs.exists()
    ]


def without(query: QueryDict, name: str, value: str | None = None) -> QueryDict:
    """The query without a filter, or without one of its values; paging begins anew."""
    rest = query.copy()
    left = [other for other in _listed(query, name) if other != value] if value is not None else []
    rest.setlist(name, left)
    for other in ("after", "fragment", "report"):
        rest.pop(other, None)
    for other, values in list(rest.lists()):
        if not any(values):
            del rest[other]
    return rest


def _words(name: str, value: object, query: QueryDict, choices: Choices) -> object:
    if isinstance(value, Limit):
        text = month_name(value.day) if value.by_month else f"{value.day:%d.%m.%Y}"
        return (
            _("Since %(when)s") % {"when": text} if name == "from" else _("Until %(when)s") % {"when": text}
        )
    if isinstance(value, Near):
        metres = round(value.radius_m)
        return ngettext(
            "Within %(number)s metre of a place", "Within %(number)s metres of a place", metres
        ) % {"number": metres}
    return query.get("q", "").strip() if name == "q" else choices.label(name, "1")


def _named(
    things: Iterable[Service | Department], name: str, said: Mapping[str, list[str]], counted: Counted
) -> Iterator[Choice]:
    for thing in things:
        group = str(thing.group or "") if isinstance(thing, Service) else ""
        yield Choice(thing.code, thing.name, counted.of(name, thing.code), thing.code in said[name], group)


def _districts(city: City, said: list[str], counted: Counted) -> Iterator[Choice]:
    """Today's districts, and none of the neighbours; as plain rows, for a city may have hundreds."""
    sets = {shelf.pk: shelf for shelf in DistrictSet.objects.filter(city=city)}
    today = District.objects.filter(city=city).on(timezone.localdate()).within_the_city()
    for shelf_id, code, name in today.order_by("set__code", "name").values_list("set", "code", "name"):
        shelf = sets[shelf_id]
        value = f"{shelf.code}:{code}"
        chosen = value in said or code in said
        yield Choice(value, name or code, counted.of("district", value), chosen, str(shelf))


def _listed(query: QueryDict, name: str) -> list[str]:
    return [part.strip() for text in query.getlist(name) for part in text.split(",") if part.strip()]
