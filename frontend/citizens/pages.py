"""The pages a city writes, as everybody reads them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from districts.models import Page
from districts.pages import filled
from frontend.cities import city_or_404
from frontend.markdown import as_html


@require_safe
def page(request: HttpRequest, city: str, slug: str) -> HttpResponse:
    """One of them, in the reader's language where the city wrote it, else in Ukrainian."""
    place = city_or_404(request, city)
    row = get_object_or_404(Page, city=place, slug=slug)
    language = "en" if get_language() == "en" and row.body_en else "uk"  # type: ignore[attr-defined]
    text = filled(getattr(row, f"body_{language}") or "", place, language)
    context = {"city": place, "page": row, "body": as_html(text), "language": language}
    return render(request, "citizens/pages/page.html", context)
