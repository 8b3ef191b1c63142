"""What residents do in their own name: who isn't signed in is asked to, and comes back to the report."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from districts.models import User
from frontend.cities import person

Rest = ParamSpec("Rest")
ByResident = Callable[Concatenate[HttpRequest, User, str, int, Rest], HttpResponse]


def signed_in_first(view: ByResident[Rest]) -> Callable[..., HttpResponse]:
    """Give the view the person; others are sent to sign in, and from there to the report's page, not to a POST."""

    def guarded(
        request: HttpRequest, city: str, pk: int, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponse:
        visitor = person(request)
        if visitor is None:
            return redirect_to_login(reverse("report-page", args=[city, pk]))
        return view(request, visitor, city, pk, *args, **kwargs)

    update_wrapper(guarded, view)
    return guarded
