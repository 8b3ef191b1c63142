"""What is done after the answer, by the worker."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from procrastinate import JobContext
from procrastinate.contrib.django import app

from districts.wording import reason
from reports.models import Report

STALLED_AFTER_S = 600


@app.task(queue="letters", retry=5)
def tell_department(report_id: int) -> None:
    """Write to the department about a report that was published and routed to it."""
    report = Report.objects.select_related("city", "service", "department").get(pk=report_id)
    if report.department is None or not report.department.email:
        return
    _write(report, "department", report.department.email, settings.LANGUAGE_CODE)


@app.task(queue="letters", retry=5)
def tell_reporter(report_id: int) -> None:
    """Write to the sender what became of the report."""
    report = Report.objects.select_related("city", "service", "department", "reporter").get(pk=report_id)
    address = report.contact_email or (report.reporter.email if report.reporter else "")
    if address:
        _write(
            report,
            "reporter",
            address,
            report.reporter.language if report.reporter else settings.LANGUAGE_CODE,
        )


@app.periodic(cron="*/10 * * * *")
@app.task(queue="upkeep", queueing_lock="retry_stalled_jobs", pass_context=True)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Give jobs of a worker that died to another one."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_S):
        await manager.retry_job(job)


def _write(report: Report, audience: str, address: str, language: str) -> None:
    with override(language), timezone.override(report.city.time_zone):
        said = {
            "report": report,
            "last": report.changes.last(),
            "why": reason(report.decision, public=audience == "reporter"),
            "origin": settings.PUBLIC_ORIGIN,
        }
        subject = render_to_string(f"letters/{audience}_subject.txt", said).strip()
        send_mail(subject, render_to_string(f"letters/{audience}.txt", said), None, [address])
