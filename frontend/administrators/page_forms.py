"""What administrators fill in for a page of their city."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from districts.models import Page
from frontend.administrators.rows import words

MARKS = _(
    "An empty line begins a paragraph, “## ” a heading, “- ” a point of a list; **bold**, [link](address). "
    "{city}, {email}, {phone}, {months} and {reopen_days} are filled in."
)


class PageForm(forms.ModelForm):  # type: ignore[type-arg]
    """A page: its address, its title and its text in Markdown, without HTML."""

    title_uk = words(_("Title in Ukrainian"), 160, missing=_("Write the title in Ukrainian."))
    title_en = words(_("Title in English"), 160)
    slug = forms.CharField(
        label=_("Last part of the address"),
        max_length=40,
        help_text=_("Small Latin letters, digits and hyphens, for example winter-roads."),
        validators=[
            RegexValidator(
                r"^[a-z0-9]+(-[a-z0-9]+)*\Z",
                _("Use small Latin letters, digits and hyphens only, for example winter-roads."),
            )
        ],
        error_messages={"required": _("Write the last part of the address.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    body_uk = words(_("Text in Ukrainian"), 40000, MARKS, missing=_("Write the text in Ukrainian."), rows=16)
    body_en = words(_("Text in English"), 40000, rows=16)

    class Meta:
        model = Page
        fields = ("title_uk", "title_en", "slug", "body_uk", "body_en")

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if Page.objects.filter(city=self.instance.city, slug=slug).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another page has this address already; choose a different one."))
        return slug

    def shown(self) -> dict[str, Any]:
        """The texts as they stand in the form, to look at them before they are kept."""
        return {language: self[f"body_{language}"].value() or "" for language in ("uk", "en")}
