"""Where an administrator begins: what there is, and what the city still lacks."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from districts.models import User
from districts.readiness import counts, gaps
from frontend.administrators.door import for_administrators
from frontend.administrators.screens import page
from layers.models import City


@never_cache
@require_safe
@for_administrators
def overview(request: HttpRequest, city: City, administrator: User) -> HttpResponse:
    """The screens with how much each of them holds, and what to see to first."""
    return page(request, city, "overview", counts=counts(city), gaps=gaps(city))
