"""What people can have on the map besides reports."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from layers.basemap.archives import LAYERS
from layers.models import AssetLayer, City, Kind


@dataclass(frozen=True, slots=True)
class Overlay:
    """One switch: its name in the address (`show=`), its words, and the mark that the legend shows for it."""

    name: str
    label: str | Promise
    mark: str
    of_a_department: bool = False


ALWAYS = (
    Overlay("announcements", _("News"), "area"),
    Overlay("places", _("Useful places"), "star"),
    Overlay("districts", _("Districts"), "border"),
    Overlay("territory", _("Territory of the chosen department"), "area", of_a_department=True),
)


def overlays_of(city: City) -> list[Overlay]:
    """What the city can show: its news, places and districts, and each kind of its public things; one query.

    What the base map draws anyway, such as roads, is none of it.
    """
    public = AssetLayer.objects.visible_to(None).filter(city=city).exclude(kind__in=LAYERS)
    kinds = set(public.order_by().values_list("kind", flat=True).distinct())
    return [*ALWAYS, *(Overlay(kind.value, kind.label, "dot") for kind in Kind if kind.value in kinds)]
