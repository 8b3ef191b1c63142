"""Notes changes of districts and territories, and of the codes that their tiles carry."""

from django.db import migrations

TABLES = ("districtset", "district", "territory", "department", "section", "service")
WATCH = "".join(
    f"SELECT layers_watch('districts_{table}', 'layers_change_noted', 'city_id');" for table in TABLES
)
GONE = "".join(
    f"DROP TRIGGER note_{when} ON districts_{table};"
    for table in TABLES
    for when in ("insert", "update", "delete", "truncate")
)


class Migration(migrations.Migration):
    dependencies = [("districts", "0004_history_of_settings"), ("layers", "0004_changes_are_noted")]

    operations = [migrations.RunSQL(WATCH, GONE)]
