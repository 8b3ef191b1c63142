"""A few fresh reports that wait for a moderator, sent as residents send them."""

from dataclasses import dataclass
from typing import TypeVar

from django.contrib.gis.geos import Point

from districts.models import Service, User
from layers.models import Address, City
from reports.actions import Submission, submit


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody wrote; without a place the moderator puts it on the map by its address."""

    service: str
    text: str
    placed: bool = True


REPORTS = (
    Sent("lamp-dark", "Третій вечір не світить ліхтар біля будинку, діти йдуть зі школи в темряві."),
    Sent("pothole", "Глибока яма на всю смугу, машини обʼїжджають по зустрічній."),
    Sent("water-leak", "З-під асфальту тече вода, за ніч утворилася калюжа на півдороги.", placed=False),
    Sent("stray-dump", "Хтось висипав будівельне сміття біля посадки.", placed=False),
    Sent("tree-danger", "Після вітру над тротуаром зависла велика гілка."),
    Sent("sidewalk", "Провалилася плитка, візочком не проїхати."),
    Sent("open-manhole", "Відкритий люк просто на тротуарі, поставили лише гілку."),
)


def send_reports(city: City, resident: User | None) -> int:
    """Send those whose service the city has, spread over its addresses, and say how many; without addresses none."""
    services = {service.code: service for service in Service.objects.filter(city=city)}
    known = [sent for sent in REPORTS if sent.service in services]
    places = spread_addresses(city, len(known))
    for turn, (sent, address) in enumerate(zip(known, places, strict=False)):
        submit(
            Submission(
                city=city,
                service=services[sent.service],
                text=sent.text,
                point=Point(address.point.x, address.point.y, srid=address.point.srid)
                if sent.placed
                else None,
                address=str(address),
                reporter=resident if turn % 2 == 0 else None,
            )
        )
    return min(len(known), len(places))


def spread_addresses(city: City, wanted: int) -> list[Address]:
    """So many of the city's addresses, evenly spaced along its streets: the same city always gives the same ones."""
    known = Address.objects.filter(city=city).order_by("street", "house_number")
    # Asking of each address whether a city's outline holds it takes a second; a few more than wanted will do.
    picked = _spread(list(known.values_list("pk", flat=True)), wanted * 2)
    return _spread(list(known.filter(pk__in=picked, point__coveredby=city.boundary)), wanted)


Thing = TypeVar("Thing")


def _spread(things: list[Thing], wanted: int) -> list[Thing]:
    step = max(1, len(things) // (wanted or 1))
    return things[::step][:wanted]
