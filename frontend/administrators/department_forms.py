"""What administrators fill in about the bodies that answer for services."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from districts.models import Department
from frontend.administrators.rows import CodedForm, code_field, words


class DepartmentForm(CodedForm):
    """A body of the city: what it is called and how it is reached."""

    name_uk = words(_("Name in Ukrainian"), 200, missing=_("Write the name in Ukrainian."))
    name_en = words(_("Name in English"), 200)
    code = code_field(
        r"^[a-z0-9]+(-[a-z0-9]+)*\Z",
        _("Files and addresses call it so, for example city-lights. Empty: made from the English name."),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("New reports go there, with a link to answer without an account."),
        error_messages={"invalid": _("Write a whole e-mail address, for example olena@misto.example.")},
    )
    phone = words(_("Telephone"), 40)

    class Meta:
        model = Department
        fields = ("name_uk", "name_en", "code", "email", "phone")

    def siblings(self) -> Any:
        return Department.objects.serving(self.instance.city)
