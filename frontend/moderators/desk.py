"""The desk as it is shown: the queue beside one report, with every form that can stand there."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from districts.models import User
from districts.routing import route
from districts.wording import reason
from frontend.moderators.forms import (
    EditForm,
    MaskForm,
    MergeForm,
    PlaceForm,
    RecategoriseForm,
    RejectForm,
    UnmergeForm,
)
from frontend.moderators.tabs import counters
from frontend.shown import shown
from layers.models import City
from reports import actions
from reports.models import Photo, Report, ReportQuerySet, StatusChange
from reports.similar import similar
from reports.workflow import Status

PAGE = 20
SIMILAR_WITHIN_M = 150
MOST_SIMILAR = 5


def the_report(city: City, pk: int) -> Report:
    """The city's report of that number, with all that the desk says of it, else 404."""
    return get_object_or_404(shown(Report.objects.filter(city=city)), pk=pk)


def screen(
    request: HttpRequest, city: City, moderator: User, report: Report | None, **refused: Any
) -> HttpResponse:
    """The queue beside one report; with a form that was refused, by its name here, status 422."""
    oldest = Report.objects.awaiting_moderation(city).values_list("created_at", flat=True).first()
    context = {
        "city": city,
        "counters": counters(city),
        "tab": "reports",
        "page": Paginator(_queue(city), PAGE).get_page(request.GET.get("page")),
        "oldest": oldest,
        "handled_today": handled_today(city, moderator),
        "report": report,
        "letters_are_sent": settings.EMAIL_CONFIGURED,
        **(_beside(city, report) if report else {}),
        **refused,
    }
    return render(request, "moderators/moderation.html", context, status=422 if refused else 200)


def onward(city: City, report: Report) -> HttpResponse:
    """Back to the report; where it has just left the queue, on to the one that waits next after it."""
    return onward_from(city, report.pk) if report.status == Status.RECEIVED else back_to(city, report)


def back_to(city: City, report: Report) -> HttpResponse:
    """The desk with this report open."""
    return redirect(f"{reverse('moderation', args=[city.slug])}?report={report.pk}")


def onward_from(city: City, pk: int) -> HttpResponse:
    """The desk with the report that waits next after the one of this number; with that one, while it still waits."""
    return redirect(f"{reverse('moderation', args=[city.slug])}?after={pk}")


def opened(city: City, asked: int | None, after: int | None) -> Report | None:
    """The city's report of the number that was asked for, or what waits after another, else the queue's first one."""
    chosen = shown(Report.objects.filter(city=city, pk=asked)).first() if asked else None
    waiting = shown(Report.objects.awaiting_moderation(city))
    return chosen or (_next(waiting, city, after) if after else None) or waiting.first()


def _next(waiting: ReportQuerySet, city: City, pk: int) -> Report | None:
    before = Report.objects.filter(city=city, pk=pk).values_list("created_at", flat=True).first()
    if before is None:
        return None
    return waiting.filter(created_at__gte=before).exclude(created_at=before, pk__lt=pk).first()


def handled_today(city: City, moderator: User) -> int:
    """How many reports this person has let through, rejected or merged since midnight in the city."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    steps = StatusChange.objects.filter(actor=moderator, before=Status.RECEIVED, note="", at__gte=midnight)
    return steps.filter(report__city=city).count()


def coordinates(report: Report) -> dict[str, float]:
    """Where the report is, as the place form wants it; empty for one without a place."""
    return {"lon": report.point.x, "lat": report.point.y} if report.point else {}


def _queue(city: City) -> ReportQuerySet:
    photos = Photo.objects.filter(role="problem").order_by("at", "pk")
    waiting = Report.objects.awaiting_moderation(city).select_related("service")
    return waiting.prefetch_related(Prefetch("photos", photos))


def _beside(city: City, report: Report) -> dict[str, Any]:
    held = actions.is_claimed(report, timezone.now())
    photos = list(report.photos.order_by("at", "pk"))
    return {
        "will_go": _preview(report),
        "photos": photos,
        "masking": [(photo, MaskForm(photo=photo.pk)) for photo in photos],
        "similar": _similar(report),
        "held_by": report.claimed_by if held else None,
        "place_form": PlaceForm(city=city, initial=coordinates(report)),
        "reject_form": RejectForm(city=city, reporter=report.reporter),
        "edit_form": EditForm(now=report.text),
        "category_form": RecategoriseForm(city=city, service=report.service),
        "merge_form": MergeForm(),
        "unmerge_form": UnmergeForm(),
    }


def _preview(report: Report) -> str:
    """Who would get the report if it were published now, and why; empty for an idea, and without a place."""
    if report.point is None or not report.section_is_routed:
        return ""
    return reason(route(report.point, report.service, report.asset).as_data(), public=False)


def _similar(report: Report) -> list[Report]:
    """Public reports of its section nearby, the most alike first."""
    if report.point is None:
        return []
    photos = Prefetch("photos", Photo.objects.public().filter(role="problem").order_by("at", "pk"))
    public = Report.objects.public().filter(city=report.city, duplicate_of=None).exclude(pk=report.pk)
    among = public.filter(service__section=report.service.section_id).prefetch_related(photos)
    return similar(among, report.point, report.service, within_m=SIMILAR_WITHIN_M, most=MOST_SIMILAR)
