"""Published reports begin with the weight of their service; the hourly run does the rest."""

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

PUBLIC = (
    "published", "in_progress", "planned", "passed_on", "resolved", "confirmed", "reopened", "declined", "duplicate",
)  # fmt: skip
BATCH = 20_000
WEIGH = """
UPDATE reports_report r SET priority = 100 * s.severity FROM districts_service s
WHERE s.id = r.service_id AND r.priority = 0 AND r.status = ANY(%s) AND r.id > %s AND r.id <= %s
"""


def weigh(apps: StateApps, schema: BaseDatabaseSchemaEditor) -> None:
    """In batches, so that nobody who writes waits long."""
    with schema.connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM reports_report")
        for first in range(0, cursor.fetchone()[0], BATCH):
            cursor.execute(WEIGH, [list(PUBLIC), first, first + BATCH])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("reports", "0015_weights")]

    operations = [
        migrations.RunPython(weigh, migrations.RunPython.noop),
        AddIndexConcurrently(
            "report",
            GistIndex(
                fields=["point_mercator"],
                condition=models.Q(priority=0, status__in=PUBLIC),
                name="report_piled",
            ),
        ),
    ]
