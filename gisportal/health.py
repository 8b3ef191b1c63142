"""Whether the portal lives, and whether it may be sent visitors; for load balancers and `curl`."""

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from psycopg_pool import PoolTimeout

UNREACHABLE = "unreachable"


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and its migrations are applied, else 503; also says whether mail can be sent."""
    database, pending = _database()
    ready = database == "ok" and not pending
    said = {
        "ready": ready,
        "database": database,
        "migrations": pending,
        "mail": "configured" if settings.EMAIL_CONFIGURED else "not configured: letters are kept as files",
    }
    return JsonResponse(said, status=200 if ready else 503)


def _database() -> tuple[str, list[str]]:
    """How the database is, and the names of the migrations it still needs."""
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (Error, PoolTimeout):
        return UNREACHABLE, []
    return "ok", [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
