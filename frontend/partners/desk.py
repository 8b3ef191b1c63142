"""The partners' desk: problems that welcome help, and what they have offered."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from districts.models import District, Service, User
from frontend.answers import number_in, refusals_told
from frontend.partners.door import for_partners, own_partners
from frontend.partners.forms import PartnerOfferForm
from frontend.shown import shown
from layers.models import City
from reports import actions
from reports.abuse import Act, admit
from reports.filters import ReportFilter
from reports.models import HelpOffer, HelpOfferQuerySet, Report, ReportQuerySet

PAGE_ROWS = 20
ASKED = ("service", "district")
"""The filters of the desk, by their names in the address."""


@never_cache
@require_safe
@for_partners
def desk(request: HttpRequest, city: City, member: User) -> HttpResponse:
    """Problems that welcome help, as a list and on a map, beside the one that `?report=` names."""
    pk = number_in(request, "report")
    report = _welcoming(city).filter(pk=pk).first() if pk else None
    return _screen(request, city, member, report, _form(city, member))


@require_POST
@for_partners
def offer(request: HttpRequest, city: City, member: User, pk: int) -> HttpResponse:
    """Offer to help with one of them in the organisation's name."""
    report = get_object_or_404(shown(Report.objects.public()), city=city, pk=pk)
    if not own_partners(city, member).exists():
        messages.error(request, _("First tell people about your organisation; then you can offer help."))
        return redirect("partner-page", city.slug)
    form = _form(city, member, request.POST)
    if form.is_valid():
        with refusals_told(
            request, _("Thank you! You will get a letter as soon as your offer is answered."), form
        ):
            admit(request, Act.HELP, city)
            actions.offer_help(pk, member, **form.cleaned_data)
    if form.errors:
        return _screen(request, city, member, report, form)
    return redirect("partner-offers", city.slug)


@never_cache
@require_safe
@for_partners
def offers(request: HttpRequest, city: City, member: User) -> HttpResponse:
    """What this person and their organisations have offered in the city, the newest first."""
    page = Paginator(_offered(city, member).order_by("-at", "-pk"), PAGE_ROWS)
    context = {"city": city, "tab": "offers", "page": page.get_page(number_in(request, "page") or 1)}
    return render(request, "partners/offers.html", context)


@require_POST
@for_partners
def withdraw(request: HttpRequest, city: City, member: User, pk: int) -> HttpResponse:
    """Take one's own offer back."""
    own = get_object_or_404(_offered(city, member), pk=pk, user=member)
    with refusals_told(request, _("Your offer is taken back.")):
        actions.withdraw_help(own.pk, member)
    return redirect("partner-offers", city.slug)


def _welcoming(city: City) -> ReportQuerySet:
    return shown(Report.objects.public().filter(city=city, welcomes_help=True))


def _offered(city: City, member: User) -> HelpOfferQuerySet:
    theirs = HelpOffer.objects.filter(report__city=city, partner__in=own_partners(city, member))
    return theirs.select_related("report__service", "partner")


def _form(city: City, member: User, data: QueryDict | None = None) -> PartnerOfferForm:
    return PartnerOfferForm(data, partners=own_partners(city, member))


def _screen(
    request: HttpRequest, city: City, member: User, report: Report | None, form: PartnerOfferForm
) -> HttpResponse:
    """The list and the map, or the list and one report; with a form that has errors, status 422."""
    asked = _asked(request)
    reports = _found(asked, city)
    offered = _offered(city, member).filter(state__in=HelpOffer.STANDING)
    context = {
        "city": city,
        "tab": "reports",
        "page": Paginator(reports, PAGE_ROWS).get_page(number_in(request, "page") or 1),
        "report": report,
        "form": form,
        "own": own_partners(city, member),
        "photos": report.photos.filter(hidden=False, comment=None).order_by("at", "pk") if report else [],
        "offered": {one.report_id: one for one in offered},
        "services": Service.objects.filter(reports__in=_found(QueryDict("help=1"), city)).distinct(),
        "districts": District.objects.filter(city=city).on(timezone.localdate()).within_the_city(),
        "asked": asked,
        "map_query": asked.urlencode(),
    }
    return render(request, "partners/desk.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest) -> QueryDict:
    """The desk's part of the address, as the public filter understands it."""
    asked = QueryDict("help=1", mutable=True)
    for name in ASKED:
        if request.GET.get(name):
            asked[name] = request.GET[name]
    return asked


def _found(asked: QueryDict, city: City) -> ReportQuerySet:
    """Public problems of the city under these filters that welcome help, the newest first; nonsense finds nothing."""
    found = ReportFilter(asked, queryset=Report.objects.public().filter(city=city))
    try:
        reports: ReportQuerySet = found.qs if found.is_valid() else Report.objects.none()
    except ValidationError:
        return Report.objects.none()
    return shown(reports).order_by("-published_at", "-pk")
