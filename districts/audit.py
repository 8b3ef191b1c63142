"""What was changed in a city's settings, by whom: rows that triggers of the database append (django-pghistory)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

import pghistory
from django.apps import apps
from django.db.models import CharField, ForeignKey, Model, Q, QuerySet, Value
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from districts.models import (
    CannedText,
    Department,
    Holiday,
    Membership,
    Page,
    Policy,
    PriorityPolicy,
    Question,
    Responsibility,
    Service,
    User,
)
from layers.models import City

TRACKED: tuple[type[Model], ...] = (
    CannedText, Department, Holiday, Membership, Page, Policy, PriorityPolicy, Question,
    Responsibility, Service,
)  # fmt: skip
UNTOLD = frozenset({"id", "city", "section", "updated_at"})
"""Columns of which nobody needs to hear."""
LONGEST = 200


def track() -> None:
    """Have each insert, update and delete of these tables appended to a table of events beside it.

    Called once the translated columns are there, so that they are kept too.
    """
    events = (pghistory.InsertEvent, pghistory.UpdateEvent, pghistory.DeleteEvent)
    for model in TRACKED:
        pghistory.track(*(event() for event in events))(model)


@dataclass(frozen=True, slots=True)
class Difference:
    """A column with what stood there before and after, in words; empty where there was nothing."""

    name: str
    before: str
    after: str


@dataclass(slots=True)
class Change:
    """One event: when, what happened (insert, update, delete) to which thing, by whom, and what is different."""

    at: datetime
    kind: str
    sort: str
    name: str
    by: User | None
    differences: list[Difference] = field(default_factory=list)


def changes_of(city: City, models: Sequence[type[Model]] = TRACKED) -> "QuerySet[Model, dict[str, Any]]":
    """The city's events of these sorts as `at`, `table` and `number`, the newest first, for paging."""
    sorts = [
        _events(model)
        .objects.filter(_of(model, city))
        .order_by()
        .values("pgh_id", "pgh_created_at", table=Value(model.__name__, output_field=CharField()))
        for model in models
    ]
    found: QuerySet[Model, dict[str, Any]] = sorts[0].union(*sorts[1:], all=True)
    return found.order_by("-pgh_created_at", "-pgh_id", "table")


def told(rows: Sequence[dict[str, Any]]) -> list[Change]:
    """These events in words, in their order; a fixed number of queries for each sort among them."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        numbers[row["table"]].add(row["pgh_id"])
    by_name = {model.__name__: model for model in TRACKED}
    words = _Words()
    found = {
        (table, number): change
        for table, wanted in numbers.items()
        for number, change in _told(by_name[table], wanted, words)
    }
    return [found[row["table"], row["pgh_id"]] for row in rows]


def _events(model: type[Model]) -> Any:
    return apps.get_model("districts", f"{model.__name__}Event")


def _of(model: type[Model], city: City) -> Q:
    if model is Question:
        return Q(service__in=Service.objects.filter(city=city).values("pk"))
    return Q(city=city.pk)


def _told(model: type[Model], wanted: set[int], words: "_Words") -> Iterable[tuple[int, Change]]:
    """Each wanted event with its change; the whole history of their things is read, to see what was before."""
    events = _events(model).objects
    things = events.filter(pgh_id__in=wanted).values("pgh_obj_id")
    before: dict[Any, Any] = {}
    for event in events.filter(pgh_obj_id__in=things).select_related("pgh_context").order_by("pgh_id"):
        if event.pgh_id in wanted:
            yield event.pgh_id, _change(model, event, before.get(event.pgh_obj_id), words)
        before[event.pgh_obj_id] = event


def _change(model: type[Model], event: Any, before: Any, words: "_Words") -> Change:
    after = None if event.pgh_label == "delete" else event
    earlier = event if after is None else before if event.pgh_label == "update" else None
    by = (event.pgh_context.metadata if event.pgh_context else {}).get("user")
    change = Change(
        event.pgh_created_at,
        event.pgh_label,
        capfirst(str(model._meta.verbose_name)),
        words.name_of(model, event),
        words.person(by),
    )
    if event.pgh_label == "update":
        change.differences = list(_differences(model, earlier, after, words))
    return change


def _differences(model: type[Model], before: Any, after: Any, words: "_Words") -> Iterable[Difference]:
    names = {column.name for column in model._meta.concrete_fields}
    for column in model._meta.concrete_fields:
        if column.name in UNTOLD or f"{column.name}_uk" in names:
            continue
        was, now = getattr(before, column.attname, None), getattr(after, column.attname, None)
        if was != now:
            label = capfirst(str(column.verbose_name))
            yield Difference(label, words.value(column, was), words.value(column, now))


class _Words:
    """Puts values into words; asks for each related thing once."""

    def __init__(self) -> None:
        self._names: dict[tuple[type[Model], Any], str] = {}
        self._people: dict[int, User | None] = {}

    def person(self, pk: int | None) -> User | None:
        if pk is not None and pk not in self._people:
            self._people[pk] = User.objects.filter(pk=pk).first()
        return self._people[pk] if pk is not None else None

    def name_of(self, model: type[Model], event: Any) -> str:
        """What the changed thing was called then."""
        if model in (Policy, PriorityPolicy):
            return ""
        if model is Membership:
            role = self.value(model._meta.get_field("role"), event.role)
            return f"{self._related(User, event.user_id)}: {role}"
        if model is Responsibility:
            service = self._related(Service, event.service_id)
            return f"{service} → {self._related(Department, event.department_id)}"
        if model is Holiday:
            return f"{event.day:%d.%m.%Y} {event.name}".strip()
        names = ("name_uk", "title_uk", "label_uk")
        return next((getattr(event, name) for name in names if getattr(event, name, "")), "")

    def value(self, column: Any, value: Any) -> str:
        """A column's value in words, cut where it is long."""
        if value in (None, "", []):
            return ""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, time):
            return f"{value:%H:%M}"
        if isinstance(column, ForeignKey):
            return self._related(column.related_model, value)
        text = str(dict(column.flatchoices).get(value, value))
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"

    def _related(self, model: Any, pk: Any) -> str:
        if (model, pk) not in self._names:
            heavy = [column.name for column in model._meta.fields if hasattr(column, "srid")]
            found = model._default_manager.filter(pk=pk).defer(*heavy).first()
            self._names[model, pk] = str(found) if found else f"№ {pk}"
        return self._names[model, pk]
