"""Django's form fields in the markup of govuk-frontend, without restyling the administration's own forms."""

from typing import Any

from django import template
from django.forms import widgets
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString

register = template.Library()

KINDS: tuple[tuple[type[widgets.Widget], str], ...] = (
    (widgets.CheckboxSelectMultiple, "checkboxes"),
    (widgets.RadioSelect, "radios"),
    (widgets.CheckboxInput, "checkbox"),
    (widgets.Select, "select"),
    (widgets.Textarea, "textarea"),
    (widgets.FileInput, "file-upload"),
)
"""Finer classes first: Django's radios and checkboxes are selects too."""


@register.filter
def field_kind(field: BoundField) -> str:
    """The govuk-frontend component that shows this field."""
    return next((kind for widget, kind in KINDS if isinstance(field.field.widget, widget)), "input")


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The field's own control with the component's class, and the error's class where it has one."""
    kind = "checkboxes__input" if field_kind(field) == "checkbox" else field_kind(field)
    classes = [f"govuk-{kind}", field.field.widget.attrs.get("class", "")]
    if field.errors and kind in ("input", "select", "textarea"):
        classes.append(f"govuk-{kind}--error")
    return field.as_widget(attrs={"class": " ".join(filter(None, classes))})


@register.simple_tag
def option(choice: BoundWidget, kind: str) -> SafeString:
    """One radio button or checkbox without its label."""
    data: dict[str, Any] = {**choice.data, "wrap_label": False}
    data["attrs"] = {**choice.data["attrs"], "class": f"govuk-{kind}__input"}
    return SafeString(choice.renderer.render(choice.template_name, {"widget": data}))
