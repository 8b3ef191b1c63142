"""Who works for the city: inviting people, changing what they are, taking a role away."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from districts import members
from districts.models import Membership, User
from frontend.administrators.door import for_administrators
from frontend.administrators.member_forms import InviteForm, RoleForm
from frontend.administrators.screens import page
from frontend.answers import refusals_told
from layers.models import City
from reports import actions


def _members_of(city: City) -> QuerySet[Membership]:
    return (
        Membership.objects.filter(city=city)
        .select_related("user", "department")
        .order_by("role", "user__email", "pk")
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def people(request: HttpRequest, city: City, administrator: User) -> HttpResponse:
    """Everybody with a role in the city, and the form that invites one more."""
    form = InviteForm(request.POST if request.method == "POST" else None, city=city)
    if request.method == "POST" and form.is_valid():
        done = _("An invitation goes to %(address)s.") % {"address": form.cleaned_data["email"]}
        with refusals_told(request, done, form):
            actions.invite(city, **form.cleaned_data)
        if not form.errors:
            return redirect("settings-members", city.slug)
    status = 422 if form.errors else 200
    return page(request, city, "members", status, form=form, members=_members_of(city))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def member(request: HttpRequest, city: City, administrator: User, pk: int) -> HttpResponse:
    """One of them: what they are."""
    one = get_object_or_404(_members_of(city), pk=pk)
    now = {"role": one.role, "department": one.department_id}
    form = RoleForm(request.POST if request.method == "POST" else None, city=city, initial=now)
    if request.method == "POST" and form.is_valid():
        with refusals_told(request, _("The role is changed."), form):
            members.change(one, form.cleaned_data["role"], form.cleaned_data["department"])
        if not form.errors:
            return redirect("settings-members", city.slug)
    return page(request, city, "member", 422 if form.errors else 200, form=form, member=one)


@require_POST
@for_administrators
def remove(request: HttpRequest, city: City, administrator: User, pk: int) -> HttpResponse:
    """Take this role away from them."""
    one = get_object_or_404(_members_of(city), pk=pk)
    done = _("%(name)s doesn’t have this role any more.") % {"name": one.user}
    with refusals_told(request, done):
        members.leave(one)
    # Who took the last role away from themselves can't come back here.
    stays = administrator.is_superuser or one.user_id != administrator.pk
    return redirect("settings-members" if stays else "city-map", city.slug)
