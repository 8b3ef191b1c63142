"""The rules of the city and its working days."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from districts import upkeep
from districts.models import Holiday, Policy, User
from districts.workdays import days_off
from frontend.administrators.door import for_administrators
from frontend.administrators.policy_forms import HolidayForm, PolicyForm
from frontend.administrators.screens import kept, page, sent
from frontend.answers import refusals_told
from layers.models import City


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def policy(request: HttpRequest, city: City, administrator: User) -> HttpResponse:
    """Who may report, how long what is possible."""
    form = PolicyForm(sent(request), instance=Policy.of(city))
    if kept(request, form, _("The rules are kept.")):
        return redirect("settings-policy", city.slug)
    return page(request, city, "policy", 422 if form.errors else 200, form=form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def holidays(request: HttpRequest, city: City, administrator: User) -> HttpResponse:
    """The country's days off this year and the next, and the city's own, to which one is added."""
    form = HolidayForm(sent(request), instance=Holiday(city=city))
    if kept(request, form, _("The day is kept.")):
        return redirect("settings-holidays", city.slug)
    this = timezone.localdate().year
    years = [(year, days_off(year)) for year in (this, this + 1)]
    rows = Holiday.objects.filter(city=city, day__year__gte=this)
    return page(request, city, "holidays", 422 if form.errors else 200, form=form, years=years, rows=rows)


@require_POST
@for_administrators
def remove_holiday(request: HttpRequest, city: City, administrator: User, pk: int) -> HttpResponse:
    """Take a day of the city's own out."""
    row = get_object_or_404(Holiday, pk=pk, city=city)
    with refusals_told(request, _("The day is taken out.")):
        upkeep.take_out(row)
    return redirect("settings-holidays", city.slug)
