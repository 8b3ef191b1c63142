"""Somebody at a page of their draft: what each page is given, and where it sends them next."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from districts.models import Service, User
from frontend.citizens.around import Around, told_at
from frontend.citizens.reporting.steps import COUNTED, Step, after, before, service_of
from layers.models import City
from reports.models import Draft

TOLD_AT = (Step.SIMILAR, Step.WHAT, Step.CHECK)
"""The pages that tell what the city has announced for the place."""


@dataclass(frozen=True, slots=True)
class Visit:
    request: HttpRequest
    city: City
    draft: Draft
    person: User | None

    @property
    def is_sent(self) -> bool:
        return self.request.method == "POST"

    @property
    def service(self) -> Service | None:
        return service_of(self.draft)

    @property
    def ends_at_check(self) -> bool:
        """Whether this page was opened to change an answer, or its writer wants to be done."""
        return "check" in (self.request.POST.get("to"), self.request.GET.get("to"))

    def go_on(self, step: Step) -> HttpResponse:
        """To the page after this one, or back to the summary that one came from."""
        return self.go_to(Step.CHECK if self.ends_at_check else after(step, self.draft))

    def go_to(self, step: Step) -> HttpResponse:
        return redirect("report-step", self.city.slug, self.draft.token, step.value)

    def page(
        self, step: Step, form: forms.Form | None, status: int | None = None, **more: Any
    ) -> HttpResponse:
        """The page of that step; 422 where the form was refused."""
        refused = form is not None and form.is_bound and bool(form.errors)
        context = page_context(self.city, step, form) | {"draft": self.draft, "person": self.person}
        context |= {"back": before(step, self.draft), "ends_at_check": self.ends_at_check} | more
        if self.draft.point and step in TOLD_AT:
            context["around"] = Around(announcements=told_at(self.city, self.draft.point))
        status = status or (422 if refused else 200)
        return render(self.request, f"citizens/reporting/{step}.html", context, status=status)


def page_context(city: City, step: Step, form: forms.Form | None) -> dict[str, Any]:
    """What each page needs, also the first one, which comes before there is a draft."""
    number, name = COUNTED[step]
    steps = len({number for number, _ in COUNTED.values()})
    return {"city": city, "step": step, "form": form, "number": number, "name": name, "steps": steps}
