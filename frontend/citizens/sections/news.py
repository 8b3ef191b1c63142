"""What the city tells: now, soon, and before."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from frontend.cities import city_or_404, person
from reports.models import Announcement

PAGE = 20


@require_safe
def news(request: HttpRequest, city: str) -> HttpResponse:
    """The city's messages: those whose time it is or will be, then a page of those that are over."""
    where = city_or_404(request, city)
    public = Announcement.objects.public().filter(city=where).defer("area", "area_mercator")
    context = {
        "city": where,
        "now": public.current().urgent_first(),
        "soon": public.upcoming(),
        "page": Paginator(public.past(), PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "citizens/news/list.html", context)


@require_safe
def announcement(request: HttpRequest, city: str, pk: int) -> HttpResponse:
    """One message with its area; `?fragment=card` gives only the card that the map shows."""
    where, visitor = city_or_404(request, city), person(request)
    message = get_object_or_404(Announcement.objects.visible_to(visitor), city=where, pk=pk)
    card = request.GET.get("fragment") == "card"
    template = "citizens/news/_card.html" if card else "citizens/news/one.html"
    return render(request, template, {"city": where, "message": message})
