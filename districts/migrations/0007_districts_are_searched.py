"""Names of districts in the gazetteer: the city's own, each version for its days (docs/decisions/0026)."""

from django.db import migrations

FORWARD = """
CREATE VIEW gazetteer_of_districts AS
SELECT d.city_id, 'district' AS kind, d.id::text COLLATE "ukrainian" AS key,
       coalesce(nullif(d.name_uk, ''), d.name)::text AS name, coalesce(d.name_en, '')::text AS name_en,
       ''::text AS settlement, names.said, ST_PointOnSurface(d.geometry)::geometry(Point, 4326) AS point,
       ST_DistanceSphere(ST_SetSRID(ST_MakePoint(ST_XMin(d.geometry), ST_YMin(d.geometry)), 4326),
                         ST_SetSRID(ST_MakePoint(ST_XMax(d.geometry), ST_YMax(d.geometry)), 4326)) AS across_m,
       d.valid_from, d.valid_to
FROM districts_district d
JOIN districts_districtset s ON s.id = d.set_id AND s.code <> 'neighbours'
CROSS JOIN LATERAL (
    SELECT coalesce(nullif(d.name_uk, ''), d.name)::text AS said UNION SELECT d.name_en::text WHERE d.name_en <> ''
) AS names;

CREATE FUNCTION gazetteer_district_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM layers_name WHERE city_id = OLD.city_id AND kind = 'district' AND key = OLD.id::text;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO layers_name
            (city_id, kind, key, name, name_en, settlement, said, point, across_m, valid_from, valid_to)
            SELECT * FROM gazetteer_of_districts WHERE city_id = NEW.city_id AND key = NEW.id::text;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER gazetteer AFTER INSERT OR UPDATE OR DELETE ON districts_district
    FOR EACH ROW EXECUTE FUNCTION gazetteer_district_changed();

INSERT INTO layers_name (city_id, kind, key, name, name_en, settlement, said, point, across_m, valid_from, valid_to)
    SELECT * FROM gazetteer_of_districts;
"""
BACK = """
DROP TRIGGER gazetteer ON districts_district;
DROP FUNCTION gazetteer_district_changed();
DROP VIEW gazetteer_of_districts;
DELETE FROM layers_name WHERE kind = 'district';
"""


class Migration(migrations.Migration):
    dependencies = [("districts", "0006_weights"), ("layers", "0005_gazetteer")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
