"""What partners fill in: offers of help, and what they tell of themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from frontend.help_forms import OfferForm
from frontend.words import WordsField
from reports.actions import Told
from reports.models import Partner, PartnerQuerySet


class PartnerOfferForm(OfferForm):
    """An offer in an organisation's name; which one is asked only of those who belong to several."""

    prefix = "offer"
    partner = forms.ModelChoiceField(
        queryset=Partner.objects.none(), label=_("In whose name"), empty_label=None
    )
    field_order = ("partner", "text", "day")

    def __init__(self, *args: Any, partners: PartnerQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].queryset = partners  # type: ignore[attr-defined]
        self.only = partners[0] if len(partners) == 1 else None
        if self.only is not None:
            del self.fields["partner"]

    def clean(self) -> dict[str, Any]:
        return {"partner": self.only, **self.cleaned_data}


class PartnerForm(forms.Form):
    """Who an organisation is; Ukrainian first, English where they have it."""

    kind = forms.ChoiceField(
        label=_("What you are"),
        choices=Partner.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you are.")},
    )
    name_uk = WordsField(
        label=_("Name in Ukrainian"),
        max_length=160,
        error_messages={"required": _("Write the name of your organisation.")},
    )
    name_en = WordsField(label=_("Name in English"), max_length=160, required=False)
    description_uk = WordsField(
        label=_("What you do, in Ukrainian"),
        help_text=_("A few sentences: whom you help, and with what."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write in a few sentences what you do.")},
    )
    description_en = WordsField(
        label=_("What you do, in English"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    website = forms.URLField(
        label=_("Website"),
        required=False,
        max_length=200,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "url", "spellcheck": "false"}),
        error_messages={
            "invalid": _("Write the address of the website in full, for example https://example.org.")
        },
    )

    def clean_website(self) -> str:
        address: str = self.cleaned_data["website"]
        if address and not address.startswith(("https://", "http://")):
            raise forms.ValidationError(_("The address of a website begins with https:// or http://."))
        return address

    def told(self) -> Told:
        """What the valid form says."""
        return Told(**self.cleaned_data)
