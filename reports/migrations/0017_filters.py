from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Case, F, Value, When
from django.db.models.functions import Upper

WAITING = ("published", "in_progress", "planned", "passed_on", "reopened")


class Migration(migrations.Migration):
    # Concurrently: a city's whole history may stand in the table, and people go on reporting.
    atomic = False

    dependencies = [("reports", "0016_first_weights")]

    operations = [
        AddIndexConcurrently(
            "report", models.Index(fields=["city", "-supporters", "-id"], name="report_supported")
        ),
        AddIndexConcurrently(
            "report",
            models.Index(
                F("city"),
                Case(When(status__in=WAITING, then=Value(0)), default=Value(1)),
                F("published_at"),
                F("id"),
                name="report_longest_waiting",
            ),
        ),
        AddIndexConcurrently(
            "report",
            GinIndex(
                OpClass(Upper("text"), name="gin_trgm_ops"),
                OpClass(Upper("address"), name="gin_trgm_ops"),
                name="report_words",
            ),
        ),
    ]
