"""Who helps in a city, and with what: for everybody."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from frontend.answers import number_in
from frontend.cities import city_or_404, person
from layers.models import City
from reports.models import HelpOffer, Partner, PartnerQuerySet, Report
from reports.workflow import WAITING

PAGE_ROWS = 20


@require_safe
def partners(request: HttpRequest, city: str) -> HttpResponse:
    """All partners that the city shows; who helped most comes first. `?kind=` leaves one sort of them."""
    place, visitor = city_or_404(request, city), person(request)
    kind = request.GET.get("kind", "")
    found = with_figures(Partner.objects.filter(city=place).public())
    if kind in Partner.Kind.values:
        found = found.filter(kind=kind)
    context = {
        "city": place,
        "partners": found,
        "kinds": Partner.Kind,
        "kind": kind,
        "welcoming": welcoming(place),
        "is_partner": visitor is not None and visitor.is_partner_in(place),
    }
    return render(request, "partners/list.html", context)


@require_safe
def partner(request: HttpRequest, city: str, pk: int) -> HttpResponse:
    """One of them: who they are, and the reports they helped with or are helping with now."""
    place, visitor = city_or_404(request, city), person(request)
    shown = with_figures(Partner.objects.filter(city=place).visible_to(visitor))
    found = get_object_or_404(shown, pk=pk)
    offers = HelpOffer.objects.public().filter(partner=found).select_related("report__service")
    helped = offers.filter(state=HelpOffer.State.DONE).order_by("-report__updated_at", "-pk")
    context = {
        "city": place,
        "partner": found,
        "page": Paginator(helped, PAGE_ROWS).get_page(number_in(request, "page") or 1),
        "helping": offers.filter(state=HelpOffer.State.ACCEPTED),
        "is_own": visitor is not None and found.people.filter(pk=visitor.pk).exists(),
    }
    return render(request, "partners/one.html", context)


def with_figures(partners: PartnerQuerySet) -> PartnerQuerySet:
    """The partners with `helped` and `helping`, public reports they helped with and do now; who helped most first."""
    public = HelpOffer.objects.public()

    def reports(state: str) -> Count:
        return Count(
            "help_offers__report",
            filter=Q(help_offers__in=public, help_offers__state=state),
            distinct=True,
        )

    return partners.annotate(helped=reports(HelpOffer.State.DONE), helping=reports(HelpOffer.State.ACCEPTED))


def welcoming(city: City) -> int:
    """How many problems of the city welcome help now."""
    found = Report.objects.public().filter(city=city, welcomes_help=True, status__in=WAITING)
    return found.count()
