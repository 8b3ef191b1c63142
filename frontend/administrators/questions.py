"""The extra questions of a category."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from districts import upkeep
from districts.models import Question, Service, User
from frontend.administrators.door import for_administrators
from frontend.administrators.question_forms import QuestionForm, preview
from frontend.administrators.screens import kept, page, sent
from frontend.answers import refusals_told
from layers.models import City


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def new(request: HttpRequest, city: City, administrator: User, pk: int) -> HttpResponse:
    """One more question of the category with this number."""
    service = get_object_or_404(Service, pk=pk, city=city)
    return _screen(request, city, Question(service=service, order=service.questions.count() + 1))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def question(request: HttpRequest, city: City, administrator: User, pk: int) -> HttpResponse:
    """One question."""
    return _screen(request, city, get_object_or_404(Question, pk=pk, service__city=city))


def _screen(request: HttpRequest, city: City, row: Question) -> HttpResponse:
    form = QuestionForm(sent(request), instance=row)
    if kept(request, form, _("The question is kept.")):
        return redirect("settings-service", city.slug, row.service_id)
    shown = preview([row]) if row.pk and not form.errors else None
    return page(request, city, "question", 422 if form.errors else 200, form=form, row=row, preview=shown)


@require_POST
@for_administrators
def remove(request: HttpRequest, city: City, administrator: User, pk: int) -> HttpResponse:
    """Ask it no more; answers given so far stay with their reports."""
    row = get_object_or_404(Question, pk=pk, service__city=city)
    with refusals_told(request, _("The question is taken out.")):
        upkeep.take_out(row)
    return redirect("settings-service", city.slug, row.service_id)
