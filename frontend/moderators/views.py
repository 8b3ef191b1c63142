"""The moderators' screen: what waits, one report at a time."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from districts.models import User
from frontend.answers import found, number_in, refusals_told
from frontend.coordinates import CoordinatesForm
from frontend.moderators.desk import onward, onward_from, opened, screen, the_report
from frontend.moderators.door import for_moderators
from frontend.moderators.forms import PlaceForm, RejectForm
from layers.models import City
from reports import actions


@never_cache
@require_safe
@for_moderators
def moderation(request: HttpRequest, city: City, moderator: User) -> HttpResponse:
    """The queue, longest waiting first, with the report that `?report=` or `?after=` leads to, else its first one."""
    report = opened(city, number_in(request, "report"), number_in(request, "after"))
    return screen(request, city, moderator, report)


@require_POST
@for_moderators
def place(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Put a report on the map."""
    report = the_report(city, pk)
    form = PlaceForm(request.POST, city=city)
    if form.is_valid():
        with refusals_told(request, _("The place is kept."), form):
            actions.place(report.pk, form.cleaned_data["point"], by=moderator)
    return screen(request, city, moderator, report, place_form=form) if form.errors else onward(city, report)


@require_POST
@for_moderators
def publish(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Let everybody see a report, at the place shown on the moderator's map, and send it to whoever answers for it."""
    form = CoordinatesForm(request.POST, city=city)
    if form.is_valid():
        with refusals_told(request, _("Report № %(number)s is published.") % {"number": pk}, form), found():
            actions.publish(pk, by=moderator, at=form.cleaned_data["point"], city=city)
    if form.errors:
        return screen(request, city, moderator, the_report(city, pk), place_form=form)
    return onward_from(city, pk)


@require_POST
@for_moderators
def reject(request: HttpRequest, city: City, moderator: User, pk: int) -> HttpResponse:
    """Keep a report from the public, and tell its sender why."""
    report = the_report(city, pk)
    form = RejectForm(request.POST, city=city, reporter=report.reporter)
    if form.is_valid():
        with refusals_told(request, _("Report № %(number)s is rejected.") % {"number": report.pk}, form):
            actions.reject(report.pk, by=moderator, reason=form.cleaned_data["reason"])
    return screen(request, city, moderator, report, reject_form=form) if form.errors else onward(city, report)
