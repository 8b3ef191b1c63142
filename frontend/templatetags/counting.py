"""What pages say about how things are counted: weights in points, percents as factors, the hour of the weights."""

from datetime import datetime

from django import template
from django.utils.formats import number_format

from layers.models import City
from reports.models import Weighing

register = template.Library()


@register.filter
def as_factor(percent: int) -> str:
    """150 as 1.5, in the reader's way of writing numbers."""
    text = f"{percent / 100:.2f}".rstrip("0")
    return number_format(text + "0" if text.endswith(".") else text)


@register.simple_tag
def weighed_at(city: City) -> datetime | None:
    """For what time the weights of the city's reports hold; None before they were first weighed."""
    return Weighing.objects.filter(city=city).values_list("at", flat=True).first()
