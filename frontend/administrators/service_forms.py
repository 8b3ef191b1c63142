"""What administrators fill in about the categories of problems."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from districts.models import Section, Service
from frontend.administrators.rows import CodedForm, code_field, words

SEVERITIES = [(1, _("nuisance")), (2, _("harm")), (3, _("danger"))]


class ServiceForm(CodedForm):
    """A category: what it is called, how it is found, and what people read before they report."""

    name_uk = words(_("Name in Ukrainian"), 200, missing=_("Write the name in Ukrainian."))
    name_en = words(_("Name in English"), 200)
    code = code_field(
        r"^[a-z0-9]+(-[a-z0-9]+)*\Z",
        _("Files and addresses call it so, for example street-lamp. Empty: made from the English name."),
    )
    section = forms.ModelChoiceField(queryset=Section.objects.none(), label=_("Section"), empty_label=None)
    group_uk = words(_("Group in Ukrainian"), 120, _("Categories of one group stand together in the form."))
    group_en = words(_("Group in English"), 120)
    description_uk = words(_("Explanation in Ukrainian"), 1000, rows=2)
    description_en = words(_("Explanation in English"), 1000, rows=2)
    keywords_uk = words(
        _("Search words in Ukrainian"), 400, _("What else people call it, separated by commas."), rows=2
    )
    keywords_en = words(_("Search words in English"), 400, rows=2)
    severity = forms.TypedChoiceField(
        label=_("How bad it is"), choices=SEVERITIES, coerce=int, widget=forms.RadioSelect
    )
    stopper_uk = words(
        _("Warning in Ukrainian"),
        500,
        _("Shown before the report is written, such as: “Gas smell? Call 104 at once.” Empty: none."),
        rows=2,
    )
    stopper_en = words(_("Warning in English"), 500, rows=2)

    class Meta:
        model = Service
        fields = (
            "name_uk", "name_en", "code", "section", "group_uk", "group_en",
            "description_uk", "description_en", "keywords_uk", "keywords_en",
            "severity", "stopper_uk", "stopper_en", "wants_photo", "active",
        )  # fmt: skip
        labels = {"active": _("People may report it now")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = Section.objects.filter(city=self.instance.city)
        self.fields["section"].queryset = sections  # type: ignore[attr-defined]
        if len(sections) < 2:
            del self.fields["section"]
        for language in ("uk", "en"):
            self.fields[f"group_{language}"].widget.attrs["list"] = f"groups_{language}"
