"""The same for many reports at once: each is done by itself, and refused by itself."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from districts.models import Department, User
from frontend.answers import LONGEST_NUMBER
from frontend.departments.forms import words
from frontend.departments.steps import BY_VERB, Step
from frontend.words import WordsField
from reports.errors import Refused
from reports.models import Report

MOST = 200
"""Reports in one go: what a person can have ticked, and a request can do in a few seconds."""
VERBS = ("start", "resolve", "plan", "pass-on", "assign")
NEEDED = {
    "resolve": ("reason", _("Write what was done; the sender and everybody else read it.")),
    "plan": ("day", _("Give the day.")),
    "pass-on": ("to", _("Write who has it now.")),
}
"""What a verb can't be done without, and how to say so."""


class BulkForm(forms.Form):
    """What to do with all that are ticked; a field says for which of the verbs it is."""

    verb = forms.ChoiceField(
        label=_("What to do with them"), choices=[(verb, BY_VERB[verb].title) for verb in VERBS]
    )
    day = forms.DateField(
        label=_("Day"),
        help_text=_("For planning."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day like 2026-12-31.")},
    )
    to = WordsField(label=_("To whom"), help_text=_("For passing on."), max_length=200, required=False)
    person = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label=_("Who does it"),
        help_text=_("For giving it to somebody."),
        required=False,
        empty_label=_("Nobody in particular"),
    )
    reason = words(_("One text for all of them"), _("Everybody will see it. Resolving needs it."))

    def __init__(self, data: Any = None, *, bodies: Iterable[Department], initial: Any = None) -> None:
        super().__init__(data, initial=initial, auto_id="id_bulk_%s")
        people = User.objects.filter(memberships__department__in=bodies).distinct().order_by("name", "email")
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        name, missing = NEEDED.get(cleaned.get("verb", ""), ("", ""))
        if name and not cleaned.get(name) and name not in self.errors:
            self.add_error(name, str(missing))
        return cleaned

    @property
    def step(self) -> Step:
        """What was chosen."""
        return BY_VERB[self.cleaned_data["verb"]]

    @property
    def said(self) -> dict[str, Any]:
        """What the step wants to know."""
        to = self.cleaned_data["person" if self.step.verb == "assign" else "to"]
        return {**self.cleaned_data, "to": to}


@dataclass(slots=True)
class Outcome:
    """What came of it, report by report."""

    done: int = 0
    refused: list[tuple[Report, str]] = field(default_factory=list)


def ticked(sent: QueryDict) -> list[int]:
    """The numbers of the reports that are ticked; nonsense is left out."""
    numbers = [
        n for n in sent.getlist("report") if n.isascii() and n.isdecimal() and len(n) <= LONGEST_NUMBER
    ]
    return [int(number) for number in dict.fromkeys(numbers)][:MOST]


def do_all(reports: Iterable[Report], step: Step, by: User, said: dict[str, Any]) -> Outcome:
    """Do the step with each of them, in a transaction of its own."""
    outcome = Outcome()
    for report in reports:
        try:
            step.do(report, by, said)
        except Refused as refusal:
            outcome.refused.append((report, str(refusal)))
        else:
            outcome.done += 1
    return outcome
