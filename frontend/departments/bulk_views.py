"""One address for doing the same with many reports."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from districts.models import User
from frontend.canned import canned_for, inserted
from frontend.departments.bulk import BulkForm, Outcome, do_all, ticked
from frontend.departments.desk import Desk
from frontend.departments.door import for_departments, theirs
from layers.models import City
from reports.models import Report


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_departments
def bulk(request: HttpRequest, city: City, member: User) -> HttpResponse:
    """Do it with all that are ticked; those refused stay ticked, with what was typed."""
    desk = Desk(request, city, member)
    if request.method != "POST":
        return desk.back()
    chosen = list(theirs(city, member).filter(pk__in=ticked(request.POST)).order_by("pk"))
    if "insert" in request.POST:
        return _with_sentence(desk, chosen)
    form = BulkForm(request.POST, bodies=desk.bodies)
    if not chosen:
        form.add_error(None, _("Tick the reports first."))
    if not form.is_valid():
        return desk.shown(None, status=422, bulk=form, ticked=chosen)
    outcome = do_all(chosen, form.step, member, form.said)
    if not outcome.refused:
        messages.success(request, _done(outcome))
        return desk.back()
    refused = [report for report, _why in outcome.refused]
    return desk.shown(
        None, status=422, bulk=form, ticked=refused, outcome=outcome, outcome_done=_done(outcome)
    )


def _with_sentence(desk: Desk, chosen: list[Report]) -> HttpResponse:
    """The form again with the sentence that was chosen: how it is put in without JavaScript."""
    sent = inserted(desk.request.POST.dict(), "reason", canned_for(desk.city, None))
    return desk.shown(None, bulk=BulkForm(initial=sent, bodies=desk.bodies), ticked=chosen)


def _done(outcome: Outcome) -> str:
    words = ngettext("%(number)d report is done.", "%(number)d reports are done.", outcome.done)
    return words % {"number": outcome.done}
