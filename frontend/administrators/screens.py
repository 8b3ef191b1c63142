"""The screens of a city's settings, and what each of them shows around its own part."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from layers.models import City


@dataclass(frozen=True, slots=True)
class Screen:
    """One of them: the name of its address, its title, and what it is for."""

    route: str
    title: str | Promise
    about: str | Promise


SCREENS = (
    Screen("settings", _("Overview"), ""),
    Screen(
        "settings-members", _("People"), _("Who works here: moderators, departments, partners, planners.")
    ),
)


def page(request: HttpRequest, city: City, template: str, status: int = 200, **said: Any) -> HttpResponse:
    """The template with the menu of all screens, of which the longest that begins this address is current."""
    menu = [(screen, reverse(screen.route, args=[city.slug])) for screen in SCREENS]
    current = max((address for _screen, address in menu if request.path.startswith(address)), key=len)
    context = {"city": city, "menu": menu, "current": current, **said}
    return render(request, f"administrators/{template}.html", context, status=status)
