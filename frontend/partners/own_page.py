"""What an organisation tells of itself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from districts.models import User
from frontend.answers import number_in
from frontend.partners.door import for_partners, own_partners
from frontend.partners.forms import PartnerForm
from layers.models import City
from reports import actions
from reports.models import Partner


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_partners
def own_page(request: HttpRequest, city: City, member: User) -> HttpResponse:
    """The form; `?partner=` chooses among several. A new page waits for a moderator."""
    own = own_partners(city, member)
    partner = own.filter(pk=number_in(request, "partner") or 0).first() or own.first()
    form = _form(partner, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _keep(city, member, partner, form)
        messages.success(request, _said(partner))
        return redirect("partner-page", city.slug)
    context = {"city": city, "tab": "page", "partner": partner, "own": own, "form": form}
    return render(request, "partners/page.html", context, status=422 if form.errors else 200)


def _form(partner: Partner | None, data: QueryDict | None) -> PartnerForm:
    names = PartnerForm.base_fields
    return PartnerForm(data, initial={name: getattr(partner, name) for name in names} if partner else None)


def _keep(city: City, member: User, partner: Partner | None, form: PartnerForm) -> None:
    if partner is None:
        actions.found_partner(city, member, form.told())
    else:
        actions.tell_partner(partner.pk, form.told())


def _said(partner: Partner | None) -> str:
    if partner is None:
        return _("Thank you. A moderator reads your page before everybody does; you can offer help already.")
    return _("Your page is changed.")
