"""A report shares its city with its service, asset, department and districts; its history can only grow."""

from django.db import migrations

FORWARD = """
ALTER TABLE reports_report ADD CONSTRAINT report_id_city UNIQUE (id, city_id);
ALTER TABLE reports_report ADD CONSTRAINT report_service_shares_city
    FOREIGN KEY (service_id, city_id) REFERENCES districts_service (id, city_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE reports_report ADD CONSTRAINT report_asset_shares_city
    FOREIGN KEY (asset_id, city_id) REFERENCES layers_asset (id, city_id)
    ON DELETE SET NULL (asset_id) DEFERRABLE INITIALLY DEFERRED;
CREATE TRIGGER report_department_serves_city BEFORE INSERT OR UPDATE OF department_id, city_id
    ON reports_report FOR EACH ROW EXECUTE FUNCTION department_serves_city();
ALTER TABLE reports_reportdistrict ADD CONSTRAINT reportdistrict_report_shares_city
    FOREIGN KEY (report_id, city_id) REFERENCES reports_report (id, city_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE reports_reportdistrict ADD CONSTRAINT reportdistrict_district_shares_city
    FOREIGN KEY (district_id, city_id) REFERENCES districts_district (id, city_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE reports_reportdistrict ADD CONSTRAINT reportdistrict_set_shares_city
    FOREIGN KEY (set_id, city_id) REFERENCES districts_districtset (id, city_id) DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION history_is_appended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A person or a body that leaves may be forgotten; what happened may not.
    IF TG_OP = 'UPDATE'
        AND (NEW.actor_id IS NULL OR NEW.actor_id = OLD.actor_id)
        AND (NEW.department_id IS NULL OR NEW.department_id = OLD.department_id)
        AND to_jsonb(NEW) - 'actor_id' - 'department_id' = to_jsonb(OLD) - 'actor_id' - 'department_id'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the history of a report is appended, never edited'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'statuschange_is_appended';
END $$;
CREATE TRIGGER statuschange_is_appended BEFORE UPDATE OR DELETE ON reports_statuschange
    FOR EACH ROW EXECUTE FUNCTION history_is_appended();

CREATE FUNCTION published_report_keeps_a_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a report that was published can''t become unpublished or lose its place'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'report_stays_published';
END $$;
CREATE TRIGGER report_stays_published BEFORE UPDATE OF status, point, published_at ON reports_report
    FOR EACH ROW WHEN (
        OLD.published_at IS NOT NULL
        AND (NEW.published_at IS NULL OR NEW.point IS NULL OR NEW.status IN ('received', 'rejected'))
    ) EXECUTE FUNCTION published_report_keeps_a_place();
"""
BACK = """
DROP FUNCTION published_report_keeps_a_place() CASCADE;
DROP FUNCTION history_is_appended() CASCADE;
ALTER TABLE reports_reportdistrict DROP CONSTRAINT reportdistrict_set_shares_city;
ALTER TABLE reports_reportdistrict DROP CONSTRAINT reportdistrict_district_shares_city;
ALTER TABLE reports_reportdistrict DROP CONSTRAINT reportdistrict_report_shares_city;
DROP TRIGGER report_department_serves_city ON reports_report;
ALTER TABLE reports_report DROP CONSTRAINT report_asset_shares_city;
ALTER TABLE reports_report DROP CONSTRAINT report_service_shares_city;
ALTER TABLE reports_report DROP CONSTRAINT report_id_city;
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("districts", "0002_what_belongs_together_shares_a_city")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
