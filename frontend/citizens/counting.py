"""«Як це пораховано»: how the numbers on the map come about, with the city's own parameters and a real report."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from districts.audit import changes_of, told
from districts.models import Policy, PriorityPolicy
from frontend.cities import city_or_404
from layers.models import City
from reports import piles, priorities
from reports.models import Pile, Weighing

CHANGES_SHOWN = 5


@require_safe
def how_counted(request: HttpRequest, city: str) -> HttpResponse:
    """The formula of the heat map, what is left out, and what the counts of the portal mean."""
    place = city_or_404(request, city)
    policy = PriorityPolicy.of(place)
    context = {
        "city": place,
        "policy": policy,
        "rules": Policy.of(place),
        "most_reopenings": priorities.MOST_REOPENINGS,
        "example": priorities.worked_example(place, policy, timezone.now()),
        "weighing": Weighing.objects.filter(city=place).first(),
        "changes": told(list(changes_of(place, (PriorityPolicy,))[:CHANGES_SHOWN])),
        **_about_piles(place),
    }
    return render(request, "citizens/counting/page.html", context)


def _about_piles(city: City) -> dict[str, Any]:
    return {
        "piles": list(Pile.objects.filter(city=city).order_by("-reports")),
        "least": piles.LEAST,
        "times": piles.TIMES_THE_MEDIAN,
        "around_m": piles.AROUND_M,
        "least_percent": piles.LEAST_SHARE * 100,
    }
