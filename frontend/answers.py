"""Small things screens answer with: what was asked in the address, and what an action refused."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest

from reports.errors import NeedsADate, NeedsAPhoto, PhotoRefused, Refused, TooFar, TooManyPhotos

LONGEST_NUMBER = 18
"""Digits that surely fit the database's bigint."""
BESIDE: dict[type[Refused], str] = {
    NeedsADate: "day",
    NeedsAPhoto: "photo",
    PhotoRefused: "photo",
    TooFar: "photo",
    TooManyPhotos: "photo",
}
"""The field that mends what was refused, where a form has it."""


def number_in(request: HttpRequest, name: str) -> int | None:
    """A whole number from the query string; None where it is missing or nonsense."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER else None


@contextmanager
def found() -> Iterator[None]:
    """Answer 404 where an action finds no such thing in the city it was told."""
    try:
        yield
    except ObjectDoesNotExist as missing:
        raise Http404 from missing


@contextmanager
def refusals_told(request: HttpRequest, done: str, form: forms.BaseForm | None = None) -> Iterator[None]:
    """Tell the person what was done, or, in the action's own sentence, why it was refused; in the form, if any."""
    try:
        yield
    except Refused as refusal:
        if form is None:
            messages.error(request, str(refusal))
        else:
            field = BESIDE.get(type(refusal))
            form.add_error(field if field in form.fields else None, str(refusal))
    else:
        messages.success(request, done)
