"""What administrators decide about the city's rules and its working days."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from districts.models import CannedText, Holiday, Policy
from frontend.administrators.rows import words
from frontend.numbers import number


def hour(label: Any, hint: Any = "") -> forms.TimeField:
    return forms.TimeField(
        label=label,
        help_text=hint,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write the time like 22:00.")},
    )


class PolicyForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who may report, how long what is possible, and when letters keep quiet."""

    reopen_days = number(_("Days in which the reporter may open a report again"), 1, 730)
    objections_needed = number(
        _("Residents whose objection opens a report again"),
        1,
        100,
        _("With fewer of them the report is called disputed on the map."),
    )
    objection_radius_m = number(_("Metres within which an objection counts without a photo"), 10, 5000)
    retention_months = number(
        _("Months after closing until contact data are forgotten"),
        1,
        240,
        _("Forgetting can’t be undone."),
    )
    quiet_from = hour(
        _("No letters from"), _("Letters of these hours go out afterwards. Empty: at any time.")
    )
    quiet_until = hour(_("No letters until"))

    class Meta:
        model = Policy
        fields = (
            "reporters", "reopen_days", "objections_needed", "objection_radius_m", "retention_months",
            "quiet_from", "quiet_until", "takes_ideas", "is_formal_appeal",
        )  # fmt: skip
        widgets = {"reporters": forms.RadioSelect}
        help_texts = {
            "is_formal_appeal": _("The usual page on appeals says so; change it where you have it already.")
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("quiet_from"), cleaned.get("quiet_until")
        known = not {"quiet_from", "quiet_until"} & set(self.errors)
        if known and (begins is None) != (ends is None):
            missing = "quiet_from" if begins is None else "quiet_until"
            self.add_error(missing, _("Write both hours, or leave both empty."))
        if known and begins is not None and begins == ends:
            self.add_error("quiet_until", _("Choose another hour than the first one."))
        return cleaned


class HolidayForm(forms.ModelForm):  # type: ignore[type-arg]
    """A day on which the city rests, or works in spite of the calendar."""

    day = forms.DateField(
        label=_("Day"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Give the day."), "invalid": _("Write the day like 2026-12-31.")},
    )
    name = words(_("What day it is"), 120, _("For example: Day of the city."))

    class Meta:
        model = Holiday
        fields = ("day", "name", "works")

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if Holiday.objects.filter(city=self.instance.city, day=day).exists():
            raise forms.ValidationError(_("This day is in the list already; take it out first."))
        return day


class CannedTextForm(forms.ModelForm):  # type: ignore[type-arg]
    """A sentence that staff use often."""

    title_uk = words(_("Title in Ukrainian"), 120, missing=_("Write the title in Ukrainian."))
    title_en = words(_("Title in English"), 120)
    text_uk = words(_("Text in Ukrainian"), 2000, missing=_("Write the text in Ukrainian."), rows=4)
    text_en = words(_("Text in English"), 2000, rows=4)

    class Meta:
        model = CannedText
        fields = ("purpose", "title_uk", "title_en", "text_uk", "text_en")
        labels = {"purpose": _("Where it is offered")}
        widgets = {"purpose": forms.RadioSelect}
        error_messages = {"purpose": {"required": _("Choose where it is offered.")}}
