"""Who is told what: jobs are put in the queue by the same transaction, so a rollback leaves no letter."""

from reports import jobs
from reports.models import Report


def published(report: Report) -> None:
    """Tell the department that answers, and the sender."""
    if report.department is not None and report.department.email:
        jobs.tell_department.defer(report_id=report.pk)
    changed(report)


def changed(report: Report) -> None:
    """Tell the sender that something happened, where they left an address."""
    if report.contact_email or (report.reporter and report.reporter.email):
        jobs.tell_reporter.defer(report_id=report.pk)
