"""The weights of the heat map, as planners change them: with the places that would rise or fall."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from districts import upkeep
from districts.models import PriorityPolicy, User
from frontend.answers import refusals_told
from frontend.planners.door import for_planners
from frontend.planners.forms import WeightsForm
from layers.models import City
from reports.jobs import weigh_soon
from reports.moves import places_that_move


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_planners
def weights(request: HttpRequest, city: City, planner: User) -> HttpResponse:
    """The parameters; `preview` shows what they would do, anything else that is sent keeps them."""
    form = WeightsForm(request.POST if request.method == "POST" else None, instance=PriorityPolicy.of(city))
    tried = form.is_valid()
    if tried and "preview" not in request.POST and _kept(request, form):
        return redirect("planning-weights", city.slug)
    moves = places_that_move(city, PriorityPolicy.of(city), form.instance, timezone.now()) if tried else []
    context = {"city": city, "form": form, "tried": tried, "moves": moves}
    return render(request, "planners/weights.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, form: WeightsForm) -> bool:
    done = _("The weights are kept. The map is being weighed anew; that takes a minute or so.")
    with transaction.atomic(), refusals_told(request, done, form):
        upkeep.keep(form.instance)
        weigh_soon(form.instance.city)
    return not form.errors
