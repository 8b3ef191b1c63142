"""The one place where a resident's form becomes a report, from whichever page it is sent."""

from collections.abc import Callable
from uuid import uuid4

from django import forms
from django.db import transaction
from django.http import HttpRequest

from layers.models import City
from reports import abuse
from reports.errors import KeyUsed, Refused
from reports.models import Report


def delivered(
    request: HttpRequest, city: City, form: forms.Form, send: Callable[[], Report], email: str = ""
) -> Report | None:
    """The report, the same one for the same form; None where the form has errors or it was refused.

    The reason then stands in the form.
    """
    if not form.is_valid():
        return None
    try:
        abuse.admit(request, abuse.Act.REPORT, city, email)
        with transaction.atomic():
            return send()
    except KeyUsed as used:
        form.data = dict(form.data.items()) | {"key": str(uuid4())}
        form.add_error(None, str(used))
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return None
