"""The desk as it is shown: the queue under its filters, beside one report or the territory."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from districts.models import User
from frontend.departments.choices import Choices, chips_of, choices_of, kept
from frontend.departments.filters import Filters, filters_of
from frontend.departments.forms import StepForm
from frontend.departments.steps import STEPS
from layers.models import City
from reports.models import Photo, Report

PAGE = 20


@dataclass(slots=True)
class Desk:
    """Who asked for which queue, and how to come back to it."""

    request: HttpRequest
    city: City
    member: User

    @property
    def filters(self) -> Filters:
        return filters_of(self.city, self.member, self.request.GET)

    def address(self, report: Report | None = None) -> str:
        """The desk under the filters of this request, with that report open."""
        query = QueryDict(kept(self.request.GET), mutable=True)
        if report is not None:
            query["report"] = str(report.pk)
        return f"{reverse('work', args=[self.city.slug])}?{query.urlencode(safe=',/:')}"

    def back(self, report: Report | None = None) -> HttpResponse:
        """On to the desk, where the person was."""
        return redirect(self.address(report))

    def shown(self, report: Report | None, wrong: StepForm | None = None, **more: Any) -> HttpResponse:
        """The queue beside the report; with a form that has errors, status 422."""
        context = {"city": self.city, **_queue(self), **_beside(self, report, wrong), **more}
        return render(self.request, "departments/work.html", context, status=422 if wrong else 200)


def offered(report: Report, wrong: StepForm | None, *, by_link: bool = False) -> list[dict[str, Any]]:
    """The steps that fit the report, each with its form; the one with errors as it was filled in."""
    return [
        {
            "step": step,
            "form": wrong
            if wrong is not None and type(wrong) is step.form
            else step.form(report=report, auto_id=f"id_{step.verb}_%s"),
            "wrong": wrong is not None and type(wrong) is step.form,
        }
        for step in STEPS
        if step.fits(report) and (step.by_link or not by_link)
    ]


def _queue(desk: Desk) -> dict[str, Any]:
    filters = desk.filters
    bodies = list(filters.bodies)
    asked = [body for body in bodies if body.code == filters.said.get("department")] or bodies
    choices: Choices = choices_of(filters, bodies)
    page = _page(filters, desk.request.GET.get("page"))
    return {
        "department": asked[0] if len(asked) == 1 else None,
        "choices": choices,
        "said": filters.said,
        "counters": filters.counters(),
        "page": page,
        "chips": chips_of(filters, choices, desk.request.GET, counted=not page.paginator.count),
        "department_query": urlencode({"department": code})
        if (code := filters.said.get("department"))
        else "",
        "desk_address": reverse("work", args=[desk.city.slug]),
        "kept": kept(desk.request.GET),
    }


def _page(filters: Filters, number: str | None) -> Page[Report]:
    photos = Photo.objects.filter(role="problem", hidden=False).order_by("at", "pk")
    reports = filters.reports().select_related("service", "assignee")
    return Paginator(reports.prefetch_related(Prefetch("photos", photos)), PAGE).get_page(number)


def _beside(desk: Desk, report: Report | None, wrong: StepForm | None) -> dict[str, Any]:
    if report is None:
        return {}
    return {
        "report": report,
        "steps": offered(report, wrong),
        "sees_contact": desk.member.has_perm("reports.see_contact", report),
        "photos": report.photos.order_by("at", "pk"),
        "wrong": wrong,
    }
