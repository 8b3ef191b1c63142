"""Ideas of residents: the most wanted first, each with a page, and the form to propose one."""

from typing import cast
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from districts.ideas import takes_ideas, topics
from districts.models import Section, User
from frontend.cities import city_or_404, person
from frontend.citizens.sections.idea_forms import IdeaForm
from layers.models import City
from reports import actions
from reports.abuse import Act, admit
from reports.errors import KeyUsed, Refused
from reports.filters import ReportFilter
from reports.models import Report, ReportQuerySet
from reports.text import clean
from reports.workflow import Group

PAGE = 20


@require_safe
def ideas(request: HttpRequest, city: str) -> HttpResponse:
    """The city's ideas under the address's filters, by support or, with `?order=new`, the newest first."""
    where = _city_with_ideas(request, city)
    asked = request.GET.copy()
    asked["section"] = Section.IDEAS
    found = ReportFilter(asked, queryset=Report.objects.public().filter(city=where, duplicate_of=None))
    order = "new" if request.GET.get("order") == "new" else "support"
    context = {
        "city": where,
        "page": Paginator(_ordered(found, order), PAGE).get_page(request.GET.get("page")),
        "topics": topics(where),
        "groups": list(Group),
        "service": request.GET.get("service", ""),
        "status": request.GET.get("status", ""),
        "order": order,
        "map_query": _map_query(request),
        "problems": [] if found.is_valid() else [said for of in found.errors.values() for said in of],
    }
    return render(request, "citizens/ideas/list.html", context, status=400 if context["problems"] else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def idea_new(request: HttpRequest, city: str) -> HttpResponse:
    """The form; when sent, the idea's page, which its author alone sees until a moderator publishes it."""
    where, visitor = _city_with_ideas(request, city), cast(User, person(request))
    if request.method != "POST":
        filled = {name: request.GET[name] for name in ("lon", "lat") if name in request.GET}
        return _form_page(request, where, IdeaForm(city=where, initial=filled))
    form = IdeaForm(request.POST, request.FILES, city=where)
    report = _sent(request, form, visitor) if form.is_valid() else None
    if report is None:
        return _form_page(request, where, form, status=422)
    messages.success(request, _("Thank you. A moderator reads your idea before everybody does."))
    return redirect("report-page", where.slug, report.pk)


def _city_with_ideas(request: HttpRequest, slug: str) -> City:
    city = city_or_404(request, slug)
    if not takes_ideas(city):
        raise Http404
    return city


def _map_query(request: HttpRequest) -> str:
    """The filters that the map's tiles know."""
    said = {name: clean(request.GET.get(name, "")) for name in ("service", "status")}
    return urlencode({"section": Section.IDEAS} | {name: word for name, word in said.items() if word})


def _ordered(found: ReportFilter, order: str) -> ReportQuerySet:
    """The ideas that the filters leave, none where they make no sense."""
    ideas: ReportQuerySet = (
        found.qs.select_related("service__section") if found.is_valid() else Report.objects.none()
    )
    newest = ("-published_at", "-pk")
    return ideas.order_by(*newest) if order == "new" else ideas.order_by("-supporters", *newest)


def _sent(request: HttpRequest, form: IdeaForm, by: User) -> Report | None:
    """The idea as it was taken in; None where it was refused, with the reason in the form."""
    try:
        admit(request, Act.SUGGEST, form.city)
        with transaction.atomic():
            submitted = actions.submit(form.submission(by))
            # The same form sent again brings the same idea, with the photos it has.
            for prepared in form.cleaned_data["photos"] if submitted.created else []:
                actions.keep_photo(submitted.report, prepared, author=by)
        return submitted.report
    except KeyUsed as used:
        form.data = dict(form.data.items()) | {"key": str(uuid4())}
        form.add_error(None, str(used))
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return None


def _form_page(request: HttpRequest, city: City, form: IdeaForm, status: int = 200) -> HttpResponse:
    return render(request, "citizens/ideas/new.html", {"city": city, "form": form}, status=status)
