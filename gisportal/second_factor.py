"""The door before every door of staff: nobody works for a city on a password alone."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from frontend.second_factor import WANTED, lacks_second_factor

OPEN_PREFIXES = ("account_", "mfa_", "socialaccount_", "openid_connect_")
OPEN_ROUTES = {"healthz", "readyz", "language", "style"}


class second_factor_of_staff:  # noqa: N801 - named as the middleware it is
    """Sends staff without a second factor to set one up, whatever they ask for: a public page shows staff more too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """None where the way is free; else the page to set one up, or 403 for a program."""
        if not settings.STAFF_MFA or _is_open(request):
            return None
        if not lacks_second_factor(request):
            request.session.pop(WANTED, None)
            return None
        if request.path.startswith("/api/") or _route(request) == "tile":
            said = {"status": 403, "detail": _("Set up a second factor for your account first.")}
            return JsonResponse(said, status=403, content_type="application/problem+json")
        if request.method == "GET":
            request.session[WANTED] = request.get_full_path()
        return redirect("mfa_index")


def _is_open(request: HttpRequest) -> bool:
    route = _route(request)
    if route == "tile":
        # A tile looks at who asks only where it is asked to.
        return not request.GET.get("staff")
    return route in OPEN_ROUTES or route.startswith(OPEN_PREFIXES)


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name or "" if match else ""
