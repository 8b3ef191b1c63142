"""Where it is: by the map, by an address, or by a photo that knows where it was taken."""

from typing import Any

from django.contrib import messages
from django.contrib.gis.geos import Point
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from districts.models import Policy, Reporters, Service, User
from frontend.cities import person
from frontend.citizens.reporting.forms import PhotosForm, PlaceForm
from frontend.citizens.reporting.resuming import resumable
from frontend.citizens.reporting.steps import Step
from frontend.citizens.reporting.visit import Visit, page_context
from layers.gazetteer import Found, find
from layers.models import Address, City
from reports import drafts
from reports.borders import refuse_outside
from reports.errors import OutsideTheCity, Refused
from reports.models import Draft
from reports.text import clean


def place(visit: Visit) -> HttpResponse:
    """The page of the place, of a draft that is there already."""
    if not visit.is_sent:
        form = PlaceForm(city=visit.city, initial=visit.draft.data)
        return place_page(visit.request, visit.city, form, visit.draft)
    return answered(visit.request, visit.city, visit.person, visit.draft)


def answered(request: HttpRequest, city: City, by: User | None, draft: Draft | None) -> HttpResponse:
    """What was sent from the page of the place, kept in the draft, in a new one where there is none yet."""
    if "begin" in request.POST:
        return _begun_with_photo(request, city, by, draft)
    form = PlaceForm(_with_chosen_house(request, city), city=city)
    found = _to_choose_from(form, request, city)
    if found is not None or not form.is_valid():
        return place_page(request, city, form, draft, found=found)
    said = form.said() | service_asked_for(request.POST, city, draft)
    kept = drafts.keep(draft, **said) if draft else drafts.start(city, by, **said)
    if said["lon"] is None:
        messages.info(request, _("A moderator will find the place by your address."))
    return Visit(request, city, kept, by).go_on(Step.PLACE)


def place_page(
    request: HttpRequest,
    city: City,
    form: PlaceForm,
    draft: Draft | None,
    status: int | None = None,
    **more: Any,
) -> HttpResponse:
    """The page of the place; `found` are the houses and streets to choose from, where an address was asked for."""
    context = first_page_context(request, city, draft) | more
    if draft is not None:
        return Visit(request, city, draft, person(request)).page(Step.PLACE, form, status, **context)
    status = status or (422 if form.is_bound and form.errors else 200)
    context = page_context(city, Step.PLACE, form) | context
    return render(request, "citizens/reporting/place.html", context, status=status)


def first_page_context(request: HttpRequest, city: City, draft: Draft | None) -> dict[str, Any]:
    """What the page of the place shows besides its form."""
    return {
        "photos_form": PhotosForm(),
        "must_sign_in": person(request) is None and Policy.of(city).reporters == Reporters.REGISTERED,
        "resumable": None if draft else resumable(request, city),
        "service_code": clean(request.GET.get("service", "") or request.POST.get("service", "")),
    }


def _with_chosen_house(request: HttpRequest, city: City) -> dict[str, Any]:
    """The form's answers; where a house was chosen from the list, with its place and its name."""
    said: dict[str, Any] = dict(request.POST.items())
    number = said.get("house", "")
    if number.isascii() and number.isdecimal() and len(number) < 19:
        house = Address.objects.filter(city=city, pk=number).first()
        if house is not None:
            said |= {"lon": house.point.x, "lat": house.point.y, "address": str(house)}
    return said


def _to_choose_from(form: PlaceForm, request: HttpRequest, city: City) -> list[Found] | None:
    """Houses and streets of that address, where the writer must choose, or asked to see them; None where not.

    A house with exactly that number is taken at once; an address that nobody knows stays as it was written.
    """
    form.full_clean()
    words, asked = form.cleaned_data.get("address", ""), "find" in request.POST
    if not words or "as_written" in request.POST or (form.cleaned_data.get("point") and not asked):
        return None
    found = find(city, words)
    exact = [one for one in found if one.is_exact]
    if len(exact) != 1:
        return found if found or asked else None
    place = {"lon": exact[0].point.x, "lat": exact[0].point.y, "address": exact[0].name}
    form.data = {**form.data, **place}
    form.full_clean()
    return exact if asked else None


def service_asked_for(said: QueryDict, city: City, draft: Draft | None) -> dict[str, str]:
    """The category a link had named, unless another one is chosen by now."""
    code = clean(said.get("service", ""))
    if (draft and draft.data.get("service")) or not Service.objects.offered_in(city).filter(
        code=code
    ).exists():
        return {}
    return {"service": code}


def _begun_with_photo(request: HttpRequest, city: City, by: User | None, draft: Draft | None) -> HttpResponse:
    form = PhotosForm(request.POST, request.FILES)
    taken = form.cleaned_data["photos"] if form.is_valid() else []
    if not taken:
        if not form.errors:
            form.add_error("photos", _("Choose a photo first."))
        written = PlaceForm(city=city, initial=dict(request.POST.items()))
        return place_page(request, city, written, draft, photos_form=form, status=422)
    try:
        with transaction.atomic():
            draft = draft or drafts.start(city, by)
            points = [drafts.add_photo(draft, prepared).point for prepared in taken]
    except Refused as refusal:
        form.add_error("photos", str(refusal))
        return place_page(request, city, PlaceForm(city=city), draft, photos_form=form, status=422)
    _tell_where(request, city, draft, next((point for point in points if point), None))
    return Visit(request, city, draft, by).go_to(Step.PLACE)


def _tell_where(request: HttpRequest, city: City, draft: Draft, point: Point | None) -> None:
    """Take over the place the camera wrote down, if it is in the city, and say so."""
    if point is None:
        messages.info(
            request, _("The photo is kept, but doesn’t say where it was taken. Please show the place.")
        )
        return
    try:
        refuse_outside(city, point)
    except OutsideTheCity as outside:
        messages.info(request, str(outside))
        return
    drafts.keep(draft, lon=point.x, lat=point.y)
    messages.success(request, _("The photo says where it was taken: see the pin. Move it if it’s wrong."))
