"""Names of useful places in the gazetteer, as long as they are published (docs/decisions/0026)."""

from django.db import migrations

FORWARD = """
CREATE VIEW gazetteer_of_places AS
SELECT p.city_id, 'place' AS kind, p.id::text COLLATE "ukrainian" AS key,
       coalesce(nullif(p.name_uk, ''), p.name)::text AS name, coalesce(p.name_en, '')::text AS name_en,
       ''::text AS settlement, names.said, p.point, 0::double precision AS across_m,
       NULL::date AS valid_from, NULL::date AS valid_to
FROM reports_place p
CROSS JOIN LATERAL (
    SELECT coalesce(nullif(p.name_uk, ''), p.name)::text AS said UNION SELECT p.name_en::text WHERE p.name_en <> ''
) AS names
WHERE p.state = 'published';

CREATE FUNCTION gazetteer_place_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM layers_name WHERE city_id = OLD.city_id AND kind = 'place' AND key = OLD.id::text;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO layers_name
            (city_id, kind, key, name, name_en, settlement, said, point, across_m, valid_from, valid_to)
            SELECT * FROM gazetteer_of_places WHERE city_id = NEW.city_id AND key = NEW.id::text;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER gazetteer AFTER INSERT OR UPDATE OR DELETE ON reports_place
    FOR EACH ROW EXECUTE FUNCTION gazetteer_place_changed();

INSERT INTO layers_name (city_id, kind, key, name, name_en, settlement, said, point, across_m, valid_from, valid_to)
    SELECT * FROM gazetteer_of_places;
"""
BACK = """
DROP TRIGGER gazetteer ON reports_place;
DROP FUNCTION gazetteer_place_changed();
DROP VIEW gazetteer_of_places;
DELETE FROM layers_name WHERE kind = 'place';
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0018_cells"), ("layers", "0005_gazetteer")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
