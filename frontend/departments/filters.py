"""What of a queue is asked for in the address, and what that leaves."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from districts.models import Department, User
from frontend.departments.door import of_bodies
from layers.models import City
from reports.models import HelpOffer, Report, ReportQuerySet
from reports.workflow import PUBLIC, WAITING, Status

SOON = timedelta(days=3)
STATUSES: Mapping[str, tuple[Status, ...]] = {
    **{status.value: (status,) for status in WAITING},
    Status.RESOLVED.value: (Status.RESOLVED, Status.CONFIRMED),
    Status.DECLINED.value: (Status.DECLINED,),
    Status.DUPLICATE.value: (Status.DUPLICATE,),
}
"""What a department chooses among; a confirmed report is a resolved one to it."""
ONLY: Mapping[str, Promise] = {
    "overdue": _("Overdue"),
    "soon": _("Due in 3 days"),
    "mine": _("Given to me"),
    "asked": _("Sender is asked"),
    "disputed": _("Disputed"),
    "offers": _("Help is offered"),
}
STATUS_NAMES: Mapping[str, Promise] = {
    "published": _("New"),
    "in_progress": _("In progress"),
    "planned": _("Planned"),
    "passed_on": _("Passed on"),
    "reopened": _("Reopened"),
    "resolved": _("Resolved"),
    "declined": _("Turned down"),
    "duplicate": _("Duplicates"),
}
FIELDS = ("status", "only", "department", "service", "district", "text")


class QueueForm(forms.Form):
    """The filters as they stand in an address; what is nonsense counts as not asked."""

    status = forms.MultipleChoiceField(choices=[(s, s) for s in STATUSES], required=False)
    only = forms.MultipleChoiceField(choices=[(o, o) for o in ONLY], required=False)
    department = forms.CharField(required=False)
    service = forms.CharField(required=False)
    district = forms.CharField(required=False)
    text = forms.CharField(required=False, max_length=200)


@dataclass(slots=True)
class Filters:
    """The filters of one person's queue in one city."""

    city: City
    member: User
    bodies: QuerySet[Department]
    said: dict[str, Any]
    now: datetime = field(default_factory=timezone.now)

    def asked_bodies(self) -> QuerySet[Department]:
        """Whose queue is asked for: one body's, or all of this person's."""
        code = self.said.get("department")
        return self.bodies.filter(code=code) if code else self.bodies

    def reports(self) -> ReportQuerySet:
        """What is asked for: overdue first, then by due date; what is closed, the last first."""
        late = Case(
            When(self.marked("overdue"), then=Value(0)), default=Value(1), output_field=IntegerField()
        )
        closed = F("closed_at").desc(nulls_first=True)
        return self.under().order_by(closed, late, F("due_at").asc(nulls_last=True), "pk")

    def under(self, *, without: str = "") -> ReportQuerySet:
        """The reports under all filters, or all but one."""
        said = {name: value for name, value in self.said.items() if name != without}
        reports = self._everything(said.get("department"))
        if without != "status":
            reports = reports.filter(status__in=self.statuses(said.get("only") or []))
        for mark in said.get("only") or []:
            reports = reports.filter(self.marked(mark))
        if said.get("service"):
            reports = reports.filter(service__code=said["service"])
        if said.get("district"):
            reports = reports.filter(_in_district(said["district"]))
        return reports.filter(_saying(said["text"])) if said.get("text") else reports

    def statuses(self, only: list[str]) -> list[Status]:
        """The statuses asked for; without any what waits, or for disputed ones everything, as they are closed."""
        chosen = [status for name in self.said.get("status") or [] for status in STATUSES[name]]
        return chosen or list(PUBLIC if "disputed" in only else WAITING)

    def counters(self) -> dict[str, int]:
        """What the department has at all: open, overdue, due soon, reopened."""
        waiting = Q(status__in=WAITING)
        return self._everything(self.said.get("department")).aggregate(
            open=Count("pk", filter=waiting),
            overdue=Count("pk", filter=self.marked("overdue")),
            soon=Count("pk", filter=self.marked("soon")),
            reopened=Count("pk", filter=Q(status=Status.REOPENED)),
        )

    def except_for(self, name: str, value: str) -> "Filters":
        """The same without one value of one filter."""
        said = self.said.get(name)
        rest = [other for other in said if other != value] if isinstance(said, list) else None
        return replace(self, said={**self.said, name: rest})

    def _everything(self, body: str | None) -> ReportQuerySet:
        return of_bodies(self.city, self.bodies.filter(code=body) if body else self.bodies)

    def marked(self, name: str) -> Q:
        """What has the mark of that name in `ONLY`."""
        running = Q(status__in=WAITING, asked_at=None)
        if name == "overdue":
            return running & Q(due_at__lt=self.now)
        if name == "soon":
            return running & Q(due_at__gte=self.now, due_at__lt=self.now + SOON)
        if name == "mine":
            return Q(assignee=self.member)
        if name == "asked":
            return Q(asked_at__isnull=False)
        if name == "disputed":
            return Q(disputed=True)
        return Q(Exists(HelpOffer.objects.filter(report=OuterRef("pk"), state=HelpOffer.State.OFFERED)))


def filters_of(city: City, member: User, query: QueryDict) -> Filters:
    """The filters that the address names."""
    form = QueueForm(query)
    form.is_valid()
    bodies = member.departments_in(city)
    said = {name: value for name, value in form.cleaned_data.items() if value}
    if "department" in said and not bodies.filter(code=said["department"]).exists():
        del said["department"]
    return Filters(city, member, bodies, said)


def _in_district(named: str) -> Q:
    of, _colon, code = named.partition(":")
    inside = Report.objects.filter(districts__set__code=of, districts__district__code=code)
    return Q(pk__in=inside.values("pk"))


def _saying(text: str) -> Q:
    number = text.removeprefix("№").strip()
    words = Q(text__icontains=text) | Q(address__icontains=text)
    return (
        words | Q(pk=int(number)) if number.isascii() and number.isdecimal() and len(number) <= 18 else words
    )
