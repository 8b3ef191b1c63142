"""What departments fill in: one form for each thing they can do with a report."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from districts.models import Department, Service, User
from frontend.words import WordsField
from reports.models import TEXT_LIMIT, Report


def words(label: Any, hint: Any = "", missing: Any = None, rows: int = 3) -> WordsField:
    """Words that everybody will read; they may be left out where nothing says they are missed."""
    return WordsField(
        label=label,
        help_text=hint,
        max_length=TEXT_LIMIT,
        required=missing is not None,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing or ""},
    )


class StepForm(forms.Form):
    """A step of one report; it is given the report, to offer what fits it."""

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report = report


class StartForm(StepForm):
    """Says that the work has begun, with a word about it if there is one."""

    reason = words(_("A word about it"), _("You may leave this empty. Everybody will see it."), rows=2)


class PlanForm(StepForm):
    """Says on which day it will be done."""

    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Give the day."), "invalid": _("Write the day like 2026-12-31.")},
    )
    reason = words(_("A word about it"), _("You may leave this empty. Everybody will see it."), rows=2)


class PassOnForm(StepForm):
    """Says who outside the portal has it now."""

    to = WordsField(
        label=_("To whom"), max_length=200, error_messages={"required": _("Write who has it now.")}
    )
    reason = words(_("A word about it"), _("You may leave this empty. Everybody will see it."), rows=2)


class ResolveForm(StepForm):
    """Says what was done."""

    reason = words(
        _("What was done"),
        _("Everybody will see it. The sender may open the report again if it isn’t solved."),
        _("Write what was done; the sender and everybody else read it."),
    )
    photo = forms.FileField(
        label=_("Photo of the outcome"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/heic,image/heif"}),
    )


class DeclineForm(StepForm):
    """Says why it will not be done."""

    reason = words(
        _("Why it will not be done"), _("Everybody will see it."), _("Write why; the sender reads it.")
    )


class AskForm(StepForm):
    """Asks its sender something; the clock stands still meanwhile."""

    question = words(
        _("Your question"),
        _("Your clock stands still until they answer."),
        _("Write what you want to know."),
        rows=2,
    )


class RerouteForm(StepForm):
    """«Not ours»: to another body, or back to the moderators."""

    to = forms.ModelChoiceField(
        queryset=Department.objects.none(),
        to_field_name="code",
        label=_("Who should have it"),
        required=False,
        empty_label=_("Back to the moderators"),
    )
    reason = words(_("Why it is not yours"), "", _("Write why; the other body reads it."), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Department.objects.serving(self.report.city).exclude(reports=self.report)
        self.fields["to"].queryset = others  # type: ignore[attr-defined]


class RecategoriseForm(StepForm):
    """Moves it to another category; it is routed again."""

    service = forms.ModelChoiceField(
        queryset=Service.objects.none(), to_field_name="code", label=_("Category")
    )
    reason = words(_("A word about it"), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Service.objects.offered_in(self.report.city).exclude(pk=self.report.service_id)
        self.fields["service"].queryset = offered  # type: ignore[attr-defined]


class AssignForm(StepForm):
    """Gives it to one of the department's people."""

    to = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label=_("Who does it"),
        required=False,
        empty_label=_("Nobody in particular"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(memberships__department=self.report.department).distinct()
        self.fields["to"].queryset = people  # type: ignore[attr-defined]


class MergeForm(StepForm):
    """Says of which report this is a duplicate."""

    into = forms.IntegerField(
        label=_("Number of the other report"),
        min_value=1,
        max_value=2**62,
        error_messages={"required": _("Write the number of the other report.")},
    )


class CommentForm(StepForm):
    """Answers in the department's name."""

    text = words(_("Official answer"), _("Everybody will see it."), _("Write the answer."))
