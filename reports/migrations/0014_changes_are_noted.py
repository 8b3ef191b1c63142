"""Notes changes of useful places and announcements, whose tiles are kept until then."""

from django.db import migrations

TABLES = ("placekind", "place", "announcement")
WATCH = "".join(
    f"SELECT layers_watch('reports_{table}', 'layers_change_noted', 'city_id');" for table in TABLES
)
GONE = "".join(
    f"DROP TRIGGER note_{when} ON reports_{table};"
    for table in TABLES
    for when in ("insert", "update", "delete", "truncate")
)


class Migration(migrations.Migration):
    dependencies = [("reports", "0013_priority"), ("layers", "0004_changes_are_noted")]

    operations = [migrations.RunSQL(WATCH, GONE)]
