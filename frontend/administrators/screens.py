"""The screens of a city's settings, and what each of them shows around its own part."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from districts import upkeep
from frontend.answers import refusals_told
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
    Screen(
        "settings-departments",
        _("Departments"),
        _("Bodies that answer for something: names, e-mail addresses, telephones."),
    ),
    Screen(
        "settings-services",
        _("Categories"),
        _("What people may report, with warnings and extra questions."),
    ),
    Screen("settings-pages", _("Pages"), _("Rules, privacy, accessibility, contacts: what the city writes.")),
    Screen("settings-policy", _("Rules"), _("Who may report, reopening, forgetting, quiet hours, ideas.")),
    Screen("settings-holidays", _("Days off"), _("By which days due dates are counted.")),
    Screen("settings-texts", _("Ready texts"), _("Sentences that staff use often.")),
    Screen("settings-history", _("History of changes"), _("Who changed what in these settings, and when.")),
)


def page(request: HttpRequest, city: City, template: str, status: int = 200, **said: Any) -> HttpResponse:
    """The template with the menu of all screens, of which the longest that begins this address is current."""
    menu = [(screen, reverse(screen.route, args=[city.slug])) for screen in SCREENS]
    current = max((address for _screen, address in menu if request.path.startswith(address)), key=len)
    context = {"city": city, "menu": menu, "current": current, **said}
    return render(request, f"administrators/{template}.html", context, status=status)


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was filled in with; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def kept(request: HttpRequest, form: "forms.ModelForm[Any]", done: str) -> bool:
    """Whether the form was sent and its row is written; else the form says why not."""
    if not form.is_valid():
        return False
    with refusals_told(request, done, form):
        upkeep.keep(form.instance)
    return not form.errors
