"""Routing rules as a file states them: kept, renewed and ended so that stating them twice changes nothing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from districts.directory import Directory, DistrictDirectory, UnknownNameError
from districts.models import Department, District, Responsibility, Service
from districts.rules_file import RuleRow
from layers.importing.account import Account
from layers.models import AssetLayer, City

Place = tuple[int, int | None, str, int | None, int]
"""Where a rule stands: service, set of districts, code of the district, asset layer, rank."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A row of the file with its names looked up."""

    line: int
    service: Service
    department: Department
    district: District | None
    asset_layer: AssetLayer | None
    due_days: int | None
    rank: int

    @property
    def place(self) -> Place:
        """Versions of a district share their code, so a rule stays in its place when a border moves."""
        district = self.district
        return (
            self.service.pk,
            district.set_id if district else None,
            district.code if district else "",
            self.asset_layer.pk if self.asset_layer else None,
            self.rank,
        )


@dataclass(slots=True)
class Outcome:
    """How many rules a file made, changed, found as they were, and ended."""

    new: int = 0
    changed: int = 0
    same: int = 0
    ended: int = 0

    def sentence(self) -> str:
        """The counts in words."""
        return _("rules: %(new)d new, %(changed)d changed, %(same)d as before, %(ended)d ended today") % {
            "new": self.new,
            "changed": self.changed,
            "same": self.same,
            "ended": self.ended,
        }


def look_up(
    city: City, rows: Iterable[RuleRow | tuple[int, str]], directory: Directory, account: Account
) -> list[Statement]:
    """The rows whose names are known and that repeat no other; the rest is refused in the account."""
    districts = DistrictDirectory(city)
    stated: dict[tuple[Place, int], int] = {}
    statements = []
    for row in rows:
        account.read += 1
        if not isinstance(row, RuleRow):
            account.refuse(row[0], "", row[1])
            continue
        try:
            statement = _look_up(row, directory, districts)
        except UnknownNameError as error:
            account.refuse(row.line, row.service, str(error))
            continue
        first = stated.setdefault((statement.place, statement.department.pk), row.line)
        if first != row.line:
            account.refuse(
                row.line, row.service, _("Line %(line)d states this rule already.") % {"line": first}
            )
            continue
        statements.append(statement)
    return statements


def _look_up(row: RuleRow, directory: Directory, districts: DistrictDirectory) -> Statement:
    district = districts.find(row.district_set, row.district) if row.district else None
    layer = directory.asset_layer(row.asset_layer) if row.asset_layer else None
    service, department = directory.service(row.service), directory.department(row.department)
    return Statement(row.line, service, department, district, layer, row.due_days, row.rank)


@dataclass(slots=True)
class Rules:
    """The city's rules, read once, and the day that changes take effect."""

    city: City
    today: date = field(default_factory=timezone.localdate)
    outcome: Outcome = field(default_factory=Outcome)

    def state(self, statements: Iterable[Statement]) -> Outcome:
        """Make the rules of each stated place be these: new ones, changed due days, ended departments.

        Places the file does not name are left alone. Where a place had rules before, a new one begins today.
        """
        known = self._known()
        named: dict[Place, set[int]] = defaultdict(set)
        fresh = []
        for statement in statements:
            named[statement.place].add(statement.department.pk)
            rule = self._renewed(statement, known.get(statement.place, []))
            if rule is not None:
                fresh.append(rule)
        Responsibility.objects.bulk_create(fresh, batch_size=1000)
        for place, departments in named.items():
            self._end(rule for rule in known.get(place, []) if rule.department_id not in departments)
        return self.outcome

    def _known(self) -> dict[Place, list[Responsibility]]:
        rules = Responsibility.objects.filter(city=self.city).select_related("district")
        rules = rules.defer("district__geometry", "district__geometry_mercator")
        known: dict[Place, list[Responsibility]] = defaultdict(list)
        for rule in rules.order_by("pk"):
            at = (rule.district.set_id, rule.district.code) if rule.district else (None, "")
            known[rule.service_id, at[0], at[1], rule.asset_layer_id, rule.rank].append(rule)
        return known

    def _renewed(self, statement: Statement, before: list[Responsibility]) -> Responsibility | None:
        """The new rule to make, or None where one that exists serves after a change."""
        own = [rule for rule in before if rule.department_id == statement.department.pk]
        # One that ended today is taken up again: the database keeps one rule for each first day.
        serving = next((rule for rule in own if self._in_force(rule) or rule.valid_from == self.today), None)
        if serving is None:
            self.outcome.new += 1
            return self._new(statement, begins=self.today if before else District.BEGINNING)
        if self._in_force(serving) and serving.due_days == statement.due_days:
            self.outcome.same += 1
            return None
        serving.valid_to = serving.valid_to if self._in_force(serving) else None
        serving.due_days = statement.due_days
        serving.save(update_fields=["valid_to", "due_days"])
        self.outcome.changed += 1
        return None

    def _in_force(self, rule: Responsibility) -> bool:
        return rule.valid_to is None or rule.valid_to > self.today

    def _new(self, statement: Statement, begins: date) -> Responsibility:
        return Responsibility(
            city=self.city,
            service=statement.service,
            department=statement.department,
            district=statement.district,
            asset_layer=statement.asset_layer,
            due_days=statement.due_days,
            rank=statement.rank,
            valid_from=begins,
        )

    def _end(self, rules: Iterable[Responsibility]) -> None:
        for rule in rules:
            if self._in_force(rule):
                rule.valid_to = max(self.today, rule.valid_from)
                rule.save(update_fields=["valid_to"])
                self.outcome.ended += 1
