"""What moderators put right about one report: its words, category, photos, duplicates; whom it is shown to."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from districts.models import User
from frontend.answers import refusals_told
from frontend.moderators.desk import onward, screen, the_report
from frontend.moderators.door import for_moderators as for_moderators
from frontend.moderators.forms import (
    BesideForm,
    EditForm,
    MaskForm,
    MergeForm,
    RecategoriseForm,
    UnmergeForm,
)
from layers.models import City
from reports import actions
from reports.errors import Refused
from reports.models import Photo, Report

Do = Callable[[Report], object]


def _mended(request: HttpRequest, city: City, pk: int, do: Do, done: str) -> HttpResponse:
    report = the_report(city, pk)
    with refusals_told(request, done):
        do(report)
    return onward(city, report)


def _quietly(city: City, pk: int, do: Do) -> HttpResponse:
    """For the page's own script, which claims what is looked at: nothing to say, or why not (409)."""
    try:
        do(the_report(city, pk))
    except Refused as refusal:
        return HttpResponse(str(refusal), status=409, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)


@require_POST
@for_moderators
def claim(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Keep a report for oneself for a while."""

    def keep(report: Report) -> object:
        return actions.claim(report.pk, moderator)

    if "quiet" in request.POST:
        return _quietly(city, pk, keep)
    return _mended(request, city, pk, keep, _("It is yours for a while."))


@require_POST
@for_moderators
def release(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Give it back."""

    def give_back(report: Report) -> object:
        return actions.release(report.pk, moderator)

    if "quiet" in request.POST:
        return _quietly(city, pk, give_back)
    return _mended(request, city, pk, give_back, _("It is free again."))


Said = Callable[[Report, dict[str, Any]], object]


def _by_form(
    request: HttpRequest, city: City, moderator: User, report: Report, form: BesideForm, do: Said, done: str
) -> HttpResponse:
    """Do what the form says; refused, it is shown again with what was typed."""
    if form.is_valid():
        with refusals_told(request, done, form):
            do(report, form.cleaned_data)
    if form.errors:
        return screen(request, city, moderator, report, **{f"{form.name}_form": form})
    return onward(city, report)


@require_POST
@for_moderators
def edit(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Change the words that everybody reads."""

    def change(report: Report, said: dict[str, Any]) -> object:
        return actions.edit(report.pk, moderator, said["text"])

    form = EditForm(request.POST)
    return _by_form(request, city, moderator, the_report(city, pk), form, change, _("The text is changed."))


@require_POST
@for_moderators
def recategorise(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Move it to another category."""

    def move(report: Report, said: dict[str, Any]) -> object:
        return actions.recategorise(report.pk, said["service"], moderator)

    report = the_report(city, pk)
    form = RecategoriseForm(request.POST, city=city, service=report.service)
    return _by_form(request, city, moderator, report, form, move, _("The category is changed."))


@require_POST
@for_moderators
def private(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Hide it from everybody but its sender and the staff, or show it again."""
    hide = request.POST.get("private") == "1"
    done = _("Only staff and its sender see it now.") if hide else _("It may be shown to everybody again.")
    return _mended(
        request, city, pk, lambda report: actions.keep_private(report.pk, moderator, private=hide), done
    )


@require_POST
@for_moderators
def merge(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Say of which report it is a duplicate."""

    def join(report: Report, said: dict[str, Any]) -> object:
        return actions.merge(report.pk, said["into"], moderator)

    form = MergeForm(request.POST)
    return _by_form(request, city, moderator, the_report(city, pk), form, join, _("They are one case now."))


@require_POST
@for_moderators
def unmerge(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Take it out of its case again."""

    def part(report: Report, said: dict[str, Any]) -> object:
        return actions.unmerge(report.pk, moderator, said["reason"])

    form = UnmergeForm(request.POST)
    return _by_form(request, city, moderator, the_report(city, pk), form, part, _("It stands alone again."))


@require_POST
@for_moderators
def hide_photo(request: HttpRequest, city: City, moderator: User, pk: int, photo: int) -> HttpResponse:
    """Keep a photo from the public, or show it again."""
    get_object_or_404(Photo, pk=photo, report=pk, report__city=city)
    hidden = request.POST.get("hidden") == "1"
    done = _("The photo is hidden.") if hidden else _("The photo is shown again.")
    return _mended(request, city, pk, lambda report: actions.hide(photo, hidden=hidden), done)


@require_POST
@for_moderators
def mask_photo(request: HttpRequest, city: City, moderator: User, pk: int, photo: int) -> HttpResponse:
    """Make one more rectangle unreadable; asked to clear, show the photo as it came in."""
    found = get_object_or_404(Photo, pk=photo, report=pk, report__city=city)
    form = MaskForm(request.POST, photo=photo)
    if "clear" in request.POST:
        masks = []
    elif form.is_valid():
        masks = [*map(tuple, found.masks), _rectangle(form)]
    else:
        return _refused_mask(request, city, moderator, the_report(city, pk), photo, form)
    return _mended(request, city, pk, lambda report: actions.mask(photo, masks), _("The photo is changed."))


def _refused_mask(
    request: HttpRequest, city: City, moderator: User, report: Report, photo: int, form: MaskForm
) -> HttpResponse:
    """The desk again, with what was typed beside its photo."""
    photos = report.photos.order_by("at", "pk")
    masking = [(one, form if one.pk == photo else MaskForm(photo=one.pk)) for one in photos]
    return screen(request, city, moderator, report, masking=masking, mask_form=form)


def _rectangle(form: MaskForm) -> tuple[int, int, int, int]:
    said = form.cleaned_data
    return said["x"], said["y"], said["width"], said["height"]
