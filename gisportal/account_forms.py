"""allauth's forms in the portal's words: each field says what to write, and what is missing when it is empty."""

from typing import Any, cast

from allauth.account import forms as account
from allauth.account.models import EmailAddress
from allauth.mfa.base import forms as factors
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as keys
from allauth.socialaccount import forms as social
from django import forms
from django.utils.translation import gettext_lazy as _

from districts.models import User

Words = dict[str, Any]

E_MAIL, PASSWORD, CODE = _("E-mail"), _("Password"), _("Code")
NEW_PASSWORD, AGAIN = _("New password"), _("New password once more")
DIFFERENT = _("The two passwords differ. Write the same one twice.")
STRONG = _("At least 10 characters, not only digits. Several words together are easy to remember.")
LABELS: Words = {
    "login": E_MAIL,
    "email": E_MAIL,
    "password": PASSWORD,
    "password1": NEW_PASSWORD,
    "password2": AGAIN,
    "oldpassword": _("Current password"),
    "remember": _("Stay signed in on this device"),
    "code": CODE,
    "name": _("Name of the key"),
    "passwordless": _("Let it sign me in without a password"),
}
HINTS: Words = {
    "password": "",
    "oldpassword": "",
    "password1": STRONG,
    "name": _("So that you know it among several: “phone”, “office laptop”."),
    "passwordless": _("Then the device asks for your fingerprint, face or PIN."),
}
MISSING: Words = {
    "login": _("Write your e-mail address."),
    "email": _("Write your e-mail address."),
    "password": _("Write your password."),
    "password1": _("Write a new password."),
    "password2": _("Write the new password once more."),
    "oldpassword": _("Write your current password."),
    "code": _("Write the code."),
}


def address_of(user: User) -> EmailAddress:
    """What allauth knows of the person's address; people whom no sign-up made are told to it here."""
    address, _made = EmailAddress.objects.get_or_create(user=user, email=user.email)
    return cast(EmailAddress, address)


class DeviceAnswer(forms.JSONField):
    """What a passkey or key says, as JSON; nesting without end is no answer."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class ByDevice(forms.Form):
    """A form that a passkey or key answers."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["credential"] = DeviceAnswer(widget=forms.HiddenInput)


class Worded(forms.Form):
    """Our labels, hints and messages in place of allauth's; no placeholders, which vanish while one types."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = HINTS.get(name, field.help_text)
            field.widget.attrs.pop("placeholder", None)
            if name in MISSING:
                field.error_messages["required"] = MISSING[name]
            if name == "code":
                field.widget.attrs |= {
                    "class": "code-input",
                    "autocapitalize": "characters",
                    "spellcheck": "false",
                }

    def clean(self) -> Any:
        """The same answers; two passwords that differ are said to in our words."""
        cleaned = super().clean()
        if self.has_error("password2") and "password2" in self.data and self.data["password2"]:
            self.errors["password2"] = self.error_class([str(DIFFERENT)])
        return cleaned


class Login(Worded, account.LoginForm):
    pass


class Signup(Worded, account.SignupForm):
    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["password1"].label = PASSWORD


class AddEmail(Worded, account.AddEmailForm):
    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["email"].label = _("New e-mail address")

    def clean_email(self) -> str:
        """The new address; refused while the present one waits, as allauth would drop it at once."""
        present = EmailAddress.objects.filter(user=self.user, email=self.user.email, verified=True)
        if not present.exists():
            raise forms.ValidationError(_("Confirm your present address first: open the link in the letter."))
        address: str = super().clean_email()
        return address


class ChangePassword(Worded, account.ChangePasswordForm):
    pass


class SetPassword(Worded, account.SetPasswordForm):
    pass


class ResetPassword(Worded, account.ResetPasswordForm):
    pass


class ResetPasswordByLink(Worded, account.ResetPasswordKeyForm):
    def save(self) -> None:
        """Set the password; whoever opened the link of the only address has shown that it is theirs."""
        super().save()
        address = address_of(self.user)
        if EmailAddress.objects.filter(user=self.user).count() == 1 and address.set_verified():
            address.set_as_primary(conditional=True)


class Reauthenticate(Worded, account.ReauthenticateForm):
    pass


class AskForCode(Worded, account.RequestLoginCodeForm):
    def clean_email(self) -> str:
        """The address; the code that goes there is to confirm it too, also for people whom an invitation made."""
        email: str = super().clean_email()
        if self._user:
            address_of(self._user)
        return email


class SayCode(Worded, account.ConfirmLoginCodeForm):
    pass


class Authenticate(Worded, factors.AuthenticateForm):
    pass


class ReauthenticateByFactor(Worded, factors.ReauthenticateForm):
    pass


class ActivateTOTP(Worded, totp.ActivateTOTPForm):
    pass


class AddKey(ByDevice, Worded, keys.AddWebAuthnForm):
    def clean(self) -> Any:
        """The name and the key; one whose bytes make no sense is refused, where allauth would fail."""
        try:
            return super().clean()
        except (ValueError, TypeError) as error:
            raise forms.ValidationError(_("The key’s answer could not be read. Try again.")) from error


class LoginByKey(ByDevice, keys.LoginWebAuthnForm):
    pass


class AuthenticateByKey(ByDevice, keys.AuthenticateWebAuthnForm):
    pass


class ReauthenticateByKey(ByDevice, keys.ReauthenticateWebAuthnForm):
    pass


class EditKey(Worded, keys.EditWebAuthnForm):
    pass


class ProviderSignup(Worded, social.SignupForm):
    pass
