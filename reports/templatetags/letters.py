"""A letter's HTML is its plain text, set in paragraphs: what one reader gets, the other gets too."""

from typing import Any, cast

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, urlize
from django.utils.html import linebreaks as paragraphs
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def letter_as_html(context: template.Context, name: str) -> SafeString:
    """The text template as an HTML page, escaped, with its addresses as links."""
    said = cast(dict[str, Any], context.flatten())
    # A rendered template counts as safe; what a text template says is plain words and must be escaped.
    text = "".join(render_to_string(name, said))
    return as_page(text, said["letter"].language)


def as_page(text: str, language: str) -> SafeString:
    """The plain words as an HTML page in that language, escaped, with their addresses as links."""
    body = paragraphs(urlize(text, autoescape=True), autoescape=False)
    page = "<!doctype html><html lang='{}'><meta charset='utf-8'><body>{}</body></html>"
    return format_html(page, language, mark_safe(body))  # noqa: S308 - urlize escaped it
