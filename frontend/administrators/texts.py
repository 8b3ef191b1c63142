"""The sentences that staff use often."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from districts import upkeep
from districts.models import CannedText, User
from frontend.administrators.door import for_administrators
from frontend.administrators.policy_forms import CannedTextForm
from frontend.administrators.rows import of_city
from frontend.administrators.screens import kept, page, sent
from frontend.answers import refusals_told
from layers.models import City


@never_cache
@require_safe
@for_administrators
def texts(request: HttpRequest, city: City, administrator: User) -> HttpResponse:
    """All of them, by where they are offered."""
    return page(request, city, "texts", rows=CannedText.objects.filter(city=city))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def text(request: HttpRequest, city: City, administrator: User, pk: int | None = None) -> HttpResponse:
    """One of them, or a new one."""
    row = get_object_or_404(CannedText, pk=pk, city=city) if pk else of_city(CannedText(), city)
    form = CannedTextForm(sent(request), instance=row)
    if kept(request, form, _("The text is kept.")):
        return redirect("settings-texts", city.slug)
    return page(request, city, "text", 422 if form.errors else 200, form=form, row=row)


@require_POST
@for_administrators
def remove(request: HttpRequest, city: City, administrator: User, pk: int) -> HttpResponse:
    """Take a text out; where it was used it stays."""
    row = get_object_or_404(CannedText, pk=pk, city=city)
    with refusals_told(request, _("The text is taken out.")):
        upkeep.take_out(row)
    return redirect("settings-texts", city.slug)
