"""The order of the questions, which of them apply to a draft, and which are still open."""

from enum import StrEnum

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from districts.models import Service, User
from frontend.citizens.around import similar_to
from frontend.citizens.reporting.details import DetailsForm
from frontend.citizens.reporting.forms import ContactForm, PlaceForm, WhatForm
from reports.models import Draft


class Step(StrEnum):
    PLACE = "place"
    SIMILAR = "similar"
    WHAT = "what"
    DETAILS = "details"
    PHOTOS = "photos"
    CONTACT = "contact"
    CHECK = "check"


ORDER = tuple(Step)
COUNTED: dict[Step, tuple[int, Promise | str]] = {
    Step.PLACE: (1, _("Place")),
    Step.SIMILAR: (1, _("Place")),
    Step.WHAT: (2, _("Problem")),
    Step.DETAILS: (2, _("Problem")),
    Step.PHOTOS: (3, _("Photos")),
    Step.CONTACT: (4, _("Contact")),
    Step.CHECK: (5, _("Check and send")),
}
"""Which of five people are told they are at: the rarer pages belong to the one before them."""


def service_of(draft: Draft) -> Service | None:
    """The category chosen so far, if it is still offered."""
    code = draft.data.get("service", "")
    return Service.objects.offered_in(draft.city).filter(code=code).first() if code else None


def after(step: Step, draft: Draft) -> Step:
    """The next page that has something to ask."""
    return next(later for later in ORDER[ORDER.index(step) + 1 :] if _applies(later, draft))


def before(step: Step, draft: Draft) -> Step | None:
    """The page one came from, None for the first."""
    earlier = reversed(ORDER[: ORDER.index(step)])
    return next((page for page in earlier if _applies(page, draft)), None)


def unfinished(draft: Draft, person: User | None) -> Step | None:
    """The first page whose answers aren't enough to send, None where all are."""
    pages: list[tuple[Step, forms.Form | None]] = [
        (Step.PLACE, PlaceForm(draft.data, city=draft.city)),
        (Step.WHAT, WhatForm(draft.data, city=draft.city)),
        (Step.DETAILS, DetailsForm.kept(draft, service_of(draft))),
        (Step.CONTACT, ContactForm(draft.data, city=draft.city, person=person)),
    ]
    return next((step for step, form in pages if form is not None and not form.is_valid()), None)


def _applies(step: Step, draft: Draft) -> bool:
    if step == Step.SIMILAR:
        return draft.point is not None and bool(similar_to(draft.city, draft.point, service_of(draft)))
    if step == Step.DETAILS:
        return DetailsForm.kept(draft, service_of(draft)) is not None
    return True
