"""Useful places: a list with search, a page of each, and the form to suggest one."""

from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from districts.models import User
from frontend.cities import city_or_404, person
from frontend.citizens.sections.forms import PlaceForm
from layers.models import City
from reports.abuse import Act, admit
from reports.errors import Refused
from reports.models import Place, PlaceKind, PlacePhoto
from reports.places import suggest
from reports.text import clean

PAGE = 30


@require_safe
def places(request: HttpRequest, city: str) -> HttpResponse:
    """The city's published places, of a kind (`?kind=`) and holding words (`?q=`)."""
    where = city_or_404(request, city)
    kind, words = clean(request.GET.get("kind", "")), clean(request.GET.get("q", ""))[:100]
    found = Place.objects.public().filter(city=where).matching(words).select_related("kind")
    if kind:
        found = found.filter(kind__code=kind)
    context = {
        "city": where,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "kinds": _kinds(where),
        "kind": kind,
        "q": words,
        "map_query": urlencode({name: said for name, said in (("kind", kind), ("q", words)) if said}),
    }
    return render(request, "citizens/places/list.html", context)


@require_safe
def place(request: HttpRequest, city: str, pk: int) -> HttpResponse:
    """One place; `?fragment=card` gives only the card that the map shows."""
    where, visitor = city_or_404(request, city), person(request)
    seen = Place.objects.visible_to(visitor).filter(city=where).select_related("kind")
    context = {"city": where, "place": get_object_or_404(seen, pk=pk)}
    card = request.GET.get("fragment") == "card"
    return render(request, "citizens/places/_card.html" if card else "citizens/places/one.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def place_new(request: HttpRequest, city: str) -> HttpResponse:
    """The form; when sent, back to the list with a word of thanks."""
    where, visitor = city_or_404(request, city), cast(User, person(request))
    if request.method != "POST":
        return _form_page(request, where, PlaceForm(city=where))
    form = PlaceForm(request.POST, request.FILES, city=where)
    if not (form.is_valid() and _suggested(request, form, visitor)):
        return _form_page(request, where, form, status=422)
    messages.success(request, _("Thank you. A moderator looks at the place before everybody sees it."))
    return redirect("places", where.slug)


@require_safe
def place_photo(request: HttpRequest, city: str, token: str) -> HttpResponse:
    """A photo of a place as WebP, as far as the place is seen."""
    where = city_or_404(request, city)
    seen = PlacePhoto.objects.visible_to(person(request)).select_related("place")
    photo = seen.filter(place__city=where, token=token).first()
    if photo is None:
        raise Http404
    with photo.image.open("rb") as picture:
        response = HttpResponse(picture.read(), content_type="image/webp")
    public = photo.place.state == Place.State.PUBLISHED and where.live
    response["Cache-Control"] = "public, max-age=300" if public else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _suggested(request: HttpRequest, form: PlaceForm, by: User) -> bool:
    """Whether it was taken in; where it was refused, the form says why."""
    try:
        admit(request, Act.SUGGEST, form.city)
        suggest(form.suggestion(), by)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return not form.errors


def _form_page(request: HttpRequest, city: City, form: PlaceForm, status: int = 200) -> HttpResponse:
    return render(request, "citizens/places/new.html", {"city": city, "form": form}, status=status)


def _kinds(city: City) -> list[PlaceKind]:
    """Kinds that the city has places of, each code once."""
    with_places = PlaceKind.objects.filter(places__in=Place.objects.public().filter(city=city)).distinct()
    return list({kind.code: kind for kind in with_places}.values())
