"""People to sign in as. Everybody knows their password, so they exist only where DEMO is on."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from districts.models import Department, Membership, Role, User
from layers.models import City

PASSWORD = "vidkryte-misto"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Account:
    """Who somebody is in the demo city; `department` is a code."""

    local: str
    name: str
    role: Role | None = None
    department: str = ""

    def email_in(self, city: City) -> str:
        """The address, in a domain that no mail ever reaches (RFC 2606)."""
        return f"{self.local}@{city.slug}.example"

    def told(self) -> str:
        """What to call it in a list."""
        return f"{self.role} {self.department}".strip() if self.role else "resident"


PEOPLE = (
    Account("resident", "Олена Мешканка"),
    Account("moderator", "Марія Модераторка", Role.MODERATOR),
    Account("svitlo", "Світлана Ліхтаренко", Role.DEPARTMENT, "misksvitlo"),
    Account("voda", "Василь Криниця", Role.DEPARTMENT, "vodokanal"),
    Account("dorohy", "Дмитро Шлях", Role.DEPARTMENT, "dorohy"),
    Account("blahoustrii", "Богдана Площа", Role.DEPARTMENT, "blahoustrii"),
    Account("smittia", "Степан Чистий", Role.DEPARTMENT, "chyste-misto"),
    Account("partner", "Поліна Партнерка", Role.PARTNER),
    Account("planner", "Петро Планувальник", Role.PLANNER),
    Account("admin", "Ада Адміністраторка", Role.ADMINISTRATOR),
)


def make_accounts(city: City) -> None:
    """Make the people of the city; those of a body it lacks are passed over."""
    # Hashing is slow on purpose; as everybody knows this password, one hash serves all.
    hashed = make_password(PASSWORD)
    for account in PEOPLE:
        department = Department.objects.serving(city).filter(code=account.department).first()
        if account.role == Role.DEPARTMENT and department is None:
            continue
        person = _person(account.email_in(city), account, hashed)
        if account.role:
            Membership.objects.get_or_create(user=person, city=city, role=account.role, department=department)


def how_to_sign_in(city: City) -> list[dict[str, str]]:
    """The city's demo people that exist, with the password of all of them."""
    existing = set(User.objects.values_list("email", flat=True))
    return [
        {"email": account.email_in(city), "password": PASSWORD, "role": account.told()}
        for account in PEOPLE
        if account.email_in(city) in existing
    ]


def write_accounts(listed: Sequence[dict[str, str]], file: Path) -> None:
    """Keep the list for whoever prints it later; readable by its owner only."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(listed, ensure_ascii=False, indent=2), encoding="utf-8")
    file.chmod(0o600)


def _person(email: str, account: Account, hashed: str) -> User:
    person = User.objects.filter(email=email).first() or User(email=email)
    person.name = account.name
    # The city's administrator also shows the platform's administration in the demo.
    person.is_staff = person.is_superuser = account.role == Role.ADMINISTRATOR
    person.password = hashed
    person.save()
    EmailAddress.objects.update_or_create(
        user=person, email=email, defaults={"verified": True, "primary": True}
    )
    return person
