"""A department answers an idea in its own name."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from districts.models import Department, DepartmentQuerySet, Section, User
from frontend.answers import refusals_told
from frontend.departments.door import for_departments
from frontend.departments.forms import words
from layers.models import City
from reports import actions
from reports.models import Report


class IdeaAnswerForm(forms.Form):
    """Answers in the name of one of the departments that a person works for."""

    department = forms.ModelChoiceField(
        queryset=Department.objects.none(),
        to_field_name="code",
        label=gettext_lazy("In whose name?"),
        error_messages={"required": gettext_lazy("Choose in whose name you answer.")},
    )
    text = words(
        gettext_lazy("Official answer"),
        gettext_lazy("Everybody will see it."),
        gettext_lazy("Write the answer."),
        rows=6,
    )

    def __init__(self, *args: Any, bodies: DepartmentQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = bodies  # type: ignore[attr-defined]
        self.only = bodies[0] if len(bodies) == 1 else None
        if self.only:
            del self.fields["department"]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_departments
def idea_answer(request: HttpRequest, city: City, member: User, pk: int) -> HttpResponse:
    """The form of an official answer; then the idea's page, where everybody reads it."""
    ideas = Report.objects.public().filter(city=city, service__section__code=Section.IDEAS)
    idea = get_object_or_404(ideas.select_related("service__section"), pk=pk)
    sent = request.POST if request.method == "POST" else None
    form = IdeaAnswerForm(sent, bodies=member.departments_in(city))
    if form.is_valid():
        body = form.only or form.cleaned_data["department"]
        with refusals_told(request, _("The answer is published."), form):
            actions.comment(idea.pk, member, form.cleaned_data["text"], body)
        if not form.errors:
            return redirect("report-page", city.slug, idea.pk)
    context = {"city": city, "idea": idea, "form": form}
    return render(request, "departments/idea_answer.html", context, status=422 if form.errors else 200)
