"""Whether the portal lives, and whether it may be sent visitors; for load balancers and `curl`."""

from datetime import timedelta

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from psycopg_pool import PoolTimeout

from gisportal.middleware import RETRY_AFTER_S
from reports.models import Letter

UNREACHABLE = "unreachable"
LATE_AFTER = timedelta(minutes=30)
REFUSED_WITHIN = timedelta(days=7)


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and its migrations are applied, else 503 with Retry-After.

    It also says whether mail can be sent, and how many letters are half an hour late or were refused in a week.
    """
    database, pending = _database()
    ready = database == "ok" and not pending
    said = {
        "ready": ready,
        "database": database,
        "migrations": pending,
        "mail": "configured" if settings.EMAIL_CONFIGURED else "not configured: letters are kept as files",
        "letters": _letters() if ready else {},
    }
    headers = {} if ready else {"Retry-After": RETRY_AFTER_S}
    return JsonResponse(said, status=200 if ready else 503, headers=headers)


def _letters() -> dict[str, int]:
    now = timezone.now()
    return {
        "late": Letter.objects.to_send().filter(send_after__lt=now - LATE_AFTER).count(),
        "refused": Letter.objects.refused(now - REFUSED_WITHIN).count(),
    }


def _database() -> tuple[str, list[str]]:
    """How the database is, and the names of the migrations it still needs."""
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (Error, PoolTimeout):
        return UNREACHABLE, []
    return "ok", [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
