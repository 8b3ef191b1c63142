"""What moderators put right about one report: its words, category, photos, duplicates; whom it is shown to."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from districts.models import User
from frontend.answers import refusals_told
from frontend.cities import for_staff
from frontend.moderators.forms import EditForm, MaskForm, MergeForm, RecategoriseForm
from layers.models import City
from reports import actions
from reports.models import Photo, Report

SIMILAR_WITHIN_M = 150
MOST_SIMILAR = 5

for_moderators = for_staff(User.moderates)


def mending_context(city: City, report: Report | None) -> dict[str, Any]:
    """The forms and lists that stand beside a report."""
    if report is None:
        return {}
    held = actions.is_claimed(report, timezone.now())
    return {
        "photos": report.photos.order_by("at", "pk"),
        "similar": _similar(report),
        "held_by": report.claimed_by if held else None,
        "edit_form": EditForm(initial={"text": report.text}, auto_id="id_edit_%s"),
        "category_form": RecategoriseForm(
            city=city, initial={"service": report.service.code}, auto_id="id_category_%s"
        ),
        "merge_form": MergeForm(auto_id="id_merge_%s"),
        "mask_form": MaskForm(auto_id=False),
    }


def _similar(report: Report) -> list[Report]:
    """Public reports nearby, those of the same category first."""
    if report.point is None:
        return []
    near = Report.objects.public().filter(city=report.city, duplicate_of=None).exclude(pk=report.pk)
    found = list(near.near(report.point, SIMILAR_WITHIN_M).select_related("service")[: MOST_SIMILAR * 4])
    return sorted(found, key=lambda other: other.service_id != report.service_id)[:MOST_SIMILAR]


Do = Callable[[Report], object]


def _mended(request: HttpRequest, city: City, pk: int, do: Do, done: str) -> HttpResponse:
    report = get_object_or_404(Report, city=city, pk=pk)
    with refusals_told(request, done):
        do(report)
    return redirect(f"{reverse('moderation', args=[city.slug])}?report={pk}")


@require_POST
@for_moderators
def claim(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Keep a report for oneself for a while."""
    return _mended(
        request, city, pk, lambda report: actions.claim(report.pk, moderator), _("It is yours for a while.")
    )


@require_POST
@for_moderators
def release(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Give it back."""
    return _mended(
        request, city, pk, lambda report: actions.release(report.pk, moderator), _("It is free again.")
    )


@require_POST
@for_moderators
def edit(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Change the words that everybody reads."""
    form = EditForm(request.POST)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    return _mended(
        request, city, pk, lambda report: actions.edit(report.pk, moderator, text), _("The text is changed.")
    )


@require_POST
@for_moderators
def recategorise(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Move it to another category."""
    form = RecategoriseForm(request.POST, city=city)
    if not form.is_valid():
        return _mended(
            request, city, pk, lambda report: None, _("Nothing was changed: choose a category of the list.")
        )
    service = form.cleaned_data["service"]
    done = _("The category is changed.")
    return _mended(
        request, city, pk, lambda report: actions.recategorise(report.pk, service, moderator), done
    )


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
    form = MergeForm(request.POST)
    into = form.cleaned_data["into"] if form.is_valid() else 0
    return _mended(
        request,
        city,
        pk,
        lambda report: actions.merge(report.pk, into, moderator),
        _("They are one case now."),
    )


@require_POST
@for_moderators
def unmerge(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Take it out of its case again."""
    reason = request.POST.get("reason", "")
    return _mended(
        request,
        city,
        pk,
        lambda report: actions.unmerge(report.pk, moderator, reason),
        _("It stands alone again."),
    )


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
    """Make one more rectangle unreadable; without one, show the photo as it came in."""
    found = get_object_or_404(Photo, pk=photo, report=pk, report__city=city)
    form = MaskForm(request.POST)
    masks = [*map(tuple, found.masks), _rectangle(form)] if form.is_valid() else []
    if not form.is_valid() and "clear" not in request.POST:
        return _mended(
            request, city, pk, lambda report: None, _("Nothing was changed: write four whole numbers.")
        )
    return _mended(request, city, pk, lambda report: actions.mask(photo, masks), _("The photo is changed."))


def _rectangle(form: MaskForm) -> tuple[int, int, int, int]:
    said = form.cleaned_data
    return said["x"], said["y"], said["width"], said["height"]
