"""An append-only note of every change to what the public map shows, taken by the database on any path of writing."""

from django.db import migrations

TABLE = """
CREATE TABLE layers_change (
    source text NOT NULL,
    city_id bigint,
    step bigint NOT NULL DEFAULT 1 + floor(random() * 1000000)
);
CREATE INDEX layers_change_source ON layers_change (source, city_id);
COMMENT ON TABLE layers_change IS
    'What changed, and where (no city: in all). The sum of steps is the version; notes are folded, sums are not changed.';
"""

# One at a time folds, and nobody waits for it: who does not get the lock leaves the notes to the next one.
# A snapshot older than the statement could fold a note twice, so other isolation levels never do.
FOLD = """
CREATE FUNCTION layers_changes_fold() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('transaction_isolation') = 'read committed'
       AND pg_try_advisory_xact_lock(hashtext('layers_changes_fold')) THEN
        WITH folded AS (DELETE FROM layers_change RETURNING source, city_id, step)
        INSERT INTO layers_change (source, city_id, step)
        SELECT source, city_id, sum(step) FROM folded GROUP BY source, city_id;
    END IF;
END $$;
"""

# A random step makes the same version come back neither after a rollback nor in a database that was made anew.
NOTE = """
CREATE FUNCTION layers_change_noted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched text := CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT %1$I FROM come'
        WHEN 'DELETE' THEN 'SELECT %1$I FROM gone'
        ELSE 'SELECT %1$I FROM come UNION ALL SELECT %1$I FROM gone' END;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        INSERT INTO layers_change (source) VALUES (TG_TABLE_NAME);
    ELSE
        EXECUTE format('INSERT INTO layers_change (source, city_id)
                        SELECT DISTINCT %2$L, city FROM (' || touched || ') AS touched (city)',
                       TG_ARGV[0], TG_TABLE_NAME);
    END IF;
    IF random() < 0.05 THEN PERFORM layers_changes_fold(); END IF;
    RETURN NULL;
END $$;
"""

# Assets are noted by kind: a new lamp changes no tile of roads.
NOTE_ASSETS = """
CREATE FUNCTION layers_asset_noted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched text := CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT layer_id FROM come'
        WHEN 'DELETE' THEN 'SELECT layer_id FROM gone'
        ELSE 'SELECT layer_id FROM come UNION SELECT layer_id FROM gone' END;
BEGIN
    EXECUTE 'INSERT INTO layers_change (source, city_id)
             SELECT DISTINCT ''layers_asset.'' || layer.kind, layer.city_id
             FROM layers_assetlayer AS layer WHERE layer.id IN (' || touched || ')';
    IF random() < 0.05 THEN PERFORM layers_changes_fold(); END IF;
    RETURN NULL;
END $$;
"""

# To whoever adds a layer: call it in the migration of its tables, with the column that names the city.
WATCH = """
CREATE FUNCTION layers_watch(watched regclass, noting text, city_column text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER note_insert AFTER INSERT ON %1$s REFERENCING NEW TABLE AS come
                    FOR EACH STATEMENT EXECUTE FUNCTION %2$I(%3$L)', watched, noting, city_column);
    EXECUTE format('CREATE TRIGGER note_update AFTER UPDATE ON %1$s
                    REFERENCING OLD TABLE AS gone NEW TABLE AS come
                    FOR EACH STATEMENT EXECUTE FUNCTION %2$I(%3$L)', watched, noting, city_column);
    EXECUTE format('CREATE TRIGGER note_delete AFTER DELETE ON %1$s REFERENCING OLD TABLE AS gone
                    FOR EACH STATEMENT EXECUTE FUNCTION %2$I(%3$L)', watched, noting, city_column);
    EXECUTE format('CREATE TRIGGER note_truncate AFTER TRUNCATE ON %1$s
                    FOR EACH STATEMENT EXECUTE FUNCTION layers_change_noted(%2$L)', watched, city_column);
END $$;
SELECT layers_watch('layers_city', 'layers_change_noted', 'id');
SELECT layers_watch('layers_assetlayer', 'layers_change_noted', 'city_id');
SELECT layers_watch('layers_address', 'layers_change_noted', 'city_id');
SELECT layers_watch('layers_asset', 'layers_asset_noted', 'city_id');
"""

GONE = "".join(
    f"DROP TRIGGER note_{when} ON layers_{table};"
    for table in ("city", "assetlayer", "address", "asset")
    for when in ("insert", "update", "delete", "truncate")
)
GONE += """
DROP FUNCTION layers_watch; DROP FUNCTION layers_asset_noted; DROP FUNCTION layers_change_noted;
DROP FUNCTION layers_changes_fold; DROP TABLE layers_change;
"""


class Migration(migrations.Migration):
    dependencies = [("layers", "0003_attribution_in_both_languages")]

    operations = [migrations.RunSQL(TABLE + FOLD + NOTE + NOTE_ASSETS + WATCH, GONE)]
