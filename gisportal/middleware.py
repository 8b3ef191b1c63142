"""What happens to a request when the house itself is not well."""

import logging
import re
import sys
from collections.abc import Callable

import pghistory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views import defaults
from requests import RequestException

from layers.outage import is_outage
from reports import abuse

log = logging.getLogger(__name__)
RETRY_AFTER_S = "10"
UNPROCESSABLE, TOO_MANY_REQUESTS = 422, 429
CHANGES_SETTINGS = re.compile(r"/(admin|[^/]+/(settings|planning))/")


def own_time_zone(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Begins each request with the installation's time zone: a thread remembers the city it served before."""

    def answer(request: HttpRequest) -> HttpResponse:
        timezone.deactivate()
        return get_response(request)

    return answer


def too_often(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Says by 429 and Retry-After to programs what a refused form says to people: not so often."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if abuse.WAIT in request.META:
            response["Retry-After"] = str(request.META[abuse.WAIT])
            if response.status_code == UNPROCESSABLE:
                response.status_code = TOO_MANY_REQUESTS
        return response

    return answer


def acting_person(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Tells the history of settings who acts; only where settings are changed, for it costs each statement a little."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not CHANGES_SETTINGS.match(request.path_info):
            return get_response(request)
        with pghistory.context(user=request.user.pk):
            return get_response(request)

    return answer


class unavailable_database:  # noqa: N801 - named as the middleware it is
    """Answers 503 with Retry-After, never 500, while the database can't be reached."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page that asks to come back, where the exception is the database's absence; else None."""
        return _come_back(request, exception) if is_outage(exception) else None


class silent_issuer:  # noqa: N801 - named as the middleware it is
    """Tells kindly that an issuer of sign-ins does not answer; nothing else here asks others over HTTP."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a sign-in that did not work, where the exception is an issuer's; else None."""
        if not isinstance(exception, RequestException):
            return None
        log.error("an issuer of sign-ins does not answer: %s", exception)
        return render(request, "socialaccount/authentication_error.html", status=503)


def server_error(request: HttpRequest) -> HttpResponse:
    """The answer to what no view and no middleware caught: 503 for an outage, else the page for failures."""
    error = sys.exc_info()[1]
    return _come_back(request, error) if is_outage(error) else defaults.server_error(request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to what can't be understood; but 503 for the session that Django takes for deleted in an outage."""
    if is_outage(exception):
        return _come_back(request, exception)
    return defaults.bad_request(request, exception)


def _come_back(request: HttpRequest, error: BaseException | None) -> HttpResponse:
    log.error("database unavailable at %s: %s", request.path, error)
    response = HttpResponse(render_to_string("503.html"), status=503)
    response["Retry-After"] = RETRY_AFTER_S
    return response
