"""One's own page, above all cities: reports, what one follows, letters, privacy."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from districts.models import User
from frontend.answers import number_in
from frontend.citizens.me_forms import LeaveForm, LettersForm
from frontend.shown import shown
from reports import retention
from reports.models import Draft, Follower, Report
from reports.personal import personal_data

PAGE_ROWS = 20


@never_cache
@login_required
@require_safe
def my_reports(request: HttpRequest) -> HttpResponse:
    """All that this person reported, in every city, the newest first."""
    mine = shown(Report.objects.filter(reporter=cast(User, request.user))).order_by("-created_at", "-pk")
    page = Paginator(mine, PAGE_ROWS).get_page(number_in(request, "page") or 1)
    drafts = Draft.objects.visible_to(cast(User, request.user)).unsent().begun().select_related("city")
    return render(request, "me/reports.html", {"page": page, "drafts": drafts[:PAGE_ROWS]})


@never_cache
@login_required
@require_safe
def my_following(request: HttpRequest) -> HttpResponse:
    """Reports of others that this person supports or follows, as far as they can be seen."""
    me = cast(User, request.user)
    supported = set(me.supports.values_list("report_id", flat=True))
    followed = Follower.objects.filter(user=me).values("report")
    theirs = Q(pk__in=followed) | Q(pk__in=me.supports.values("report"))
    reports = Report.objects.visible_to(me).filter(theirs)
    page = Paginator(shown(reports).order_by("-updated_at", "-pk"), PAGE_ROWS)
    context = {"page": page.get_page(number_in(request, "page") or 1), "supported": supported}
    return render(request, "me/following.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_letters(request: HttpRequest) -> HttpResponse:
    """In which language, and how often, letters come."""
    form = LettersForm(request.POST if request.method == "POST" else None, instance=cast(User, request.user))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Kept."))
        return redirect("me-letters")
    return render(request, "me/letters.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@login_required
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """All that the portal knows about this person, as a JSON file."""
    me = cast(User, request.user)
    answer = JsonResponse(personal_data(me), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="my-data-{timezone.localdate()}.json"'
    return answer


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, how to get it, and how to delete the account."""
    me = cast(User, request.user)
    form = LeaveForm(request.POST if request.method == "POST" else None, person=me)
    if request.method == "POST" and form.is_valid():
        logout(request)
        retention.forget_person(me)
        messages.success(request, _("Your account is deleted. Your reports stay, without your name."))
        return redirect("cities")
    return render(request, "me/privacy.html", {"form": form}, status=422 if form.errors else 200)
