"""How the departments of a city answer: counts with what they are out of."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, QuerySet
from django.utils import timezone

from districts.models import Department, Role, Section
from layers.models import City
from reports.models import Note, Report, ReportQuerySet, StatusChange
from reports.workflow import WAITING, Status


@dataclass(frozen=True, slots=True)
class Figures:
    """Public problems of one department: those it has now, and the steps taken so far while it had them."""

    open: int = 0
    overdue: int = 0
    resolved: int = 0
    declined: int = 0
    reopened: int = 0
    not_ours: int = 0

    @property
    def closed(self) -> int:
        """Times a report was called resolved or declined: what the reopened ones are out of."""
        return self.resolved + self.declined

    @property
    def reopen_percent(self) -> float | None:
        """Reopened out of closed, in percent; None while nothing was closed."""
        return 100 * self.reopened / self.closed if self.closed else None


def figures_of(city: City, now: datetime | None = None) -> dict[int, Figures]:
    """The figures of each department that has or had public problems in the city, by its key."""
    reports = Report.objects.public().filter(city=city, service__section__code=Section.PROBLEMS)
    still = _counted(reports.filter(status__in=WAITING))
    overdue = _counted(reports.overdue(now or timezone.now()))
    steps = _steps(city, reports)
    departments = {*still, *overdue, *(department for department, _ in steps)}
    return {
        department: Figures(
            open=still[department],
            overdue=overdue[department],
            resolved=steps[department, Status.RESOLVED],
            declined=steps[department, Status.DECLINED],
            reopened=steps[department, Status.REOPENED],
            not_ours=steps[department, Note.REROUTED],
        )
        for department in departments
    }


def _counted(reports: ReportQuerySet) -> Counter[int]:
    rows = reports.exclude(department=None).order_by().values_list("department").annotate(number=Count("pk"))
    return Counter({department: number for department, number in rows if department is not None})


def _steps(city: City, reports: ReportQuerySet) -> Counter[tuple[int, str]]:
    """How often each department took a step, by the status it led to or by its note."""
    taken = StatusChange.objects.filter(report__in=reports.values("pk")).order_by()
    closing = taken.filter(note="", after__in=[Status.RESOLVED, Status.DECLINED, Status.REOPENED])
    rows = closing.exclude(department=None).values_list("department", "after").annotate(number=Count("pk"))
    counted = Counter({(department, after): number for department, after, number in rows if department})
    return counted + _sent_away(city, taken)


def _sent_away(city: City, taken: QuerySet[StatusChange]) -> Counter[tuple[int, str]]:
    """«Not ours»: the step itself belongs to who got the report, and names by code who sent it away."""
    # The city's own bodies come last: where one has the code of a body that serves all, it is meant.
    bodies = Department.objects.serving(city).order_by(F("city").asc(nulls_first=True))
    by_code = dict(bodies.values_list("code", "pk"))
    sent = taken.filter(note=Note.REROUTED, role=Role.DEPARTMENT).values_list("details__from")
    rows = sent.annotate(number=Count("pk"))
    return Counter({(by_code[code], Note.REROUTED): number for code, number in rows if code in by_code})
