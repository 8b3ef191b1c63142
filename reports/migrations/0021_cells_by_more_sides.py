"""Sums by several sides at once know districts and due days too; levels are two or three apart (docs/decisions/0023)."""

from importlib import import_module

from django.db import migrations, models
from django.db.models import Q

FORWARD = """
DROP TABLE reports_cross;
CREATE TABLE reports_cross (
    city_id bigint NOT NULL,
    level smallint NOT NULL,
    district_id bigint NOT NULL,
    service_id bigint NOT NULL,
    month int NOT NULL,
    cell bigint NOT NULL,
    department_id bigint NOT NULL,
    due int NOT NULL,
    grp smallint NOT NULL,
    disputed boolean NOT NULL,
    n bigint NOT NULL,
    weight bigint NOT NULL,
    PRIMARY KEY (city_id, level, district_id, service_id, month, cell, department_id, due, grp, disputed)
        INCLUDE (n, weight)
) WITH (fillfactor = 80);
CREATE INDEX cross_department ON reports_cross (city_id, level, district_id, department_id, month, cell);

CREATE OR REPLACE FUNCTION report_cell_keys(
    district bigint, service bigint, department bigint, month int, due_day int, disputed boolean, cell bigint)
RETURNS TABLE (facet smallint, value bigint, level smallint, part bigint)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
-- The sums that one row counts towards. A due day counts by its month, and by itself until it lies long behind:
-- what was due in earlier months than this is overdue anyway.
SELECT key.facet::smallint, key.value, stored.level::smallint, cell >> (2 * (20 - stored.level))
FROM (VALUES
    (0, 0::bigint, district IS NULL, ARRAY[12, 14, 16, 18, 20]),
    (1, service, district IS NULL, ARRAY[12, 15, 18]),
    (2, coalesce(department, 0), district IS NULL, ARRAY[12, 15, 18]),
    (3, district, district IS NOT NULL, ARRAY[12, 15, 18]),
    (4, month::bigint, district IS NULL, ARRAY[12, 15, 17]),
    -- Nothing here was due before 2015.
    (5, greatest(2015 * 12, EXTRACT(year FROM date '1970-01-01' + due_day) * 12
        + EXTRACT(month FROM date '1970-01-01' + due_day) - 1)::bigint,
        district IS NULL AND due_day IS NOT NULL, ARRAY[12, 15, 17]),
    (6, due_day::bigint, district IS NULL AND due_day >= current_date - date '1970-01-01' - 40, ARRAY[12, 15, 17]),
    (7, 1::bigint, district IS NULL AND disputed, ARRAY[12, 15, 18])
) AS key (facet, value, counts, levels)
CROSS JOIN LATERAL unnest(key.levels) AS stored (level)
WHERE key.counts
$$;

CREATE FUNCTION report_cross_keys(district bigint, due_day int, cell bigint)
RETURNS TABLE (district_id bigint, due int, level smallint, part bigint)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
-- The same where sides are crossed. `due` is the month due, 0 without one; a day due that doesn't lie long behind has a row
-- of its own as well, with its number below zero.
SELECT coalesce(district, 0), key.due, stored.level::smallint, cell >> (2 * (20 - stored.level))
FROM (
    SELECT CASE WHEN due_day IS NULL THEN 0 ELSE greatest(2015 * 12,
        EXTRACT(year FROM date '1970-01-01' + due_day) * 12 + EXTRACT(month FROM date '1970-01-01' + due_day) - 1)
        END::int AS due
    UNION ALL SELECT -due_day WHERE due_day >= current_date - date '1970-01-01' - 40
) AS key
CROSS JOIN (VALUES (12), (15)) AS stored (level)
WHERE district IS NULL OR stored.level = 15
$$;

CREATE OR REPLACE FUNCTION reports_fold_cells(most int) RETURNS int
LANGUAGE plpgsql SET work_mem = '64MB' SET jit = off AS $$
-- Merges so many of the oldest appended rows into the sums, and says how many they were. One folds at a time; whoever
-- reads adds what isn't folded yet.
DECLARE
    folded int;
    spent_cells tid[];
    spent_crosses tid[];
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' OR NOT pg_try_advisory_xact_lock(4201, 23) THEN
        RETURN 0;
    END IF;
    WITH taken AS (
        DELETE FROM reports_celldelta
        WHERE id <= (SELECT max(id) FROM (SELECT id FROM reports_celldelta ORDER BY id LIMIT most) AS oldest)
        RETURNING *
    ), told AS (
        INSERT INTO reports_cellfold AS known (city_id, folded)
        SELECT city_id, count(*) FROM taken GROUP BY city_id
        ON CONFLICT (city_id) DO UPDATE SET folded = known.folded + excluded.folded
    ), added AS (
        INSERT INTO reports_cell AS known (city_id, facet, value, level, section_id, cell, grp, n, weight)
        SELECT city_id, facet, value, level, section_id, part, grp, sum(n), sum(weight)
        FROM taken CROSS JOIN LATERAL
            report_cell_keys(district_id, service_id, department_id, month, due_day, disputed, cell) AS key
        GROUP BY 1, 2, 3, 4, 5, 6, 7
        HAVING sum(n) <> 0 OR sum(weight) <> 0
        ON CONFLICT (city_id, facet, level, section_id, value, cell, grp)
        DO UPDATE SET n = known.n + excluded.n, weight = known.weight + excluded.weight
        RETURNING known.ctid AS place, known.n = 0 AND known.weight = 0 AS spent
    ), crossed AS (
        INSERT INTO reports_cross AS known
            (city_id, level, district_id, service_id, month, cell, department_id, due, grp, disputed, n, weight)
        SELECT city_id, level, key.district_id, service_id, month, part, coalesce(department_id, 0), due, grp, disputed,
            sum(n), sum(weight)
        FROM taken CROSS JOIN LATERAL report_cross_keys(taken.district_id, due_day, cell) AS key
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
        HAVING sum(n) <> 0 OR sum(weight) <> 0
        ON CONFLICT (city_id, level, district_id, service_id, month, cell, department_id, due, grp, disputed)
        DO UPDATE SET n = known.n + excluded.n, weight = known.weight + excluded.weight
        RETURNING known.ctid AS place, known.n = 0 AND known.weight = 0 AS spent
    )
    SELECT (SELECT count(*) FROM taken), (SELECT array_agg(place) FROM added WHERE spent),
        (SELECT array_agg(place) FROM crossed WHERE spent)
    INTO folded, spent_cells, spent_crosses;
    IF spent_cells IS NOT NULL THEN
        DELETE FROM reports_cell WHERE ctid = ANY (spent_cells);
    END IF;
    IF spent_crosses IS NOT NULL THEN
        DELETE FROM reports_cross WHERE ctid = ANY (spent_crosses);
    END IF;
    RETURN folded;
END $$;

CREATE OR REPLACE FUNCTION reports_recount_cells(of_city bigint, mend boolean)
RETURNS TABLE (city_id bigint, rows bigint, wrong bigint)
LANGUAGE plpgsql SET work_mem = '64MB' AS $$
-- Compares all sums with the reports, for one city or for all, and with `mend` puts them right. Whoever calls it has
-- locked both tables against writing.
#variable_conflict use_column
BEGIN
    PERFORM reports_refuse_fixed_snapshot();
    PERFORM pg_advisory_xact_lock(4201, 23);
    PERFORM reports_fold_cells(NULL);
    CREATE TEMPORARY TABLE right_cell ON COMMIT DROP AS
        SELECT city_id, facet, value, level, section_id, part AS cell, grp, sum(n)::bigint AS n,
            sum(weight)::bigint AS weight
        FROM reports_celltruth CROSS JOIN LATERAL
            report_cell_keys(district_id, service_id, department_id, month, due_day, disputed, cell) AS key
        WHERE of_city IS NULL OR city_id = of_city GROUP BY 1, 2, 3, 4, 5, 6, 7;
    CREATE TEMPORARY TABLE right_cross ON COMMIT DROP AS
        SELECT city_id, level, key.district_id, service_id, month, part AS cell,
            coalesce(department_id, 0) AS department_id, due, grp, disputed, sum(n)::bigint AS n,
            sum(weight)::bigint AS weight
        FROM reports_celltruth AS truth
        CROSS JOIN LATERAL report_cross_keys(truth.district_id, due_day, cell) AS key
        WHERE of_city IS NULL OR city_id = of_city GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10;
    -- Due days that lie long behind are kept for no question.
    DELETE FROM reports_cell WHERE facet = 6 AND (of_city IS NULL OR city_id = of_city)
        AND value < current_date - date '1970-01-01' - 40;
    DELETE FROM reports_cross WHERE due < 0 AND (of_city IS NULL OR city_id = of_city)
        AND -due < current_date - date '1970-01-01' - 40;
    CREATE TEMPORARY TABLE wrong_sums ON COMMIT DROP AS
        SELECT coalesce(truth.city_id, told.city_id) AS city_id, count(*) AS wrong
        FROM right_cell AS truth
        FULL JOIN (SELECT * FROM reports_cell WHERE of_city IS NULL OR city_id = of_city) AS told
            USING (city_id, facet, value, level, section_id, cell, grp)
        WHERE (truth.n, truth.weight) IS DISTINCT FROM (told.n, told.weight) GROUP BY 1
        UNION ALL
        SELECT coalesce(truth.city_id, told.city_id), count(*)
        FROM right_cross AS truth
        FULL JOIN (SELECT * FROM reports_cross WHERE of_city IS NULL OR city_id = of_city) AS told
            USING (city_id, level, district_id, service_id, month, cell, department_id, due, grp, disputed)
        WHERE (truth.n, truth.weight) IS DISTINCT FROM (told.n, told.weight) GROUP BY 1;
    IF mend AND EXISTS (SELECT FROM wrong_sums) THEN
        DELETE FROM reports_cell WHERE city_id IN (SELECT city_id FROM wrong_sums);
        DELETE FROM reports_cross WHERE city_id IN (SELECT city_id FROM wrong_sums);
        INSERT INTO reports_cell (city_id, facet, value, level, section_id, cell, grp, n, weight)
            SELECT city_id, facet, value, level, section_id, cell, grp, n, weight FROM right_cell
            WHERE city_id IN (SELECT city_id FROM wrong_sums);
        INSERT INTO reports_cross
            SELECT * FROM right_cross WHERE city_id IN (SELECT city_id FROM wrong_sums);
        INSERT INTO reports_cellfold AS known (city_id, folded)
            SELECT DISTINCT city_id, 1 FROM wrong_sums
            ON CONFLICT (city_id) DO UPDATE SET folded = known.folded + 1;
    END IF;
    RETURN QUERY
        SELECT city.id, (SELECT count(*) FROM right_cell WHERE right_cell.city_id = city.id)
                + (SELECT count(*) FROM right_cross WHERE right_cross.city_id = city.id),
            coalesce((SELECT sum(wrong_sums.wrong)::bigint FROM wrong_sums WHERE wrong_sums.city_id = city.id), 0)
        FROM layers_city AS city WHERE of_city IS NULL OR city.id = of_city ORDER BY city.id;
    DROP TABLE right_cell, right_cross, wrong_sums;
END $$;

-- The triggers of one statement see all that it wrote: one that wrote to both tables would count a district twice or never.
CREATE FUNCTION reports_begin_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('reports.written_' || TG_TABLE_NAME, 'now', true);
    RETURN NULL;
END $$;
CREATE FUNCTION reports_end_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('reports.written_reports_report', true) = 'now'
        AND current_setting('reports.written_reports_reportdistrict', true) = 'now'
    THEN
        RAISE EXCEPTION 'one statement can''t write reports and their districts and have both counted'
            USING ERRCODE = 'feature_not_supported', HINT = 'Write them in two statements.';
    END IF;
    PERFORM set_config('reports.written_' || TG_TABLE_NAME, '', true);
    RETURN NULL;
END $$;
CREATE TRIGGER reports_begin_write BEFORE INSERT OR UPDATE OR DELETE ON reports_report
    FOR EACH STATEMENT EXECUTE FUNCTION reports_begin_write();
CREATE TRIGGER reports_begin_write BEFORE INSERT OR UPDATE OR DELETE ON reports_reportdistrict
    FOR EACH STATEMENT EXECUTE FUNCTION reports_begin_write();
-- By its name the first of those that follow a statement.
CREATE TRIGGER reports_all_written AFTER INSERT OR UPDATE OR DELETE ON reports_report
    FOR EACH STATEMENT EXECUTE FUNCTION reports_end_write();
CREATE TRIGGER reports_all_written AFTER INSERT OR UPDATE OR DELETE ON reports_reportdistrict
    FOR EACH STATEMENT EXECUTE FUNCTION reports_end_write();

TRUNCATE reports_cell;
SELECT reports_recount_cells(NULL, true);
ANALYZE reports_cell, reports_cross, reports_celldelta;
"""

_first = import_module("reports.migrations.0018_cells")
BACK = f"""
DROP FUNCTION reports_begin_write() CASCADE;
DROP FUNCTION reports_end_write() CASCADE;
{_first.BACK}
DROP FUNCTION report_cross_keys(bigint, int, bigint);
{_first.TABLES_BACK}
{_first.TABLES}
{_first.REFUSING}
{_first.triggers()}
{_first.TRUTH}
"""

_PLACES = ["id", "status", "published_at", "due_at", "asked_at", "disputed", "department", "priority"]


class Migration(migrations.Migration):
    dependencies = [("reports", "0020_changes_of_reports")]
    operations = [
        migrations.RunSQL(FORWARD, BACK),
        migrations.RemoveIndex("report", "report_cells"),
        migrations.RemoveIndex("report", "report_service_cells"),
        migrations.AddIndex(
            "report",
            models.Index(
                fields=["city", "cell"],
                include=["service", *_PLACES],
                condition=Q(private=False),
                name="report_cells",
            ),
        ),
        migrations.AddIndex(
            "report",
            models.Index(
                fields=["service", "cell"],
                include=_PLACES,
                condition=Q(private=False),
                name="report_service_cells",
            ),
        ),
    ]
