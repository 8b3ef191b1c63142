"""Who answers for what in a city, and how: for everybody."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from districts.models import Department, Responsibility, Service
from frontend.cities import city_or_404
from layers.models import City, Visibility
from reports.figures import Figures, figures_of


@dataclass(slots=True)
class Duty:
    """A category of problem that a department answers for, and where, in words."""

    service: Service
    places: list[str] = field(default_factory=list)


@require_safe
def departments(request: HttpRequest, city: str) -> HttpResponse:
    """All bodies that answer for something in the city, with their figures."""
    place = city_or_404(request, city)
    figures = figures_of(place)
    answering = Responsibility.objects.on(timezone.localdate()).filter(city=place).values("department")
    bodies = Department.objects.serving(place).filter(
        pk__in=[*answering.values_list("department", flat=True)]
    )
    rows = [(body, figures.get(body.pk, Figures())) for body in bodies.order_by("name")]
    return render(request, "citizens/departments/list.html", {"city": place, "rows": rows})


@require_safe
def department(request: HttpRequest, city: str, code: str) -> HttpResponse:
    """One of them: what it answers for, and how it does."""
    place = city_or_404(request, city)
    body = _called(place, code)
    rules = Responsibility.objects.on(timezone.localdate()).filter(city=place, department=body)
    context = {
        "city": place,
        "department": body,
        "figures": figures_of(place).get(body.pk, Figures()),
        "duties": duties(rules.select_related("service", "district", "asset_layer")),
    }
    return render(request, "citizens/departments/one.html", context)


def duties(rules: Iterable[Responsibility]) -> list[Duty]:
    """The rules by category; a network that isn't public is not named, as in the reason of a report."""
    found: dict[int, Duty] = {}
    for rule in rules:
        duty = found.setdefault(rule.service_id, Duty(rule.service))
        where = _where(rule)
        if where not in duty.places:
            duty.places.append(where)
    for duty in found.values():
        duty.places.sort()
    return sorted(found.values(), key=lambda duty: duty.service.name)


def _where(rule: Responsibility) -> str:
    layer = rule.asset_layer
    words = {"district": str(rule.district or ""), "layer": str(layer or "")}
    if layer is None:
        return words["district"] or _("everywhere in the city")
    if layer.visibility != Visibility.PUBLIC:
        words["layer"] = _("its own networks")
    return (_("%(district)s, at: %(layer)s") if rule.district else _("at: %(layer)s")) % words


def _called(city: City, code: str) -> Department:
    """The city's own body of that code before one that serves all cities."""
    bodies = {body.city_id: body for body in Department.objects.serving(city).filter(code=code)}
    body = bodies.get(city.pk) or bodies.get(None)
    if body is None:
        raise Http404
    return body
