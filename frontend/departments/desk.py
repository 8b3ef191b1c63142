"""The desk as it is shown: the queue under its filters, beside one report or the territory."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from districts.models import Department, User
from frontend.canned import Canned, canned_for
from frontend.departments.bulk import VERBS, BulkForm
from frontend.departments.case import around
from frontend.departments.choices import Choices, chips_of, choices_of, kept
from frontend.departments.filters import Filters, filters_of
from frontend.departments.forms import StepForm
from frontend.departments.steps import BY_VERB, STEPS
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
    def bodies(self) -> QuerySet[Department]:
        """In whose name this person works."""
        return self.member.departments_in(self.city)

    @property
    def filters(self) -> Filters:
        return filters_of(self.city, self.member, self.request.GET)

    def address(self, report: Report | None = None) -> str:
        """The desk under the filters of this request, with that report open."""
        query = QueryDict(kept(self.request.GET), mutable=True)
        if report is not None:
            query["report"] = str(report.pk)
        return f"{reverse('work', args=[self.city.slug])}?{query.urlencode(safe=',/:')}"

    def told(self) -> dict[str, Any]:
        """What a page that shows the same queue says of it: whose it is, and which filters are set."""
        filters = self.filters
        query, bodies = self.request.GET, list(filters.bodies)
        asked = [body for body in bodies if body.code == filters.said.get("department")] or bodies
        return {
            "department": asked[0] if len(asked) == 1 else None,
            "chips": chips_of(filters, choices_of(filters, bodies), query, counted=False),
        }

    def back(self, report: Report | None = None) -> HttpResponse:
        """On to the desk, where the person was."""
        return redirect(self.address(report))

    def shown(
        self, report: Report | None, filled: StepForm | None = None, *, status: int = 200, **more: Any
    ) -> HttpResponse:
        """The queue beside the report; a form that is filled in already stands open."""
        queue, bulk = _queue(self), _bulk(self, **more)
        context = {"city": self.city, **queue, **bulk, **_beside(self, report, filled)}
        context["rows"] = _rows(queue["page"], bulk["ticked"])
        return render(self.request, "departments/work.html", {**context, **more}, status=status)


def offered(
    report: Report, filled: StepForm | None, sentences: Sequence[Canned] = (), *, by_link: bool = False
) -> list[dict[str, Any]]:
    """The steps that fit the report, each with its form; the one that is filled in already as it is."""
    return [
        {
            "step": step,
            "form": filled
            if filled is not None and type(filled) is step.form
            else step.form(report=report, auto_id=f"id_{step.verb}_%s"),
            "filled": filled is not None and type(filled) is step.form,
            "sentences": [canned for canned in sentences if canned.purpose == step.purpose],
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


def _bulk(
    desk: Desk, bulk: BulkForm | None = None, ticked: Sequence[Report] = (), **_rest: Any
) -> dict[str, Any]:
    """What can be done with many at once."""
    purposes = {BY_VERB[verb].purpose for verb in VERBS}
    return {
        "bulk": bulk or BulkForm(bodies=desk.bodies),
        "bulk_open": bulk is not None,
        "bulk_sentences": [canned for canned in canned_for(desk.city, None) if canned.purpose in purposes],
        "ticked": ticked,
    }


def _rows(page: Page[Report], ticked: Sequence[Report]) -> list[Report]:
    """The page's reports, and first of all those that are still ticked and not among them."""
    return [*(report for report in ticked if report not in page.object_list), *page.object_list]


def _beside(desk: Desk, report: Report | None, filled: StepForm | None) -> dict[str, Any]:
    if report is None:
        return {}
    return {
        **around(report, desk.member),
        "report": report,
        "steps": offered(report, filled, canned_for(desk.city, report.reporter)),
        "sees_contact": desk.member.has_perm("reports.see_contact", report),
        "photos": report.photos.order_by("at", "pk"),
        "wrong": filled if filled is not None and filled.is_bound else None,
    }
