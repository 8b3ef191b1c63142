"""Who changed what in the city's settings, and when."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from districts.audit import changes_of, told
from districts.models import User
from frontend.administrators.door import for_administrators
from frontend.administrators.screens import page
from layers.models import City

PAGE_ROWS = 30


@never_cache
@require_safe
@for_administrators
def history(request: HttpRequest, city: City, administrator: User) -> HttpResponse:
    """The changes, the newest first, a page at a time."""
    rows = Paginator(changes_of(city), PAGE_ROWS).get_page(request.GET.get("page"))
    return page(request, city, "history", page=rows, changes=told(list(rows)))
