"""What the portal does its own way where allauth asks: words, letters, who may give a second factor back."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from districts.models import User
from frontend.second_factor import FACTORS, needs_second_factor
from reports.templatetags.letters import as_page
from reports.text import clean

MOST_OF_A_NAME = 120
Words = dict[str, str | Promise]


class Accounts(DefaultAccountAdapter):
    """Accounts by e-mail address; letters in their reader's language, as text and HTML."""

    error_messages: ClassVar[Words] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is switched off. Write to the administrator of your city."),
        "cannot_remove_primary_email": _("This is your main address. Choose another main one first."),
        "duplicate_email": _("This is your address already."),
        "email_password_mismatch": _("The address or the password is wrong. Check both and try again."),
        "email_taken": _("Somebody has an account with this address. Sign in, or take another address."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_code": _("The code is wrong. Check it and try again."),
        "incorrect_password": _("The password is wrong. Try again."),
        "invalid_or_expired_key": _("This link is too old or was used already. Ask for a new one."),
        "invalid_password_reset": _("This link is too old or was used already. Ask for a new one."),
        "too_many_login_attempts": _("Too many wrong attempts. Wait five minutes and try again."),
        "unknown_email": _("There is no account with this address."),
        "unverified_primary_email": _("Confirm your main address first."),
        "same_as_current": _("This is the one you have already."),
        "rate_limited": _("Too many attempts. Wait a minute and try again."),
    }

    def new_user(self, request: HttpRequest) -> User:
        """A person who is written to in the language of the page they signed up on."""
        return User(language=get_language() or "uk")

    def format_email_subject(self, subject: str) -> str:
        """The subject behind the portal's name."""
        return f"{gettext('Open City map')}: {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send the letter in the language of the account with that address, else in the page's."""
        reader = context.get("user") or User.objects.filter(email=email.lower()).first()
        with override(reader.language if reader else get_language()):
            super().send_mail(template_prefix, email, context)

    def render_mail(self, *args: Any, **kwargs: Any) -> EmailMessage:
        """The letter, whose HTML is its text in paragraphs."""
        letter: EmailMultiAlternatives = super().render_mail(*args, **kwargs)
        letter.attach_alternative(as_page(str(letter.body), get_language() or "uk"), "text/html")
        return letter


class SecondFactors(DefaultMFAAdapter):
    """Authenticator apps, keys and recovery codes."""

    error_messages: ClassVar[Words] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "You work for a city here, so your account needs a second factor. Add another one first."
        ),
        "cannot_generate_recovery_codes": _("Set up an app or a key first: the codes stand in for it."),
        "incorrect_code": _("The code is wrong. Check it and try again."),
        "unverified_email": _("Confirm your e-mail address first."),
    }

    def get_totp_issuer(self) -> str:
        """What the authenticator app calls the portal."""
        return gettext("Open City map")

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether the person may do without this one: staff keeps one."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS)
        return not needs_second_factor(authenticator.user) or others.exclude(pk=authenticator.pk).exists()


class Providers(DefaultSocialAccountAdapter):
    """Sign-in by others."""

    error_messages: ClassVar[Words] = {
        **DefaultSocialAccountAdapter.error_messages,
        "email_taken": _("You have an account here already. Sign in to it first, then connect %s to it."),
        "invalid_token": _("The other side’s answer could not be read. Try again."),
        "no_password": _("Set a password first, or you could not sign in any more."),
        "no_verified_email": _("Confirm your e-mail address first, or you could not sign in any more."),
        "disconnect_last": _("This is your only way to sign in. Set a password first."),
        "connected_other": _("This sign-in belongs to another account here."),
    }

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """The person as the other side describes them."""
        user: User = super().populate_user(request, sociallogin, data)
        user.name = clean(str(data.get("name") or ""))[:MOST_OF_A_NAME]
        return user
