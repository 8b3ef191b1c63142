"""People and what they are in a city."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Func, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from districts.models.departments import Department, DepartmentQuerySet
from layers.models import City


class Role(models.TextChoices):
    MODERATOR = "moderator", _("moderator")
    DEPARTMENT = "department", _("department member")
    PARTNER = "partner", _("partner")
    PLANNER = "planner", _("planner")
    ADMINISTRATOR = "administrator", _("city administrator")


STAFF_ROLES = frozenset({Role.MODERATOR, Role.DEPARTMENT, Role.PLANNER, Role.ADMINISTRATOR})


class People(BaseUserManager["User"]):
    """Makes users; e-mail addresses are kept in lower case, so that one person has one account."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new person; without a password, one who signs in by other means."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A platform administrator, who stands above all cities."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A registered person, known by e-mail address."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(max_length=5, default="uk")
    daily_digest = models.BooleanField(_("one letter a day instead of many"), default=False)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False, help_text=_("may open the platform's administration"))
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = People()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Func(F("email"), function="lower")), name="user_email_in_lower_case"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        self.email = self.email.strip().lower()

    @cached_property
    def roles(self) -> list["Membership"]:
        """What this person is, in which city; one query per request."""
        return list(self.memberships.all())

    @property
    def is_staff_member(self) -> bool:
        """Whether this person works behind the scenes, for a city or above them all."""
        return self.is_superuser or self.is_staff or any(role.role in STAFF_ROLES for role in self.roles)

    def staff_city_ids(self) -> Collection[int]:
        """Cities whose staff screens this person may open; all of them for a platform administrator."""
        if self.is_superuser:
            return City.objects.values_list("pk", flat=True)
        return {role.city_id for role in self.roles if role.role in STAFF_ROLES}

    def moderates(self, city: City) -> bool:
        """Whether this person may publish and reject in the city."""
        return self.is_superuser or any(
            role.city_id == city.pk and role.role in (Role.MODERATOR, Role.ADMINISTRATOR)
            for role in self.roles
        )

    def administers(self, city: City) -> bool:
        """Whether this person may change how the city's portal works."""
        return self.is_superuser or any(
            role.city_id == city.pk and role.role == Role.ADMINISTRATOR for role in self.roles
        )

    def plans(self, city: City) -> bool:
        """Whether this person may say how the city's reports are weighed."""
        return self.is_superuser or any(
            role.city_id == city.pk and role.role in (Role.PLANNER, Role.ADMINISTRATOR) for role in self.roles
        )

    def is_partner_in(self, city: City) -> bool:
        """Whether this person helps there as a partner."""
        return any(role.city_id == city.pk and role.role == Role.PARTNER for role in self.roles)

    def departments_in(self, city: City) -> "DepartmentQuerySet":
        """The bodies in whose name this person works there; all of them for an administrator."""
        if self.is_superuser or any(
            r.city_id == city.pk and r.role == Role.ADMINISTRATOR for r in self.roles
        ):
            return Department.objects.serving(city)
        own = [r.department_id for r in self.roles if r.city_id == city.pk and r.department_id is not None]
        return Department.objects.filter(pk__in=own)


class Membership(models.Model):
    """What a person is in a city."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    department = models.ForeignKey(
        Department, on_delete=models.CASCADE, null=True, blank=True, related_name="members"
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "city", "role", "department"], name="membership_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_is_known"),
            models.CheckConstraint(
                condition=Q(role=Role.DEPARTMENT, department__isnull=False)
                | (~Q(role=Role.DEPARTMENT) & Q(department__isnull=True)),
                name="membership_names_its_department",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
