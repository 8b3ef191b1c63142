"""How people come to work for a city."""

from django.db import transaction

from districts import members
from districts.models import Department, Membership
from layers.models import City
from reports import notices


@transaction.atomic
def invite(
    city: City,
    email: str,
    role: str,
    department: Department | None = None,
    name: str = "",
    language: str = "uk",
) -> Membership:
    """Give a person a role and write them how to sign in; MemberAlready where they have it."""
    membership = members.join(city, email, name, language, role, department)
    notices.invited(membership)
    return membership
