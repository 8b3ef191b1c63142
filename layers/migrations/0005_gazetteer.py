"""Names by which streets, houses and things are found, in one form for all spellings (docs/decisions/0026)."""

import django.contrib.gis.db.models.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

# Ukrainian in Latin letters by the resolution of the Cabinet of Ministers No 55 of 27 January 2010, less what people
# write in more than one way: the form of a letter at the beginning of a word, h or g, y or i, kh or h, a letter doubled.
# Russian letters go where the Ukrainian ones go. The result is ASCII, so that it doesn't depend on the locale.
# The path is fixed, for a dump is restored with none.
SPELLING = """
CREATE FUNCTION gazetteer_latin(said text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
    t text := lower(normalize(said, NFKC) COLLATE "ukrainian") COLLATE "C";
BEGIN
    t := translate(t, '\'\'’ʼ‘`´′ʹьъ', '');
    t := replace(replace(t, 'пр-т', 'просп'), 'б-р', 'бульв');
    t := replace(replace(replace(replace(t, 'щ', 'shch'), 'ш', 'sh'), 'ч', 'ch'), 'ц', 'ts');
    t := replace(replace(replace(replace(replace(t, 'ж', 'zh'), 'х', 'kh'), 'ю', 'iu'), 'я', 'ia'), 'є', 'ie');
    t := translate(t, 'абвгґдезиіїйклмнопрстуфыэё', 'abvhhdeziiiiklmnoprstufiee');
    t := replace(translate(t, 'gyjw', 'hiiv'), 'kh', 'h');
    t := regexp_replace(t, '([a-z])\\1+', '\\1', 'g');
    t := regexp_replace(t, 'aia\\M', 'a', 'g');
    RETURN btrim(regexp_replace(t, '[^a-z0-9]+', ' ', 'g'));
END $$;

CREATE FUNCTION gazetteer_sort(said text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
    words text[] := string_to_array(gazetteer_latin(said), ' ');
BEGIN
    RETURN CASE
        WHEN words && '{vulitsia,vulitsa,vul,ulitsa,ul,stret,str,st}' THEN 'street'
        WHEN words && '{provulok,prov,pereulok,per,lane,ln}' THEN 'lane'
        WHEN words && '{prospekt,prosp,pr,avenue,ave,av}' THEN 'avenue'
        WHEN words && '{bulvar,bulv,bul,boulevard,blvd}' THEN 'boulevard'
        WHEN words && '{proizd,proezd,pasahe}' THEN 'passage'
        WHEN words && '{uzviz,spusk,descent}' THEN 'descent'
        WHEN words && '{shose,hihvai}' THEN 'highway'
        WHEN words && '{tupik,tup}' THEN 'dead end'
        WHEN words && '{ploshcha,ploshchad,pl,square,sq}' THEN 'square'
        WHEN words && '{naberezhna,naberezhnaia,nab,embankment}' THEN 'embankment'
        ELSE ''
    END;
END $$;

CREATE FUNCTION gazetteer_fold(said text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
    latin text := gazetteer_latin(said);
    -- Each word with a space of its own at both sides, so that neighbours are both found.
    spaced text := ' ' || replace(latin, ' ', '  ') || ' ';
    told text := btrim(regexp_replace(regexp_replace(spaced,
        ' (vulitsia|vulitsa|vul|ulitsa|ul|stret|str|st|provulok|prov|pereulok|per|lane|ln'
        '|prospekt|prosp|pr|avenue|ave|av|bulvar|bulv|bul|boulevard|blvd|proizd|proezd|pasahe'
        '|uzviz|spusk|descent|shose|hihvai|tupik|tup|ploshcha|ploshchad|pl|square|sq|road|rd'
        '|naberezhna|naberezhnaia|nab|embankment|budinok|bud|dim|dom|d|b|house) ', ' ', 'g'), ' +', ' ', 'g'));
BEGIN
    -- «вулиця Набережна» has no other word.
    IF told = '' THEN
        told := btrim(regexp_replace(spaced, ' (vulitsia|vulitsa|vul|ulitsa|ul|stret|str|st) ', ' ', 'g'));
    END IF;
    RETURN CASE WHEN told = '' THEN latin ELSE told END;
END $$;

CREATE FUNCTION gazetteer_number(said text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT AS $$
BEGIN
    RETURN regexp_replace(gazetteer_latin(said), ' ([a-z])', '\\1', 'g');
END $$;
"""
DROP_SPELLING = """
DROP FUNCTION gazetteer_number(text);
DROP FUNCTION gazetteer_fold(text);
DROP FUNCTION gazetteer_sort(text);
DROP FUNCTION gazetteer_latin(text);
"""

# What the names are made of: this view, and those of the other apps. A street is where its pieces of road are;
# one without, where its houses are. Pieces farther than about a kilometre apart (1,500 m of the projection) are streets
# of one name in different villages. Only layers that everybody may see name anything.
VIEW = """
CREATE VIEW gazetteer_of_layers AS
SELECT thing.city_id, thing.kind, thing.key, thing.key AS name, ''::text AS name_en, thing.settlement, names.said,
       ST_ClosestPoint(thing.shape, ST_Centroid(thing.shape))::geometry(Point, 4326) AS point,
       ST_DistanceSphere(ST_SetSRID(ST_MakePoint(ST_XMin(thing.shape), ST_YMin(thing.shape)), 4326),
                         ST_SetSRID(ST_MakePoint(ST_XMax(thing.shape), ST_YMax(thing.shape)), 4326)) AS across_m,
       NULL::date AS valid_from, NULL::date AS valid_to
FROM (
    SELECT city_id, kind, key, string_agg(DISTINCT others, ';') AS others,
           coalesce(mode() WITHIN GROUP (ORDER BY settlement) FILTER (WHERE settlement <> ''), '') AS settlement,
           coalesce(ST_Collect(shape ORDER BY id) FILTER (WHERE NOT is_house), ST_Collect(shape ORDER BY id)) AS shape
    FROM (
        SELECT *, ST_ClusterDBSCAN(mercator, 1500, 1) OVER (PARTITION BY city_id, kind, key) AS part FROM (
            SELECT a.city_id, CASE l.kind WHEN 'road' THEN 'street' ELSE l.kind::text END AS kind,
                   a.name::text COLLATE "ukrainian" AS key, a.other_names::text AS others, ''::text AS settlement,
                   a.geometry AS shape, a.geometry_mercator AS mercator, a.id, false AS is_house
            FROM layers_asset a JOIN layers_assetlayer l ON l.id = a.layer_id
            WHERE a.name <> '' AND l.visibility = 'public'
              AND l.kind IN ('road', 'building', 'greenery', 'waterbody', 'stop')
            UNION ALL
            SELECT city_id, 'street', street::text COLLATE "ukrainian", '', settlement::text, point, point_mercator,
                   id, true
            FROM layers_address
        ) AS piece
    ) AS joined
    GROUP BY city_id, kind, key, part
) AS thing
CROSS JOIN LATERAL (
    SELECT thing.key::text AS said
    UNION
    SELECT btrim(other) FROM regexp_split_to_table(thing.others, ';') AS other WHERE btrim(other) <> ''
) AS names;
"""
DROP_VIEW = "DROP VIEW gazetteer_of_layers;"

TRIGGERS = """
CREATE FUNCTION gazetteer_name_again(asked_city bigint, keys text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- One at a time in a city: two who each see only their own pieces of a street would lose the other's.
    PERFORM pg_advisory_xact_lock(hashtext('gazetteer'), asked_city::int);
    DELETE FROM layers_name WHERE city_id = asked_city AND key = ANY(keys)
        AND kind IN ('street', 'building', 'greenery', 'waterbody', 'stop');
    INSERT INTO layers_name (city_id, kind, key, name, name_en, settlement, said, point, across_m, valid_from, valid_to)
        SELECT * FROM gazetteer_of_layers WHERE city_id = asked_city AND key = ANY(keys);
END $$;

CREATE FUNCTION gazetteer_assets_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM gazetteer_name_again(city_id, keys) FROM (
        SELECT t.city_id, array_agg(DISTINCT t.name::text) AS keys
        FROM touched t JOIN layers_assetlayer l ON l.id = t.layer_id
        WHERE t.name <> '' AND l.kind IN ('road', 'building', 'greenery', 'waterbody', 'stop')
        GROUP BY t.city_id ORDER BY t.city_id
    ) AS changed;
    RETURN NULL;
END $$;
CREATE TRIGGER gazetteer_added AFTER INSERT ON layers_asset REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION gazetteer_assets_changed();
CREATE TRIGGER gazetteer_before AFTER UPDATE ON layers_asset REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION gazetteer_assets_changed();
CREATE TRIGGER gazetteer_changed AFTER UPDATE ON layers_asset REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION gazetteer_assets_changed();
CREATE TRIGGER gazetteer_removed AFTER DELETE ON layers_asset REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION gazetteer_assets_changed();

CREATE FUNCTION gazetteer_addresses_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM gazetteer_name_again(city_id, keys) FROM (
        SELECT t.city_id, array_agg(DISTINCT t.street::text) AS keys FROM touched t
        GROUP BY t.city_id ORDER BY t.city_id
    ) AS changed;
    RETURN NULL;
END $$;
CREATE TRIGGER gazetteer_added AFTER INSERT ON layers_address REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION gazetteer_addresses_changed();
CREATE TRIGGER gazetteer_before AFTER UPDATE ON layers_address REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION gazetteer_addresses_changed();
CREATE TRIGGER gazetteer_changed AFTER UPDATE ON layers_address REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION gazetteer_addresses_changed();
CREATE TRIGGER gazetteer_removed AFTER DELETE ON layers_address REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION gazetteer_addresses_changed();

CREATE FUNCTION gazetteer_layer_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM gazetteer_name_again(NEW.city_id, (
        SELECT array_agg(DISTINCT name::text) FROM layers_asset WHERE layer_id = NEW.id AND name <> ''
    ));
    RETURN NULL;
END $$;
CREATE TRIGGER gazetteer_layer AFTER UPDATE ON layers_assetlayer FOR EACH ROW
    WHEN (OLD.visibility <> NEW.visibility OR OLD.kind <> NEW.kind) EXECUTE FUNCTION gazetteer_layer_changed();

INSERT INTO layers_name (city_id, kind, key, name, name_en, settlement, said, point, across_m, valid_from, valid_to)
    SELECT * FROM gazetteer_of_layers;
"""
DROP_TRIGGERS = """
DROP TRIGGER gazetteer_layer ON layers_assetlayer;
DROP TRIGGER gazetteer_added ON layers_asset;
DROP TRIGGER gazetteer_before ON layers_asset;
DROP TRIGGER gazetteer_changed ON layers_asset;
DROP TRIGGER gazetteer_removed ON layers_asset;
DROP TRIGGER gazetteer_added ON layers_address;
DROP TRIGGER gazetteer_before ON layers_address;
DROP TRIGGER gazetteer_changed ON layers_address;
DROP TRIGGER gazetteer_removed ON layers_address;
DROP FUNCTION gazetteer_layer_changed();
DROP FUNCTION gazetteer_assets_changed();
DROP FUNCTION gazetteer_addresses_changed();
DROP FUNCTION gazetteer_name_again(bigint, text[]);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("layers", "0004_changes_are_noted"),
    ]

    operations = [
        migrations.RunSQL(SPELLING, DROP_SPELLING),
        migrations.CreateModel(
            name="Name",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("street", "street"),
                            ("district", "district"),
                            ("place", "useful place"),
                            ("building", "building"),
                            ("greenery", "park or greenery"),
                            ("waterbody", "river or pond"),
                            ("stop", "stop"),
                        ],
                        max_length=12,
                    ),
                ),
                ("key", models.TextField(db_collation="ukrainian")),
                ("name", models.TextField()),
                ("name_en", models.TextField(blank=True)),
                ("settlement", models.TextField(blank=True)),
                ("said", models.TextField()),
                (
                    "folded",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func("said", function="gazetteer_fold"),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "sort",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func("said", function="gazetteer_sort"),
                        output_field=models.TextField(),
                    ),
                ),
                ("point", django.contrib.gis.db.models.fields.PointField(spatial_index=False, srid=4326)),
                ("across_m", models.FloatField(default=0)),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
            ],
            options={
                "verbose_name": "name in the gazetteer",
                "verbose_name_plural": "names in the gazetteer",
            },
        ),
        migrations.RemoveConstraint(
            model_name="address",
            name="address_is_one_place",
        ),
        migrations.AddField(
            model_name="address",
            name="number",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func("house_number", function="gazetteer_number"),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddField(
            model_name="address",
            name="settlement",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="the town or village, where known",
                max_length=120,
            ),
        ),
        migrations.AddField(
            model_name="asset",
            name="other_names",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="old and other names, with semicolons between them",
                max_length=400,
            ),
        ),
        migrations.AddIndex(
            model_name="asset",
            index=models.Index(
                models.F("city"),
                django.db.models.functions.comparison.Collate("name", "ukrainian"),
                condition=models.Q(("name", ""), _negated=True),
                name="asset_city_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.UniqueConstraint(
                fields=("city", "street", "house_number", "settlement"), name="address_is_one_place"
            ),
        ),
        migrations.AddField(
            model_name="name",
            name="city",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="layers.city"
            ),
        ),
        migrations.AddIndex(
            model_name="name",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass("folded", "gin_trgm_ops"), name="name_trigrams"
            ),
        ),
        migrations.AddIndex(
            model_name="name",
            index=models.Index(fields=["city", "key"], name="name_key"),
        ),
        migrations.RunSQL(VIEW, DROP_VIEW),
        migrations.RunSQL(TRIGGERS, DROP_TRIGGERS),
    ]
