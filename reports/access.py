"""Who may do what, as predicates with names; screens and API ask `user.has_perm("reports.…", report)`."""

import rules

from districts.models import User
from layers.models import City
from reports.models import Report


def _city_of(thing: object) -> City | None:
    if isinstance(thing, City):
        return thing
    found = getattr(thing, "city", None)
    return found if isinstance(found, City) else None


@rules.predicate
def is_author(user: User, thing: object) -> bool:
    return isinstance(thing, Report) and thing.reporter_id is not None and thing.reporter_id == user.pk


@rules.predicate
def moderates(user: User, thing: object) -> bool:
    city = _city_of(thing)
    return city is not None and user.moderates(city)


@rules.predicate
def answers_for(user: User, thing: object) -> bool:
    """Whether the report lies with one of the person's departments."""
    if not isinstance(thing, Report) or thing.department_id is None:
        return False
    return user.departments_in(thing.city).filter(pk=thing.department_id).exists()


@rules.predicate
def administers(user: User, thing: object) -> bool:
    city = _city_of(thing)
    return city is not None and user.administers(city)


@rules.predicate
def plans(user: User, thing: object) -> bool:
    city = _city_of(thing)
    return city is not None and user.plans(city)


@rules.predicate
def is_partner(user: User, thing: object) -> bool:
    city = _city_of(thing)
    return city is not None and user.is_partner_in(city)


rules.add_perm("reports.moderate", moderates)
rules.add_perm("reports.answer", answers_for)
rules.add_perm("reports.merge", moderates | answers_for)
rules.add_perm("reports.reopen", is_author)
rules.add_perm("reports.administer", administers)
rules.add_perm("reports.weigh", plans)
rules.add_perm("reports.help", is_partner)
rules.add_perm("reports.see_contact", moderates | answers_for | is_author)
