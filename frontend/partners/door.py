"""Who may enter the partners' screens, and in whose name they speak there."""

from districts.models import User
from frontend.cities import for_staff
from layers.models import City
from reports.models import Partner, PartnerQuerySet

for_partners = for_staff(User.is_partner_in)


def own_partners(city: City, member: User) -> PartnerQuerySet:
    """The organisations of this person in the city, published or not."""
    return Partner.objects.filter(city=city, people=member)
