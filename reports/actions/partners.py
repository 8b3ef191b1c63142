"""What partners tell of themselves, and who lets it be seen."""

from dataclasses import dataclass

from django.db import transaction

from districts.models import User
from layers.models import City
from reports.models import Partner


@dataclass(frozen=True, slots=True)
class Told:
    """What an organisation says of itself; Ukrainian is kept as its own language, English may be empty."""

    kind: str
    name_uk: str
    name_en: str
    description_uk: str
    description_en: str
    website: str


@transaction.atomic
def found_partner(city: City, by: User, told: Told) -> Partner:
    """A page for the person's organisation; a moderator lets it be seen."""
    partner = Partner(city=city, published=False)
    _keep(partner, told)
    partner.people.add(by)
    return partner


@transaction.atomic
def tell_partner(pk: int, told: Told) -> Partner:
    """Change what an organisation says of itself."""
    partner = Partner.objects.select_for_update(of=("self",)).get(pk=pk)
    _keep(partner, told)
    return partner


@transaction.atomic
def show_partner(pk: int, *, published: bool) -> Partner:
    """Let everybody see a partner, or no longer."""
    partner = Partner.objects.select_for_update(of=("self",)).get(pk=pk)
    partner.published = published
    partner.save(update_fields=["published"])
    return partner


def _keep(partner: Partner, told: Told) -> None:
    for name in Told.__slots__:
        setattr(partner, name, getattr(told, name))
    partner.save()
