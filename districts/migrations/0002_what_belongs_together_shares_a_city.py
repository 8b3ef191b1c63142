"""Rules, services, districts and memberships stay within one city; departments without a city serve all of them."""

from django.db import migrations

PARENTS = ("districtset", "district", "section", "service")
CHILDREN = (
    # table, column, table it points to
    ("district", "set_id", "districts_districtset"),
    ("service", "section_id", "districts_section"),
    ("responsibility", "service_id", "districts_service"),
    ("responsibility", "district_id", "districts_district"),
    ("responsibility", "asset_layer_id", "layers_assetlayer"),
    ("territory", "service_id", "districts_service"),
)
SERVED = ("responsibility", "membership", "territory")

FUNCTIONS = """
CREATE FUNCTION department_serves_city() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.department_id IS NOT NULL AND EXISTS (
        SELECT FROM districts_department d
        WHERE d.id = NEW.department_id AND d.city_id IS NOT NULL AND d.city_id <> NEW.city_id
    ) THEN
        RAISE EXCEPTION 'department % belongs to another city than %.city_id = %', NEW.department_id, TG_TABLE_NAME, NEW.city_id
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_department_serves_city';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION department_keeps_city() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a department can''t move to another city; make a new one'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'department_keeps_city';
END $$;
CREATE TRIGGER department_keeps_city BEFORE UPDATE OF city_id ON districts_department
    FOR EACH ROW WHEN (NEW.city_id IS NOT NULL AND OLD.city_id IS DISTINCT FROM NEW.city_id)
    EXECUTE FUNCTION department_keeps_city();
"""


def _unique(table: str) -> tuple[str, str]:
    return (
        f"ALTER TABLE districts_{table} ADD CONSTRAINT {table}_id_city UNIQUE (id, city_id)",
        f"ALTER TABLE districts_{table} DROP CONSTRAINT {table}_id_city",
    )


def _shares(table: str, column: str, other: str) -> tuple[str, str]:
    name = f"{table}_{column.removesuffix('_id')}_shares_city"
    return (
        f"ALTER TABLE districts_{table} ADD CONSTRAINT {name} FOREIGN KEY ({column}, city_id) "
        f"REFERENCES {other} (id, city_id) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE districts_{table} DROP CONSTRAINT {name}",
    )


def _served(table: str) -> tuple[str, str]:
    return (
        f"CREATE TRIGGER {table}_department_serves_city BEFORE INSERT OR UPDATE OF department_id, city_id "
        f"ON districts_{table} FOR EACH ROW EXECUTE FUNCTION department_serves_city()",
        f"DROP TRIGGER {table}_department_serves_city ON districts_{table}",
    )


class Migration(migrations.Migration):
    dependencies = [("districts", "0001_initial"), ("layers", "0002_assets_share_their_layers_city")]
    operations = [
        *(migrations.RunSQL(*_unique(table)) for table in PARENTS),
        *(migrations.RunSQL(*_shares(*child)) for child in CHILDREN),
        migrations.RunSQL(
            FUNCTIONS,
            "DROP TRIGGER department_keeps_city ON districts_department;"
            "DROP FUNCTION department_keeps_city(); DROP FUNCTION department_serves_city() CASCADE",
        ),
        *(migrations.RunSQL(*_served(table)) for table in SERVED),
    ]
