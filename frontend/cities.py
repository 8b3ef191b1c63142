"""The city an address names, and who is looking at it: what every screen asks first."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone

from districts.models import User
from layers.models import City

Rest = ParamSpec("Rest")
ByAddress = Callable[..., HttpResponseBase]
"""Called with the request and, by name, with what its address holds: the city's slug first of all."""
ByStaff = Callable[Concatenate[HttpRequest, City, User, Rest], HttpResponseBase]


def person(request: HttpRequest) -> User | None:
    """Who is signed in, None for a visitor."""
    return request.user if isinstance(request.user, User) else None


def city_or_404(request: HttpRequest, slug: str) -> City:
    """The city of that address, as far as the visitor may see it; from here on times are shown as its clocks do."""
    city: City = get_object_or_404(
        City.objects.visible_to(person(request)).select_related("policy"), slug=slug
    )
    timezone.activate(ZoneInfo(city.time_zone))
    return city


def for_staff(may_enter: Callable[[User, City], bool]) -> Callable[[ByStaff[Rest]], ByAddress]:
    """Open a view to those who may enter; it gets the city and the person.

    Others get 403, visitors the sign-in page.
    """

    def door(view: ByStaff[Rest]) -> ByAddress:
        def guarded(
            request: HttpRequest, city: str, *args: Rest.args, **kwargs: Rest.kwargs
        ) -> HttpResponseBase:
            place, visitor = city_or_404(request, city), person(request)
            if visitor is None or not may_enter(visitor, place):
                raise PermissionDenied
            return view(request, place, visitor, *args, **kwargs)

        update_wrapper(guarded, view)
        return login_required(guarded)

    return door
