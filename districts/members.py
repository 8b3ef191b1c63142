"""Who is what in a city: people join, change their role and leave; somebody always stays administrator."""

from django.db import transaction

from districts.errors import LastAdministrator, MemberAlready
from districts.models import Department, Membership, Role, User
from layers.models import City


def join(
    city: City, email: str, name: str, language: str, role: str, department: Department | None
) -> Membership:
    """The new membership of the person with this address, who gets an account without a password if need be.

    MemberAlready where the person has the role.
    """
    with transaction.atomic():
        person = User.objects.filter(email=email.strip().lower()).first()
        if person is None:
            person = User.objects.create_user(email, name=name, language=language)
        membership, is_new = Membership.objects.get_or_create(
            user=person, city=city, role=role, department=department
        )
    if not is_new:
        raise MemberAlready(person)
    return membership


@transaction.atomic
def change(membership: Membership, role: str, department: Department | None) -> Membership:
    """Give the person another role in the same city; LastAdministrator or MemberAlready where that can't be."""
    membership = _locked(membership)
    if role != Role.ADMINISTRATOR:
        _somebody_stays(membership)
    same = Membership.objects.filter(
        user=membership.user, city=membership.city, role=role, department=department
    )
    if same.exclude(pk=membership.pk).exists():
        raise MemberAlready(membership.user)
    membership.role, membership.department = role, department
    membership.save(update_fields=["role", "department"])
    return membership


@transaction.atomic
def leave(membership: Membership) -> None:
    """Take the role away; the account stays. LastAdministrator where nobody else could change the settings."""
    membership = _locked(membership)
    _somebody_stays(membership)
    membership.delete()


def _locked(membership: Membership) -> Membership:
    """The row as it is now; the city's administrators are locked in one order, so that no two leave at once."""
    city_id = membership.city_id
    list(
        Membership.objects.select_for_update()
        .filter(city_id=city_id, role=Role.ADMINISTRATOR)
        .order_by("pk")
        .values_list("pk")
    )
    return Membership.objects.select_for_update(of=("self",)).select_related("user").get(pk=membership.pk)


def _somebody_stays(membership: Membership) -> None:
    others = Membership.objects.filter(
        city_id=membership.city_id, role=Role.ADMINISTRATOR, user__is_active=True
    ).exclude(pk=membership.pk)
    if membership.role == Role.ADMINISTRATOR and not others.exists():
        raise LastAdministrator
