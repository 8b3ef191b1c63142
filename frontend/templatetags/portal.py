"""What every page of the portal asks of its templates: names in two languages, boxes for maps, who may go where."""

import re
import time
from dataclasses import dataclass
from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.template.context import RequestContext
from django.utils.html import escape, format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from districts.ideas import takes_ideas
from districts.models import Page, Role, User
from layers.models import City

register = template.Library()
ADDRESS = re.compile(r"""(https?://[^\s<>"'\\]*[^\s<>"'\\.,;:!?)\]}»”])""")
"""A web address in words, without the full stop or bracket that ends the sentence."""


@dataclass(frozen=True, slots=True)
class Doors:
    """The staff screens that stand open for somebody in a city."""

    moderation: bool
    work: bool
    settings: bool
    partner: bool
    planning: bool


@register.simple_tag
def translated(thing: Any, field: str) -> str | SafeString:
    """The field in the active language; where its translation is empty, the Ukrainian marked as such."""
    if thing is None:
        return ""
    wanted = getattr(thing, f"{field}_{get_language() or 'uk'}", None)
    if wanted:
        return str(wanted)
    return format_html('<span lang="uk">{}</span>', getattr(thing, f"{field}_uk") or "")


@register.filter
def official(text: str) -> SafeString:
    """Words of an office in paragraphs, with full web addresses as links that vouch for nothing; all else escaped."""
    parts = ADDRESS.split(text)
    # Split by one group: every second part is an address.
    linked = [
        format_html('<a class="govuk-link" href="{}" rel="nofollow ugc noopener">{}</a>', part, part)
        if number % 2
        else escape(part)
        for number, part in enumerate(parts)
    ]
    return mark_safe(linebreaks("".join(linked), autoescape=False))  # noqa: S308 - each part is escaped above


@register.simple_tag
def bounds(extent: tuple[float, float, float, float] | None) -> str:
    """`west,south,east,north` in degrees, written for programs: a point before the decimals in every language."""
    return ",".join(f"{degrees:.6f}" for degrees in extent) if extent else ""


@register.simple_tag
def seen_at(user: User | AnonymousUser | None) -> str:
    """Milliseconds of the clock for who is signed in, whose tiles are never older than the page; else nothing."""
    return str(time.time_ns() // 1_000_000) if isinstance(user, User) else ""


@register.simple_tag
def pages_of(city: City) -> list[Page]:
    """The pages that the city wrote, without their texts."""
    return list(Page.objects.filter(city=city).only("slug", "title_uk", "title_en"))  # type: ignore[misc]  # the stubs know no translations


@register.simple_tag
def doors(user: User | AnonymousUser | None, city: City | None) -> Doors:
    """Which staff screens of the city this person may open; none without a city or without signing in."""
    if not isinstance(user, User) or city is None:
        return Doors(moderation=False, work=False, settings=False, partner=False, planning=False)
    works = any(
        role.city_id == city.pk and role.role in (Role.DEPARTMENT, Role.ADMINISTRATOR) for role in user.roles
    )
    return Doors(
        moderation=user.moderates(city),
        work=user.is_superuser or works,
        settings=user.administers(city),
        partner=user.is_partner_in(city),
        planning=user.plans(city),
    )


@register.filter
def has_ideas(city: City | None) -> bool:
    """Whether the city takes ideas."""
    return city is not None and takes_ideas(city)


@register.simple_tag(takes_context=True)
def address_with(context: RequestContext, **changes: Any) -> str:
    """The query of this page's address with some parameters changed; None or an empty value removes one."""
    query: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return "?" + query.urlencode(safe=",/")
