"""What administrators fill in about the people of their city."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from districts.models import Department, Role
from frontend.administrators.rows import words
from layers.models import City


class RoleForm(forms.Form):
    """What somebody is in the city; a department member names the department, nobody else does."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role.")},
    )
    department = forms.ModelChoiceField(
        queryset=Department.objects.none(),
        label=_("Department"),
        help_text=_("Only for a department member."),
        required=False,
        empty_label="—",
    )

    def __init__(self, *args: Any, city: City, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = Department.objects.serving(city)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("role") != Role.DEPARTMENT:
            cleaned["department"] = None
        elif cleaned.get("department") is None and "department" not in self.errors:
            self.add_error("department", _("Choose the department this person works for."))
        return cleaned


class InviteForm(RoleForm):
    """Somebody new, by e-mail address."""

    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("The invitation goes to this address, and with it the person signs in."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Write the e-mail address."),
            "invalid": _("Write a whole e-mail address, for example olena@misto.example."),
        },
    )
    name = words(_("Name"), 120, _("For somebody who has no account yet."))
    language = forms.ChoiceField(
        label=_("Language of letters"),
        choices=settings.LANGUAGES,
        initial=settings.LANGUAGE_CODE,
        widget=forms.RadioSelect,
    )
    field_order = ("email", "name", "role", "department", "language")
