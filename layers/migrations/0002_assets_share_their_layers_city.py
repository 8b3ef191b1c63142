"""An asset belongs to the city of its layer: kept by a foreign key over both columns."""

from django.db import migrations

FORWARD = """
ALTER TABLE layers_assetlayer ADD CONSTRAINT assetlayer_id_city UNIQUE (id, city_id);
ALTER TABLE layers_asset ADD CONSTRAINT asset_id_city UNIQUE (id, city_id);
ALTER TABLE layers_asset ADD CONSTRAINT asset_shares_city_with_layer
    FOREIGN KEY (layer_id, city_id) REFERENCES layers_assetlayer (id, city_id) DEFERRABLE INITIALLY DEFERRED;
"""
BACK = """
ALTER TABLE layers_asset DROP CONSTRAINT asset_shares_city_with_layer;
ALTER TABLE layers_asset DROP CONSTRAINT asset_id_city;
ALTER TABLE layers_assetlayer DROP CONSTRAINT assetlayer_id_city;
"""


class Migration(migrations.Migration):
    dependencies = [("layers", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
