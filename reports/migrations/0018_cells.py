"""Counts what the public may see by place, kind and time, with the write itself (docs/decisions/0023)."""

import django.contrib.gis.db.models as models
from django.db import migrations
from django.db.models import Func, GeneratedField, Q

FUNCTIONS = """
CREATE FUNCTION web_cell(place geometry) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 30 AS $$
-- The tile of zoom 31 that holds a WGS84 point, as a Morton code: of two bits for each zoom the first is the row's,
-- so that a tile of any zoom is one range and its parent a shift. Beyond the square world, its nearest edge.
DECLARE
    lat float8 := greatest(-85.0511287798066, least(85.0511287798066, ST_Y(place)));
    x bigint := greatest(0, least(2147483647, floor((ST_X(place) + 180) / 360 * 2147483648)));
    y bigint := greatest(0, least(2147483647,
        floor((1 - ln(tan(pi() / 4 + radians(lat) / 2)) / pi()) * 1073741824)));
BEGIN
    x := (x | (x << 16)) & 281470681808895;
    x := (x | (x << 8)) & 71777214294589695;
    x := (x | (x << 4)) & 1085102592571150095;
    x := (x | (x << 2)) & 3689348814741910323;
    x := (x | (x << 1)) & 6148914691236517205;
    y := (y | (y << 16)) & 281470681808895;
    y := (y | (y << 8)) & 71777214294589695;
    y := (y | (y << 4)) & 1085102592571150095;
    y := (y | (y << 2)) & 3689348814741910323;
    y := (y | (y << 1)) & 6148914691236517205;
    RETURN (y << 1) | x;
END $$;

CREATE FUNCTION report_group(status text) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
-- The number of the public group, in the order of reports.workflow.Group; NULL for what isn't public.
SELECT CASE status
    WHEN 'published' THEN 0
    WHEN 'in_progress' THEN 1 WHEN 'planned' THEN 1 WHEN 'passed_on' THEN 1
    WHEN 'resolved' THEN 2 WHEN 'confirmed' THEN 2
    WHEN 'reopened' THEN 3
    WHEN 'declined' THEN 4 WHEN 'duplicate' THEN 4
END::smallint
$$;
"""
FUNCTIONS_BACK = "DROP FUNCTION report_group(text); DROP FUNCTION web_cell(geometry);"

TABLES = """
CREATE TABLE reports_celldelta (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    city_id bigint NOT NULL,
    cell bigint NOT NULL,
    -- A report is one row without a district, and one more for each district that held it.
    district_id bigint,
    section_id bigint NOT NULL,
    service_id bigint NOT NULL,
    department_id bigint,
    grp smallint NOT NULL,
    month int NOT NULL,
    due_day int,
    disputed boolean NOT NULL,
    n int NOT NULL,
    weight bigint NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
        autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 100000);
CREATE INDEX celldelta_city ON reports_celldelta (city_id, cell);

CREATE TABLE reports_cell (
    city_id bigint NOT NULL,
    facet smallint NOT NULL,
    value bigint NOT NULL,
    level smallint NOT NULL,
    section_id bigint NOT NULL,
    cell bigint NOT NULL,
    grp smallint NOT NULL,
    n bigint NOT NULL,
    weight bigint NOT NULL,
    PRIMARY KEY (city_id, facet, level, section_id, value, cell, grp) INCLUDE (n, weight)
) WITH (fillfactor = 80);

CREATE TABLE reports_cross (
    city_id bigint NOT NULL,
    level smallint NOT NULL,
    service_id bigint NOT NULL,
    department_id bigint NOT NULL,
    month int NOT NULL,
    disputed boolean NOT NULL,
    cell bigint NOT NULL,
    grp smallint NOT NULL,
    n bigint NOT NULL,
    weight bigint NOT NULL,
    PRIMARY KEY (city_id, level, service_id, month, cell, department_id, grp, disputed)
) WITH (fillfactor = 80);
CREATE INDEX cross_department ON reports_cross (city_id, level, department_id, month, cell);

CREATE TABLE reports_cellfold (city_id bigint PRIMARY KEY, folded bigint NOT NULL) WITH (fillfactor = 50);

CREATE FUNCTION report_cell_keys(
    district bigint, service bigint, department bigint, month int, due_day int, disputed boolean, cell bigint)
RETURNS TABLE (facet smallint, value bigint, level smallint, part bigint)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
-- The sums that one row counts towards. A due day counts by its month, and by itself until it lies long behind:
-- what was due in earlier months than this is overdue anyway.
SELECT key.facet::smallint, key.value, stored.level::smallint, cell >> (2 * (20 - stored.level))
FROM (VALUES
    (0, 0::bigint, district IS NULL, ARRAY[12, 15, 18, 20]),
    (1, service, district IS NULL, ARRAY[12, 16, 18]),
    (2, coalesce(department, 0), district IS NULL, ARRAY[12, 16, 18]),
    (3, district, district IS NOT NULL, ARRAY[12, 16, 18]),
    (4, month::bigint, district IS NULL, ARRAY[12, 16]),
    -- Nothing here was due before 2015.
    (5, greatest(2015 * 12, EXTRACT(year FROM date '1970-01-01' + due_day) * 12
        + EXTRACT(month FROM date '1970-01-01' + due_day) - 1)::bigint,
        district IS NULL AND due_day IS NOT NULL, ARRAY[12, 16]),
    (6, due_day::bigint, district IS NULL AND due_day >= current_date - date '1970-01-01' - 40, ARRAY[12, 16]),
    (7, 1::bigint, district IS NULL AND disputed, ARRAY[12, 16, 18])
) AS key (facet, value, counts, levels)
CROSS JOIN LATERAL unnest(key.levels) AS stored (level)
WHERE key.counts
$$;

CREATE FUNCTION reports_fold_cells(most int) RETURNS int
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
            (city_id, level, service_id, department_id, month, disputed, cell, grp, n, weight)
        SELECT city_id, level, service_id, coalesce(department_id, 0), month, disputed,
            cell >> (2 * (20 - level)), grp, sum(n), sum(weight)
        FROM taken CROSS JOIN (VALUES (12), (15)) AS stored (level) WHERE district_id IS NULL
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
        HAVING sum(n) <> 0 OR sum(weight) <> 0
        ON CONFLICT (city_id, level, service_id, month, cell, department_id, grp, disputed)
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

CREATE FUNCTION reports_fold_after(appended bigint) RETURNS void LANGUAGE plpgsql AS $$
-- A large statement folds what it appended; of small ones every so many-th does it for the rest.
BEGIN
    IF appended > 1000 THEN
        PERFORM reports_fold_cells(NULL);
    ELSIF appended > 0 AND random() < 0.02 THEN
        PERFORM reports_fold_cells(5000);
    END IF;
END $$;
"""
TABLES_BACK = """
DROP FUNCTION reports_fold_after(bigint);
DROP FUNCTION reports_fold_cells(int);
DROP FUNCTION report_cell_keys(bigint, bigint, bigint, int, int, boolean, bigint);
DROP TABLE reports_cellfold, reports_cross, reports_cell, reports_celldelta;
"""

_CARRIED = (
    "id, city_id, cell, service_id, department_id, status, published_at,"
    " CASE WHEN status IN ('published', 'in_progress', 'planned', 'passed_on', 'reopened') AND asked_at IS NULL"
    " THEN due_at END AS due_at, disputed, priority"
)
_PUBLIC = "report_group(status) IS NOT NULL AND NOT private AND cell IS NOT NULL"
_LEDGER = "city_id, cell, district_id, section_id, service_id, department_id, grp, month, due_day, disputed"


def _dimensions(district: str) -> str:
    """What the ledger keeps of a row of _CARRIED called `report`, but for its counts; months and days are the city's."""
    at, due = "report.published_at AT TIME ZONE city.time_zone", "report.due_at AT TIME ZONE city.time_zone"
    return (
        f"report.city_id, report.cell >> 22 AS cell, {district} AS district_id, service.section_id,"
        " report.service_id, report.department_id, report_group(report.status) AS grp,"
        f" (EXTRACT(year FROM {at}) * 12 + EXTRACT(month FROM {at}) - 1)::int AS month,"
        f" ({due})::date - date '1970-01-01' AS due_day, report.disputed"
    )


_BESIDE = """JOIN districts_service AS service ON service.id = report.service_id
    JOIN layers_city AS city ON city.id = report.city_id"""
_DISTRICTS = """CROSS JOIN LATERAL (
        SELECT NULL::bigint AS district_id
        UNION ALL SELECT district_id FROM reports_reportdistrict WHERE report_id = report.id) AS held"""
# Bad plans are made once and kept: nested loops are right for one row, and no disaster for a million.
_PLAIN = "SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off SET jit = off"


def _counting(name: str, *sources: tuple[str, str]) -> str:
    """A trigger function that appends what a statement on reports changed; `sources` are its rows and their sign."""
    moved = " UNION ALL ".join(
        f"SELECT {_CARRIED}, {sign} AS sign FROM {rows} WHERE {_PUBLIC}" for rows, sign in sources
    )
    fixed = "" if name == "insert" else "PERFORM reports_refuse_fixed_snapshot();"
    return f"""
CREATE FUNCTION reports_count_{name}() RETURNS trigger LANGUAGE plpgsql {_PLAIN} AS $$
DECLARE appended bigint;
BEGIN
    {fixed}
    INSERT INTO reports_celldelta ({_LEDGER}, n, weight)
    SELECT {_LEDGER}, sum(sign), sum(sign * priority)
    FROM (
        SELECT {_dimensions("held.district_id")}, report.sign, report.priority
        FROM (
            -- What a statement left as it was cancels itself out.
            SELECT id, city_id, cell, service_id, department_id, status, published_at, due_at, disputed, priority,
                sum(sign) AS sign
            FROM ({moved}) AS moved
            GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 HAVING sum(sign) <> 0
        ) AS report
        {_BESIDE}
        {_DISTRICTS}
    ) AS changed
    -- Without a condition: a sum of nothing says that something else in the tiles has changed.
    GROUP BY {_LEDGER};
    GET DIAGNOSTICS appended = ROW_COUNT;
    PERFORM reports_fold_after(appended);
    RETURN NULL;
END $$;
"""


def _districts(name: str, *sources: tuple[str, str]) -> str:
    """The same for statements on the districts that held reports."""
    moved = " UNION ALL ".join(
        f"SELECT report_id, district_id, {sign} AS sign FROM {rows}" for rows, sign in sources
    )
    return f"""
CREATE FUNCTION reports_count_districts_{name}() RETURNS trigger LANGUAGE plpgsql {_PLAIN} AS $$
DECLARE appended bigint;
BEGIN
    PERFORM reports_refuse_fixed_snapshot();
    -- Whoever changes a report at the same time hasn't seen these rows: wait for them, or let them wait for us.
    -- What this transaction wrote itself is nobody else's yet.
    PERFORM report.id FROM reports_report AS report
    WHERE report.id IN (SELECT report_id FROM ({moved}) AS moved)
        AND report.xmin <> pg_current_xact_id()::xid
    ORDER BY report.id FOR NO KEY UPDATE;
    INSERT INTO reports_celldelta ({_LEDGER}, n, weight)
    SELECT {_LEDGER}, sum(sign), sum(sign * priority)
    FROM (
        SELECT {_dimensions("moved.district_id")}, moved.sign, report.priority
        FROM ({moved}) AS moved
        JOIN LATERAL (
            SELECT {_CARRIED} FROM reports_report WHERE id = moved.report_id AND {_PUBLIC}) AS report ON true
        {_BESIDE}
    ) AS changed
    GROUP BY {_LEDGER};
    GET DIAGNOSTICS appended = ROW_COUNT;
    PERFORM reports_fold_after(appended);
    RETURN NULL;
END $$;
"""


_OLD, _NEW = ("old_rows", "-1"), ("new_rows", "1")
_REFERENCING = {
    "insert": "REFERENCING NEW TABLE AS new_rows",
    "update": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "REFERENCING OLD TABLE AS old_rows",
}
_SOURCES = {"insert": (_NEW,), "update": (_OLD, _NEW), "delete": (_OLD,)}


def triggers() -> str:
    """For each verb, on reports and on their districts."""
    texts = []
    for verb, sources in _SOURCES.items():
        texts += [_counting(verb, *sources), _districts(verb, *sources)]
        for table, function in [
            ("reports_report", f"reports_count_{verb}"),
            ("reports_reportdistrict", f"reports_count_districts_{verb}"),
        ]:
            texts.append(
                f"CREATE TRIGGER {function} AFTER {verb.upper()} ON {table} {_REFERENCING[verb]}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION {function}();"
            )
    return "\n".join(texts)


REFUSING = """
CREATE FUNCTION reports_refuse_fixed_snapshot() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted') THEN
        RAISE EXCEPTION 'reports are counted exactly under READ COMMITTED only'
            USING ERRCODE = 'feature_not_supported', HINT = 'Write under READ COMMITTED.';
    END IF;
END $$;
"""

TRUTH = f"""
CREATE VIEW reports_celltruth AS
SELECT {_dimensions("held.district_id")}, 1 AS n, report.priority::bigint AS weight
FROM (SELECT {_CARRIED} FROM reports_report WHERE {_PUBLIC}) AS report
    {_BESIDE}
    {_DISTRICTS};

CREATE FUNCTION reports_recount_cells(of_city bigint, mend boolean)
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
        SELECT city_id, level::smallint, service_id, coalesce(department_id, 0) AS department_id, month, disputed,
            cell >> (2 * (20 - level)) AS cell, grp, sum(n)::bigint AS n, sum(weight)::bigint AS weight
        FROM reports_celltruth CROSS JOIN (VALUES (12), (15)) AS stored (level)
        WHERE district_id IS NULL AND (of_city IS NULL OR city_id = of_city) GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;
    -- Due days that lie long behind are kept for no question.
    DELETE FROM reports_cell WHERE facet = 6 AND (of_city IS NULL OR city_id = of_city)
        AND value < current_date - date '1970-01-01' - 40;
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
            USING (city_id, level, service_id, department_id, month, disputed, cell, grp)
        WHERE (truth.n, truth.weight) IS DISTINCT FROM (told.n, told.weight) GROUP BY 1;
    IF mend AND EXISTS (SELECT FROM wrong_sums) THEN
        DELETE FROM reports_cell WHERE city_id IN (SELECT city_id FROM wrong_sums);
        DELETE FROM reports_cross WHERE city_id IN (SELECT city_id FROM wrong_sums);
        INSERT INTO reports_cell (city_id, facet, value, level, section_id, cell, grp, n, weight)
            SELECT city_id, facet, value, level, section_id, cell, grp, n, weight FROM right_cell
            WHERE city_id IN (SELECT city_id FROM wrong_sums);
        INSERT INTO reports_cross (city_id, level, service_id, department_id, month, disputed, cell, grp, n, weight)
            SELECT city_id, level, service_id, department_id, month, disputed, cell, grp, n, weight
            FROM right_cross WHERE city_id IN (SELECT city_id FROM wrong_sums);
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

CREATE FUNCTION reports_recount_after_move() RETURNS trigger LANGUAGE plpgsql AS $$
-- A service that moves to another section, or a city to another time zone, moves all of its reports at once.
DECLARE of_city bigint := CASE TG_TABLE_NAME WHEN 'layers_city' THEN (to_jsonb(NEW) ->> 'id')::bigint
    ELSE (to_jsonb(NEW) ->> 'city_id')::bigint END;
BEGIN
    IF EXISTS (SELECT FROM reports_report WHERE city_id = of_city) THEN
        LOCK TABLE reports_report, reports_reportdistrict IN SHARE ROW EXCLUSIVE MODE;
        PERFORM reports_recount_cells(of_city, true);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER reports_recount_after_section AFTER UPDATE OF section_id ON districts_service
    FOR EACH ROW WHEN (OLD.section_id <> NEW.section_id) EXECUTE FUNCTION reports_recount_after_move();
CREATE TRIGGER reports_recount_after_zone AFTER UPDATE OF time_zone ON layers_city
    FOR EACH ROW WHEN (OLD.time_zone <> NEW.time_zone) EXECUTE FUNCTION reports_recount_after_move();

CREATE FUNCTION reports_forget_counts() RETURNS trigger LANGUAGE plpgsql AS $$
-- After TRUNCATE: no report is left, or no district of one.
BEGIN
    PERFORM pg_advisory_xact_lock(4201, 23);
    PERFORM reports_fold_cells(NULL);
    IF TG_TABLE_NAME = 'reports_report' THEN
        DELETE FROM reports_cell;
        DELETE FROM reports_cross;
    ELSE
        DELETE FROM reports_cell WHERE facet = 3;
    END IF;
    UPDATE reports_cellfold SET folded = folded + 1;
    RETURN NULL;
END $$;
CREATE TRIGGER reports_forget_counts AFTER TRUNCATE ON reports_report
    FOR EACH STATEMENT EXECUTE FUNCTION reports_forget_counts();
CREATE TRIGGER reports_forget_counts AFTER TRUNCATE ON reports_reportdistrict
    FOR EACH STATEMENT EXECUTE FUNCTION reports_forget_counts();

SELECT reports_recount_cells(NULL, true);
"""
BACK = """
DROP FUNCTION reports_forget_counts() CASCADE;
DROP FUNCTION reports_recount_after_move() CASCADE;
DROP FUNCTION reports_recount_cells(bigint, boolean);
DROP VIEW reports_celltruth;
DROP FUNCTION reports_count_insert() CASCADE;
DROP FUNCTION reports_count_update() CASCADE;
DROP FUNCTION reports_count_delete() CASCADE;
DROP FUNCTION reports_count_districts_insert() CASCADE;
DROP FUNCTION reports_count_districts_update() CASCADE;
DROP FUNCTION reports_count_districts_delete() CASCADE;
DROP FUNCTION reports_refuse_fixed_snapshot();
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0017_filters"), ("districts", "0004_history_of_settings")]
    operations = [
        migrations.RunSQL(FUNCTIONS, FUNCTIONS_BACK),
        migrations.AddField(
            "report",
            "cell",
            GeneratedField(
                expression=Func("point", function="web_cell"),
                output_field=models.BigIntegerField(null=True),
                db_persist=True,
            ),
        ),
        migrations.RunSQL(TABLES, TABLES_BACK),
        migrations.RunSQL(REFUSING + triggers() + TRUTH, BACK),
        migrations.AddIndex(
            "report",
            models.Index(
                fields=["city", "cell"],
                include=["service", "status", "published_at"],
                condition=Q(private=False),
                name="report_cells",
            ),
        ),
        migrations.AddIndex(
            "report",
            models.Index(
                fields=["service", "cell"],
                include=["status", "published_at"],
                condition=Q(private=False),
                name="report_service_cells",
            ),
        ),
    ]
