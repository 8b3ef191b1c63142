"""A letter's HTML is its plain text, set in paragraphs: what one reader gets, the other gets too."""

import re
from collections.abc import Sequence
from typing import Any, cast

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape, format_html, format_html_join, urlize
from django.utils.html import linebreaks as paragraphs
from django.utils.safestring import SafeString, mark_safe

from reports.letter_pictures import Picture

register = template.Library()
LONGEST_SHOWN = 70


@register.simple_tag(takes_context=True)
def letter_as_html(context: template.Context, name: str) -> SafeString:
    """The text template as an HTML page, escaped; the portal's own addresses are links, those in people's words not."""
    said = cast(dict[str, Any], context.flatten())
    # A rendered template counts as safe; what a text template says is plain words and must be escaped.
    text = "".join(render_to_string(name, said))
    return _page(own_links(text), said["letter"].language, said.get("pictures", ()))


def as_page(text: str, language: str) -> SafeString:
    """Words of the portal alone as an HTML page in that language, escaped, with their addresses as links."""
    return _page(urlize(text, autoescape=True), language)


def own_links(text: str) -> SafeString:
    """The text escaped, with addresses that begin with the portal's origin as links, long ones shown shortened."""
    own = re.compile(re.escape(escape(settings.PUBLIC_ORIGIN)) + r"/[\w/.:?=&;%~-]*", re.ASCII)
    return mark_safe(own.sub(_link, escape(text)))  # noqa: S308 - escaped before the links are set


def _link(found: re.Match[str]) -> str:
    address = found[0]
    shown = address if len(address) <= LONGEST_SHOWN else address[: LONGEST_SHOWN - 1] + "…"
    return f'<a href="{address}">{shown}</a>'


def _page(body: str, language: str, pictures: Sequence[Picture] = ()) -> SafeString:
    """Mail programs know no stylesheets: what there is of style stands in the tags."""
    images = format_html_join(
        "",
        '<p><img src="cid:{}" alt="{}" width="{}" height="{}" style="max-width:100%;height:auto"></p>',
        ((one.cid, one.alt, one.width, one.height) for one in pictures),
    )
    return format_html(
        '<!doctype html><html lang="{}"><head><meta charset="utf-8"></head>'
        '<body style="margin:0 auto;max-width:40em;padding:1em;font:16px/1.5 sans-serif">{}{}</body></html>',
        language,
        mark_safe(paragraphs(body, autoescape=False)),  # noqa: S308 - escaped by both who call
        images,
    )
