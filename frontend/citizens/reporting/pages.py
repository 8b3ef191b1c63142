"""The pages after the place: similar ones, category and text, questions, photos, contact."""

from django.contrib import messages
from django.contrib.gis.geos import Point
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from districts.models import Service
from districts.suggesting import suggest, words_of
from frontend.citizens.around import similar_to
from frontend.citizens.reporting.choice import grouped
from frontend.citizens.reporting.details import DetailsForm
from frontend.citizens.reporting.forms import ContactForm, PhotosForm, WhatForm
from frontend.citizens.reporting.steps import Step
from frontend.citizens.reporting.visit import Visit
from reports import actions, drafts, retention
from reports.errors import Refused
from reports.models import Draft, DraftPhoto, Report
from reports.text import clean

FAR_FROM_PHOTO_M = 100
"""Farther than this, the place a photo was taken at is offered instead of the chosen one."""


def similar_nearby(visit: Visit) -> HttpResponse:
    """Reports nearby: one of them may be the same, and is supported instead."""
    point = visit.draft.point
    found = similar_to(visit.city, point, visit.service) if point else []
    if not found:
        return visit.go_on(Step.SIMILAR)
    if visit.is_sent and visit.person is not None:
        return _supported(visit, visit.request.POST.get("support", ""))
    return visit.page(Step.SIMILAR, None, similar=found)


def _supported(visit: Visit, number: str) -> HttpResponse:
    known = number.isascii() and number.isdecimal() and len(number) < 19
    report = Report.objects.public().filter(city=visit.city, pk=number).first() if known else None
    if report is None or visit.person is None:
        return visit.go_to(Step.SIMILAR)
    try:
        actions.support(report.pk, visit.person)
    except Refused as refusal:
        messages.error(visit.request, str(refusal))
        return visit.go_to(Step.SIMILAR)
    retention.forget_drafts(Draft.objects.filter(pk=visit.draft.pk))
    messages.success(visit.request, _("Your support counts. You will hear of every change."))
    return redirect("report-page", visit.city.slug, report.pk)


def what(visit: Visit) -> HttpResponse:
    """A description and a category, found by groups, by a search, or suggested by the description."""
    said = visit.request.POST
    if "search" in said:
        drafts.keep(visit.draft, text=clean(said.get("text", "")))
        return redirect(_searching(visit, said))
    form = WhatForm(said if visit.is_sent else None, city=visit.city, initial=visit.draft.data)
    if visit.is_sent and form.is_valid():
        drafts.keep(visit.draft, **form.said())
        return visit.go_on(Step.WHAT)
    services = list(Service.objects.offered_in(visit.city))
    searched = clean(visit.request.GET.get("q", ""))
    chosen = str(form["service"].value() or "")
    found = [service for service in services if searched.lower() in words_of(service)]
    # The chosen card stays in sight, so that going on doesn't lose it.
    wanted = [service for service in services if service in found or service.code == chosen]
    return visit.page(
        Step.WHAT,
        form,
        groups=grouped(wanted if found else services, chosen, opened=bool(searched and found)),
        searched=searched,
        found=len(found),
        chosen=next((service for service in services if service.code == chosen), None),
        suggested=suggest(services, str(form["text"].value() or "")),
    )


def _searching(visit: Visit, said: QueryDict) -> str:
    query = QueryDict(mutable=True)
    query["q"] = clean(said.get("q", ""))[:80]
    if visit.ends_at_check:
        query["to"] = "check"
    page = reverse("report-step", args=[visit.city.slug, visit.draft.token, Step.WHAT.value])
    return f"{page}?{query.urlencode()}"


def details(visit: Visit) -> HttpResponse:
    """The category's own questions and warnings."""
    service = visit.service
    if not visit.is_sent:
        form = DetailsForm.shown(visit.draft, service)
        return visit.page(Step.DETAILS, form, service=service) if form else visit.go_on(Step.DETAILS)
    sent = DetailsForm.of(service, visit.request.POST)
    if sent is None or sent.is_valid():
        if sent is not None:
            drafts.keep(visit.draft, answers=sent.answers(), understood=sent.understood())
        return visit.go_on(Step.DETAILS)
    return visit.page(Step.DETAILS, sent, service=service)


def photos(visit: Visit) -> HttpResponse:
    """Up to five pictures; the place one of them was taken at is offered."""
    said = visit.request.POST
    if "remove" in said:
        drafts.remove_photo(visit.draft, said["remove"])
        return visit.go_to(Step.PHOTOS)
    if "take_place" in said:
        return _taken_place(visit, said["take_place"])
    form = PhotosForm(said, visit.request.FILES) if visit.is_sent else PhotosForm()
    if visit.is_sent and form.is_valid():
        try:
            for prepared in form.cleaned_data["photos"]:
                drafts.add_photo(visit.draft, prepared)
        except Refused as refusal:
            form.add_error("photos", str(refusal))
        else:
            stays = "add" in said or (form.cleaned_data["photos"] and _offered(visit))
            return visit.go_to(Step.PHOTOS) if stays else visit.go_on(Step.PHOTOS)
    kept = list(visit.draft.photos.all())
    return visit.page(Step.PHOTOS, form, photos=kept, offered=_offered(visit))


def _offered(visit: Visit) -> tuple[str, Point] | None:
    """The photo taken elsewhere than the chosen place, with where; None where all agree or tell nothing."""
    photo = (
        DraftPhoto.objects.filter(draft=visit.draft)
        .taken_away_from(visit.draft.point, FAR_FROM_PHOTO_M)
        .first()
    )
    return (photo.token, photo.point) if photo and photo.point else None


def _taken_place(visit: Visit, token: str) -> HttpResponse:
    photo = visit.draft.photos.filter(token=token).first()
    if photo is not None and photo.point is not None:
        drafts.keep(visit.draft, lon=photo.point.x, lat=photo.point.y)
        messages.success(visit.request, _("The place is now where the photo was taken."))
    return visit.go_to(Step.PHOTOS)


def contact(visit: Visit) -> HttpResponse:
    """Who may be asked."""
    known = {"contact_name": visit.person.name, "contact_email": visit.person.email} if visit.person else {}
    data = visit.request.POST if visit.is_sent else None
    form = ContactForm(data, city=visit.city, person=visit.person, initial=known | visit.draft.data)
    if visit.is_sent and form.is_valid():
        drafts.keep(visit.draft, **form.said())
        return visit.go_on(Step.CONTACT)
    return visit.page(Step.CONTACT, form)
