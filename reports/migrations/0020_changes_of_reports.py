"""Notes changes of public reports, whose tiles are kept until then."""

from django.db import migrations

# Only of what the public may have seen, before or after: drafts and what waits for a moderator change no tile.
NOTE = """
CREATE FUNCTION reports_report_noted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched text := CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT city_id, published_at FROM come'
        WHEN 'DELETE' THEN 'SELECT city_id, published_at FROM gone'
        ELSE 'SELECT city_id, published_at FROM come UNION ALL SELECT city_id, published_at FROM gone' END;
BEGIN
    EXECUTE 'INSERT INTO layers_change (source, city_id)
             SELECT DISTINCT ''reports_report'', city_id FROM (' || touched || ') AS touched
             WHERE published_at IS NOT NULL';
    IF random() < 0.05 THEN PERFORM layers_changes_fold(); END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION reports_district_noted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched text := CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT report_id FROM come'
        WHEN 'DELETE' THEN 'SELECT report_id FROM gone'
        ELSE 'SELECT report_id FROM come UNION ALL SELECT report_id FROM gone' END;
BEGIN
    EXECUTE 'INSERT INTO layers_change (source, city_id)
             SELECT DISTINCT ''reports_report'', city_id FROM reports_report
             WHERE published_at IS NOT NULL AND id IN (' || touched || ')';
    IF random() < 0.05 THEN PERFORM layers_changes_fold(); END IF;
    RETURN NULL;
END $$;

SELECT layers_watch('reports_report', 'reports_report_noted', 'city_id');
SELECT layers_watch('reports_reportdistrict', 'reports_district_noted', 'report_id');
"""
GONE = "".join(
    f"DROP TRIGGER note_{when} ON reports_{table};"
    for table in ("report", "reportdistrict")
    for when in ("insert", "update", "delete", "truncate")
)
GONE += "DROP FUNCTION reports_report_noted; DROP FUNCTION reports_district_noted;"


class Migration(migrations.Migration):
    dependencies = [("reports", "0019_places_are_searched"), ("layers", "0004_changes_are_noted")]

    operations = [migrations.RunSQL(NOTE, GONE)]
