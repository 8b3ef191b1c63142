"""What the account's pages ask: who still lacks a second factor, and where to go on to."""

from django import template
from django.conf import settings
from django.template.context import RequestContext

from frontend.second_factor import WANTED, lacks_second_factor

register = template.Library()


@register.simple_tag
def mail_is_set_up() -> bool:
    """Whether letters leave this installation; else they are kept as files."""
    return bool(settings.EMAIL_CONFIGURED)


@register.simple_tag(takes_context=True)
def second_factor_missing(context: RequestContext) -> bool:
    """Whether who looks works for a city and must set up a second factor first."""
    return lacks_second_factor(context["request"])


@register.simple_tag(takes_context=True)
def second_factor_for(context: RequestContext) -> str:
    """The page that staff was going to when it was sent to set up a second factor; empty for none."""
    return str(context["request"].session.get(WANTED, ""))
