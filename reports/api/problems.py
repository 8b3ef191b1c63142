"""Every error of the API as RFC 9457 problem details: the one table from what went wrong to what HTTP calls it."""

from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from layers.outage import is_outage
from reports.errors import Blocked, ForbiddenStep, KeyUsed, Refused, TooOften

PROBLEM = "application/problem+json"
RETRY_AFTER_S = "10"


def as_problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer for an exception; None for one that is nobody's fault but ours."""
    if is_outage(error):
        return _problem(
            503, _("The database is away for a moment; please try again."), {"Retry-After": RETRY_AFTER_S}
        )
    if isinstance(error, KeyUsed):
        return _problem(409, str(error), report=error.report.pk)
    if isinstance(error, TooOften):
        return _problem(429, str(error), {"Retry-After": str(error.wait_s)})
    if isinstance(error, Blocked):
        return _problem(403, str(error))
    if isinstance(error, Refused):
        return _problem(409 if isinstance(error, ForbiddenStep) else 400, str(error))
    if isinstance(error, DjangoValidationError):
        return _problem(400, " ".join(error.messages))
    response = exception_handler(_known(error), context)
    if response is None:
        return None
    if set(response.data) == {"detail"}:
        return _problem(response.status_code, str(response.data["detail"]), _kept(response))
    detail = _("Some of what was sent can't be used; see errors.")
    return _problem(response.status_code, detail, _kept(response), errors=response.data)


def _kept(response: Response) -> dict[str, str]:
    return {
        name: response[name]
        for name in ("Retry-After", "WWW-Authenticate", "Allow")
        if response.has_header(name)
    }


def _known(error: Exception) -> Exception:
    return exceptions.NotFound(_("There is no such thing here.")) if isinstance(error, Http404) else error


def _problem(status: int, detail: str, headers: dict[str, str] | None = None, **more: Any) -> Response:
    body = {"status": status, "detail": detail, **more}
    return Response(body, status=status, headers=headers, content_type=PROBLEM)
