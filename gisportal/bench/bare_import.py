"""What `import_reports` does, in bare SQL: COPY into a staging table, then one statement for each table that is filled.

No row is checked, and due days are counted as days, for SQL knows no days off. All else is the same: the decision with
its candidates, the history, the districts, and what the triggers count.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from districts.routing import CANDIDATE, CANDIDATES, KEPT_CANDIDATES
from gisportal.bench.scratch import connection_to
from reports.importing.drafts import Draft
from reports.importing.history import steps
from reports.workflow import PUBLIC, Status

Row = tuple[Any, ...]

STAGING = """
CREATE TEMPORARY TABLE staging (
    n int GENERATED ALWAYS AS IDENTITY, reference text, lon float8, lat float8, service text, opened timestamptz,
    status text, text text)
"""
_ASKED = {
    "%(lons)s": "(SELECT array_agg(lon ORDER BY n) FROM asked)",
    "%(lats)s": "(SELECT array_agg(lat ORDER BY n) FROM asked)",
    "%(services)s": "(SELECT array_agg(service_id ORDER BY n) FROM asked)",
    "%(days)s": "(SELECT array_agg(day ORDER BY n) FROM asked)",
    "%(assets)s": "(SELECT array_agg(NULL::bigint ORDER BY n) FROM asked)",
}
ASKED = """
CREATE TEMPORARY TABLE asked AS
SELECT staging.*, service.id AS service_id, service.severity, service.city_id, ST_SetSRID(ST_MakePoint(lon, lat), 4326)
    AS point, (opened AT TIME ZONE 'Europe/Kyiv')::date AS day, nextval('reports_report_id_seq') AS id,
    staging.status = ANY (%(public)s) AS public
FROM staging JOIN districts_service AS service ON service.code = staging.service
JOIN layers_city AS city ON city.id = service.city_id AND city.slug = %(city)s ORDER BY n
"""
ROUTED = """
CREATE TEMPORARY TABLE routed AS
SELECT position + 1 AS n, (array_agg(department_id ORDER BY turn))[1] AS department_id,
    (array_agg(asset_id ORDER BY turn))[1] AS asset_id, (array_agg(due_days ORDER BY turn))[1] AS due_days,
    jsonb_agg(to_jsonb(answer) - 'position' - 'turn' ORDER BY turn) AS candidates
FROM ({candidates}) AS answer (position, turn, {names}) GROUP BY position
"""
REPORTS = """
INSERT INTO reports_report (
    id, city_id, service_id, status, text, address, point, department_id, asset_id, decision, due_at, created_at,
    confirmed_at, published_at, updated_at, closed_at, reference, flags, token, contact_name, contact_email,
    contact_phone, fingerprint, priority)
SELECT id, city_id, service_id, status, text, '', point, department_id, asset_id,
    CASE WHEN public THEN jsonb_build_object('status', CASE WHEN routed.n IS NULL THEN 'unanswered' ELSE 'answered' END,
        'on', day, 'candidates', coalesce(candidates, '[]'::jsonb)) ELSE '{}' END,
    (day + due_days + time '18:00') AT TIME ZONE 'Europe/Kyiv', opened, opened, CASE WHEN public THEN opened END,
    opened, NULL, reference, '[]', replace(gen_random_uuid()::text, '-', ''), '', '', '', '',
    CASE WHEN public THEN 100 * severity ELSE 0 END
FROM asked LEFT JOIN routed ON routed.n = asked.n AND asked.public
"""
CHANGES = """
INSERT INTO reports_statuschange (report_id, at, before, after, role, department_id, reason)
SELECT asked.id, asked.opened, step.before, step.after, 'import',
    CASE WHEN step.before <> '' AND asked.public THEN routed.department_id END, ''
FROM asked LEFT JOIN routed USING (n)
JOIN unnest(%(of)s::text[], %(before)s::text[], %(after)s::text[]) WITH ORDINALITY
    AS step (status, before, after, turn) ON step.status = asked.status
ORDER BY asked.n, step.turn
"""
DISTRICTS = """
INSERT INTO reports_reportdistrict (city_id, report_id, set_id, district_id)
SELECT asked.city_id, asked.id, held.set_id, held.id
FROM asked CROSS JOIN LATERAL (
    SELECT DISTINCT ON (district.set_id) district.set_id, district.id
    FROM districts_district AS district
    JOIN districts_districtset AS shelf ON shelf.id = district.set_id AND shelf.code <> 'neighbours'
    WHERE district.city_id = asked.city_id AND ST_Covers(district.geometry, asked.point)
        AND district.valid_from <= asked.day AND (district.valid_to IS NULL OR district.valid_to > asked.day)
    ORDER BY district.set_id, district.area_m2, district.code
) AS held WHERE asked.public
"""


def take(city: str, rows: Iterable[Row]) -> None:
    """Write rows (reference, lon, lat, service, opened, status, text) into the city's tables, in one transaction."""
    statement = CANDIDATES.replace("%(kept)s", str(KEPT_CANDIDATES))
    for name, array in _ASKED.items():
        statement = statement.replace(name, array)
    path = _path()
    with connection_to() as bare, bare.transaction():
        bare.execute(STAGING)
        columns = "reference, lon, lat, service, opened, status, text"
        with bare.cursor() as cursor, cursor.copy(f"COPY staging ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        bare.execute(ASKED, {"public": [str(status) for status in PUBLIC], "city": city})
        bare.execute("ANALYZE asked")
        # Not a parameter in sight, and the routing SQL's own text.
        bare.execute(ROUTED.format(candidates=statement, names=", ".join(CANDIDATE)).encode())
        bare.execute("ANALYZE routed")
        bare.execute(REPORTS)
        bare.execute(CHANGES, path)
        bare.execute(DISTRICTS)


def _path() -> dict[str, Sequence[str]]:
    """For each status the steps that lead there, as columns."""
    told = [(status, step) for status in Status for step in steps(_draft(status))]
    return {
        "of": [str(status) for status, _ in told],
        "before": [str(step.before.value) if step.before else "" for _, step in told],
        "after": [str(step.after.value) for _, step in told],
    }


def _draft(status: Status) -> Draft:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return Draft(0, "", 0, 0, "", status, moment, None, None, None, "", "")
