"""The rows that every peer serves: a view of what the portal's tiles show singly, with the same attributes."""

from django.contrib.gis.db import models
from django.db import connection
from psycopg import sql

from layers.geometry import WEB_MERCATOR
from reports.workflow import GROUPS, PUBLIC

VIEW = "bench_points"


class BenchPoint(models.Model):
    """A row of the view; `id`, `service`, `status` and `group` are what a tile of reports carries."""

    service = models.CharField(max_length=120)
    status = models.CharField(max_length=20)
    group = models.CharField(max_length=20)
    geom = models.PointField(srid=WEB_MERCATOR)

    objects: "models.Manager[BenchPoint]" = models.Manager()

    class Meta:
        app_label = "gisportal"
        managed = False
        db_table = VIEW

    def __str__(self) -> str:
        return str(self.pk)


def make_view(city: str) -> None:
    """Make the view anew, of one city's public reports."""
    groups = [(status, group) for group, statuses in GROUPS.items() for status in statuses]
    whens = sql.SQL(" ").join(
        sql.SQL("WHEN {} THEN {}").format(sql.Literal(str(status)), sql.Literal(str(group)))
        for status, group in groups
    )
    public = sql.SQL(", ").join(sql.Literal(str(status)) for status in PUBLIC)
    statement = sql.SQL(
        "CREATE OR REPLACE VIEW {view} AS"
        ' SELECT r.id, s.code AS service, r.status, CASE r.status {whens} END AS "group", r.point_mercator AS geom'
        " FROM reports_report r JOIN districts_service s ON s.id = r.service_id JOIN layers_city c ON c.id = r.city_id"
        " WHERE c.live AND c.slug = {city} AND NOT r.private AND r.status IN ({public})"
    ).format(view=sql.Identifier(VIEW), whens=whens, city=sql.Literal(city), public=public)
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(cursor.connection))
