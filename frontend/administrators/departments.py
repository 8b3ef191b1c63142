"""The bodies that answer for services in the city."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from districts import upkeep
from districts.models import Department, User
from frontend.administrators.department_forms import DepartmentForm
from frontend.administrators.door import for_administrators
from frontend.administrators.rows import of_city
from frontend.administrators.screens import kept, page, sent
from frontend.answers import refusals_told
from layers.models import City


@never_cache
@require_safe
@for_administrators
def departments(request: HttpRequest, city: City, administrator: User) -> HttpResponse:
    """The city's own bodies, and those that serve every city."""
    rows = Department.objects.serving(city).annotate(
        people=Count("members", filter=Q(members__city=city), distinct=True)
    )
    return page(request, city, "departments", rows=rows.order_by("name", "pk"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def department(request: HttpRequest, city: City, administrator: User, pk: int | None = None) -> HttpResponse:
    """One of the city's own, or a new one."""
    row = get_object_or_404(Department, pk=pk, city=city) if pk else of_city(Department(), city)
    form = DepartmentForm(sent(request), instance=row)
    if kept(request, form, _("The department is kept.")):
        return redirect("settings-departments", city.slug)
    return page(request, city, "department", 422 if form.errors else 200, form=form, row=row)


@require_POST
@for_administrators
def remove(request: HttpRequest, city: City, administrator: User, pk: int) -> HttpResponse:
    """Take out a body that no report and no rule rests on."""
    row = get_object_or_404(Department, pk=pk, city=city)
    with refusals_told(request, _("The department is taken out.")):
        upkeep.take_out(row)
    return redirect("settings-departments", city.slug)
