"""Says whom to block: an address, a whole domain or a part of the network, told apart by how it is written."""

import ipaddress
import re
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from frontend.words import WordsField
from reports.models import BlockedSender

EVERYBODYS = {
    *("gmail.com", "ukr.net", "i.ua", "meta.ua", "outlook.com", "hotmail.com", "yahoo.com", "icloud.com"),
    *("proton.me", "protonmail.com", "bigmir.net", "email.ua", "online.ua", "live.com"),
}
"""Domains at which half a city has its mail."""
WIDEST = {4: 16, 6: 32}
"""The shortest prefix of a network: 65 thousand addresses, or what a provider gets."""
DOMAIN = re.compile(r"(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*\.[a-z][a-z0-9-]{1,62}")


class BlockForm(forms.Form):
    """`cleaned_data` has the sender as it is kept and the moment until which it holds; `kind` says what it is."""

    sender = forms.CharField(
        label=_("Whom"),
        help_text=_(
            "E-mail address, domain or network address: spam@example.org, example.org or 203.0.113.0/24"
        ),
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}
        ),
        error_messages={"required": _("Write whom to block.")},
    )
    reason = WordsField(
        label=_("Why"),
        help_text=_("Only moderators read this."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why; your colleagues will want to know.")},
    )
    until = forms.TypedChoiceField(
        label=_("For how long"),
        choices=[
            ("7", _("a week")),
            ("30", _("a month")),
            ("365", _("a year")),
            ("", _("until somebody lifts it")),
        ],
        initial="30",
        required=False,
        empty_value=None,
        coerce=lambda days: timezone.now() + timedelta(days=int(days)),
        widget=forms.RadioSelect,
    )
    kind = ""

    def clean_sender(self) -> str:
        written: str = self.cleaned_data["sender"].lower().rstrip(".")
        if "@" in written.strip("@"):
            self.kind = BlockedSender.Kind.EMAIL
            return _email(written)
        network = _network(written)
        if network:
            self.kind = BlockedSender.Kind.NETWORK
            return network
        self.kind = BlockedSender.Kind.DOMAIN
        return _domain(written.strip("@"))


def _email(written: str) -> str:
    try:
        validate_email(written)
    except ValidationError:
        raise ValidationError(_("Write the e-mail address in full, for example olena@example.org.")) from None
    return written


def _network(written: str) -> str:
    """The network in CIDR notation; empty where it is none. Raises ValidationError for one that is too wide."""
    try:
        found = ipaddress.ip_network(written, strict=False)
    except ValueError:
        return ""
    if found.prefixlen < WIDEST[found.version]:
        raise ValidationError(
            _("This is too large a part of the network; choose at least /%(prefix)s.")
            % {"prefix": WIDEST[found.version]}
        )
    return str(found)


def _domain(written: str) -> str:
    if written in EVERYBODYS:
        raise ValidationError(_("Many people have their mail there. Block the single address instead."))
    if not DOMAIN.fullmatch(written):
        raise ValidationError(
            _("Write an e-mail address, a domain or a network address, as in the examples.")
        )
    return written
