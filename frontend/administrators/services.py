"""The categories of problems that people may report."""

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from districts.directory import problems_section
from districts.models import Responsibility, Service, User
from frontend.administrators.door import for_administrators
from frontend.administrators.question_forms import preview
from frontend.administrators.rows import of_city
from frontend.administrators.screens import kept, page, sent
from frontend.administrators.service_forms import ServiceForm
from layers.models import City


@never_cache
@require_safe
@for_administrators
def services(request: HttpRequest, city: City, administrator: User) -> HttpResponse:
    """All of them by group, those that can't be reported now too."""
    rows = Service.objects.filter(city=city).annotate(asked=Count("questions"))
    return page(request, city, "services", rows=rows.order_by("group", "name", "pk"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def new(request: HttpRequest, city: City, administrator: User) -> HttpResponse:
    """A category the city didn't have yet; a problem, unless the form says otherwise."""
    return _screen(request, city, Service(city=city, section=problems_section(city)))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def service(request: HttpRequest, city: City, administrator: User, pk: int) -> HttpResponse:
    """One category, its questions as people see them, and who answers for it."""
    return _screen(request, city, get_object_or_404(Service, pk=pk, city=city))


def _screen(request: HttpRequest, city: City, row: Service) -> HttpResponse:
    form = ServiceForm(sent(request), instance=of_city(row, city))
    if kept(request, form, _("The category is kept.")):
        return redirect("settings-service", city.slug, row.pk)
    context = {"form": form, "row": row, "groups": _groups(city)}
    if row.pk:
        questions = list(row.questions.all())
        rules = row.responsibilities.on(timezone.localdate())
        context |= {"questions": questions, "preview": preview(questions), "rules": _by_place(rules)}
    return page(request, city, "service", 422 if form.errors else 200, **context)


def _by_place(rules: QuerySet[Responsibility]) -> list[Responsibility]:
    return list(rules.select_related("department", "district", "asset_layer").order_by("rank", "pk"))


def _groups(city: City) -> dict[str, list[str]]:
    """The names of groups there are, by language, to choose from."""
    own = Service.objects.filter(city=city)
    names = {lang: own.values_list(f"group_{lang}", flat=True) for lang in ("uk", "en")}
    return {language: sorted({name for name in found if name}) for language, found in names.items()}
