"""What every page about a report needs of it, asked for once."""

from django.db.models import Prefetch

from reports.models import ReportQuerySet, StatusChange


def shown(reports: ReportQuerySet) -> ReportQuerySet:
    """The reports with all that their pages say: two queries for any number of them."""
    steps = StatusChange.objects.select_related("department")
    return reports.select_related("service__section", "department", "city").prefetch_related(
        Prefetch("changes", steps)
    )
