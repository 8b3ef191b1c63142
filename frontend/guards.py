"""What tells people's forms from programs': a field that nobody sees, and when the form was served."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

STAMP = TimestampSigner(salt="frontend.guards")


def stamp() -> str:
    """The present moment, signed: when a form was served."""
    return STAMP.sign("served")


class GuardedForm(forms.Form):
    """A form that asks once more what was filled in as only programs do; what was typed stays.

    It is shown with `components/guards.html`. A client that sends no stamp, such as a script of the city's own, is not
    timed.
    """

    homepage = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    served = forms.CharField(required=False, initial=stamp, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("homepage"):
            self.data = dict(self.data.items()) | {self.add_prefix("homepage"): ""}
            self.add_error(
                None, gettext("A field that people don’t see was filled in. Please send it once more.")
            )
        elif served_just_now(cleaned.get("served", "")):
            self.add_error(
                None,
                gettext("This came very fast. Nothing is lost: please look it over and send it once more."),
            )
        return cleaned


def served_just_now(signed: str) -> bool:
    """Whether the form was served so few seconds ago that nobody can have read it; a spoilt stamp says nothing."""
    try:
        STAMP.unsign(signed, max_age=settings.QUICKEST_REPORT_S)
    except BadSignature:
        # Too old is what is wanted; forged ones could as well be left out.
        return False
    return True
