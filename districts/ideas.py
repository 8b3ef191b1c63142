"""Ideas for a city: whether it takes them, and by which topics they are sorted."""

from django.db import transaction

from districts.models import Policy, Section, Service, ServiceQuerySet
from layers.models import City


def takes_ideas(city: City) -> bool:
    """Whether the city has switched ideas on."""
    return Policy.of(city).takes_ideas


def topics(city: City) -> ServiceQuerySet:
    """By what ideas are sorted; nothing until the first idea, where the city has named no topics of its own."""
    return Service.objects.offered_in(city, Section.IDEAS)


@transaction.atomic
def first_topic(city: City) -> Service:
    """The topic that an idea gets where the city has named none: the section and its only service, made if missing."""
    known = topics(city).first()
    if known is not None:
        return known
    names = {"name_uk": "Ідеї", "name_en": "Ideas"}
    section, _ = Section.objects.get_or_create(city=city, code=Section.IDEAS, defaults=names)
    words = {"section": section, "name_uk": "Ідея", "name_en": "Idea", "active": True}
    topic, _ = Service.objects.update_or_create(city=city, code="idea", defaults=words)
    return topic
