"""The pages a city writes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from districts import upkeep
from districts.models import Page, User
from districts.pages import USUAL, filled, make_usual_pages
from frontend.administrators.door import for_administrators
from frontend.administrators.page_forms import PageForm
from frontend.administrators.rows import of_city
from frontend.administrators.screens import kept, page, sent
from frontend.answers import refusals_told
from frontend.markdown import as_html
from layers.models import City


@never_cache
@require_safe
@for_administrators
def pages(request: HttpRequest, city: City, administrator: User) -> HttpResponse:
    """All of them, and a button for the usual ones that are missing."""
    rows = Page.objects.filter(city=city)
    missing = set(USUAL) - {row.slug for row in rows}
    return page(request, city, "pages", rows=rows, missing=len(missing))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def one(request: HttpRequest, city: City, administrator: User, pk: int | None = None) -> HttpResponse:
    """One page, or a new one; “look first” shows it without keeping it."""
    row = get_object_or_404(Page, pk=pk, city=city) if pk else of_city(Page(), city)
    form = PageForm(sent(request), instance=row)
    looks = "look" in request.POST
    if not looks and kept(request, form, _("The page is kept.")):
        return redirect("settings-pages", city.slug)
    looked = {lang: as_html(filled(text, city, lang)) for lang, text in form.shown().items()} if looks else {}
    status = 422 if form.errors else 200
    return page(request, city, "page", status, form=form, row=row, looked=looked)


@require_POST
@for_administrators
def usual(request: HttpRequest, city: City, administrator: User) -> HttpResponse:
    """Write the usual pages that the city doesn't have yet."""
    made = make_usual_pages(city)
    words = ngettext("%(number)d page is made.", "%(number)d pages are made.", made)
    messages.success(request, words % {"number": made})
    return redirect("settings-pages", city.slug)


@require_POST
@for_administrators
def remove(request: HttpRequest, city: City, administrator: User, pk: int) -> HttpResponse:
    """Take a page out."""
    row = get_object_or_404(Page, pk=pk, city=city)
    with refusals_told(request, _("The page is taken out.")):
        upkeep.take_out(row)
    return redirect("settings-pages", city.slug)
