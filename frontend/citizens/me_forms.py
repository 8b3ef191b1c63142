"""What people decide about their own account."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from districts.models import User
from frontend.words import WordsField


class NameForm(forms.ModelForm):  # type: ignore[type-arg]
    name = WordsField(
        label=_("Name"),
        required=False,
        max_length=120,
        help_text=_("Staff of the city see it with your reports; others only where you asked to be named."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    class Meta:
        model = User
        fields = ("name",)


class LettersForm(forms.ModelForm):  # type: ignore[type-arg]
    language = forms.ChoiceField(
        label=_("Language of letters"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )

    class Meta:
        model = User
        fields = ("language", "daily_digest")


class LeaveForm(forms.Form):
    """Says that one means it: by the password, or, for an account without one, by its address."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Write your password.")},
    )
    address = forms.CharField(
        label=_("Your e-mail address"),
        help_text=_("Write it to confirm."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Write your e-mail address.")},
    )

    def __init__(self, *args: Any, person: User, **more: Any) -> None:
        super().__init__(*args, **more)
        self.person = person
        del self.fields["address" if person.has_usable_password() else "password"]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.person.check_password(password):
            raise forms.ValidationError(_("This is not your password."))
        return password

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if address.strip().lower() != self.person.email:
            raise forms.ValidationError(_("This is not the address of your account."))
        return address

    def clean(self) -> dict[str, Any]:
        if self.person.is_staff_member:
            raise forms.ValidationError(
                _("You work for a city here. Ask its administrator to end that first; then you can leave.")
            )
        return self.cleaned_data
