"""Who answers for what, where: people and their roles, bodies, districts, services and the rules that join them."""

from collections.abc import Collection
from datetime import date
from typing import Any, Self, TypeVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.gis.db import models
from django.contrib.gis.geos import Point
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import F, Func, GeneratedField, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from layers.checks import Geography, geometry_checks
from layers.geometry import WGS84
from layers.models import UKRAINIAN, AssetLayer, City, in_web_mercator


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
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False, help_text=_("may open the platform's administration"))
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = People()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

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
        return list(self.memberships.select_related("department"))

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

    def departments_in(self, city: City) -> "DepartmentQuerySet":
        """The bodies in whose name this person works there; all of them for an administrator."""
        if self.is_superuser or any(
            r.city_id == city.pk and r.role == Role.ADMINISTRATOR for r in self.roles
        ):
            return Department.objects.serving(city)
        own = [r.department_id for r in self.roles if r.city_id == city.pk and r.role == Role.DEPARTMENT]
        return Department.objects.filter(pk__in=own)


class Role(models.TextChoices):
    MODERATOR = "moderator", _("moderator")
    DEPARTMENT = "department", _("department member")
    PARTNER = "partner", _("partner")
    PLANNER = "planner", _("planner")
    ADMINISTRATOR = "administrator", _("city administrator")


STAFF_ROLES = frozenset({Role.MODERATOR, Role.DEPARTMENT, Role.PLANNER, Role.ADMINISTRATOR})


Row = TypeVar("Row", bound=models.Model)


class NamedQuerySet(models.QuerySet[Row]):
    """Things that files call by code or by name."""

    def called(self, text: str) -> Row | None:
        """The one with this code, else the only one with this name in any language; None where none or several fit."""
        by_code = self.filter(code=text).first()
        if by_code is not None:
            return by_code
        named = list(self.filter(Q(name_uk__iexact=text) | Q(name_en__iexact=text))[:2])
        return named[0] if len(named) == 1 else None


class DepartmentQuerySet(NamedQuerySet["Department"]):
    def serving(self, city: City) -> Self:
        """The city's own bodies and those that serve every city."""
        return self.filter(Q(city=city) | Q(city=None))


class Department(models.Model):
    """A body that answers for services (Open311 `agency_responsible`); without a city it serves all of them."""

    city = models.ForeignKey(
        City, on_delete=models.PROTECT, null=True, blank=True, related_name="departments"
    )
    code = models.CharField(max_length=120)
    name = models.CharField(_("name"), max_length=200, db_collation=UKRAINIAN)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ("code",)
        constraints = [
            models.UniqueConstraint(
                fields=["city", "code"], name="department_code_in_city", nulls_distinct=False
            ),
            models.CheckConstraint(condition=~Q(code=""), name="department_has_a_code"),
        ]

    def __str__(self) -> str:
        return self.name


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


class DistrictSet(models.Model):
    """One way to divide a city: wards, villages, cleaning areas; `neighbours` holds those around it."""

    NEIGHBOURS = "neighbours"

    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="district_sets")
    code = models.CharField(max_length=60)
    name = models.CharField(_("name"), max_length=120, db_collation=UKRAINIAN)

    class Meta:
        verbose_name = _("set of districts")
        verbose_name_plural = _("sets of districts")
        ordering = ("city", "code")
        constraints = [models.UniqueConstraint(fields=["city", "code"], name="districtset_code_in_city")]

    def __str__(self) -> str:
        return self.name or self.code


class DistrictQuerySet(NamedQuerySet["District"]):
    def on(self, day: date) -> Self:
        """Districts as they were that day."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gt=day))

    def covering(self, point: Point) -> Self:
        """Districts that hold the point, their borders included."""
        return self.filter(geometry__covers=point)

    def within_the_city(self) -> Self:
        """All but the city's neighbours."""
        return self.exclude(set__code=DistrictSet.NEIGHBOURS)


class District(models.Model):
    """A polygon of a set, valid from one day up to, but not including, another; versions share their code."""

    BEGINNING = date(1900, 1, 1)

    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="districts")
    set = models.ForeignKey(DistrictSet, on_delete=models.PROTECT, related_name="districts")
    code = models.CharField(max_length=120)
    name = models.CharField(_("name"), max_length=160, db_collation=UKRAINIAN)
    population = models.PositiveIntegerField(null=True, blank=True)
    valid_from = models.DateField(default=BEGINNING)
    valid_to = models.DateField(null=True, blank=True)
    geometry = models.MultiPolygonField(srid=WGS84)
    geometry_mercator = in_web_mercator("geometry")
    area_m2 = GeneratedField(
        expression=Func(Geography(F("geometry")), function="ST_Area"),
        output_field=models.FloatField(),
        db_persist=True,
    )

    objects = DistrictQuerySet.as_manager()

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        indexes = [
            models.Index(fields=["set", "code"], name="district_set_code"),
            GistIndex(fields=["geometry_mercator"], name="district_tiles"),
        ]
        constraints = [
            *geometry_checks("district", "geometry"),
            models.CheckConstraint(condition=~Q(code=""), name="district_has_a_code"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="district_ends_after_it_begins",
            ),
            ExclusionConstraint(
                name="district_one_version_a_day",
                expressions=[
                    ("set", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            RangeBoundary(),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Section(models.Model):
    """A part of the portal that takes reports: problems, which are routed, or ideas, which gather support."""

    PROBLEMS, IDEAS = "problems", "ideas"

    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="sections")
    code = models.CharField(max_length=20, choices=[(PROBLEMS, _("problems")), (IDEAS, _("ideas"))])
    name = models.CharField(_("name"), max_length=120, db_collation=UKRAINIAN)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints = [
            models.UniqueConstraint(fields=["city", "code"], name="section_code_in_city"),
            models.CheckConstraint(condition=Q(code__in=["problems", "ideas"]), name="section_code_is_known"),
        ]

    def __str__(self) -> str:
        return self.name


class ServiceQuerySet(NamedQuerySet["Service"]):
    def offered_in(self, city: City) -> Self:
        """What people may report there, grouped for a menu."""
        return self.filter(city=city, active=True).order_by("group", "name")


class Service(models.Model):
    """A category of problem that somebody answers for (Open311 service)."""

    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="services")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="services")
    code = models.CharField(max_length=120)
    name = models.CharField(_("name"), max_length=200, db_collation=UKRAINIAN)
    description = models.TextField(_("description"), blank=True)
    group = models.CharField(_("group"), max_length=120, blank=True, db_collation=UKRAINIAN)
    severity = models.PositiveSmallIntegerField(
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(3)],
        help_text=_("1 nuisance, 2 harm, 3 danger"),
    )
    active = models.BooleanField(default=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ("code",)
        constraints = [
            models.UniqueConstraint(fields=["city", "code"], name="service_code_in_city"),
            models.CheckConstraint(condition=~Q(code=""), name="service_has_a_code"),
            models.CheckConstraint(condition=Q(severity__range=(1, 3)), name="service_severity_is_known"),
        ]

    def __str__(self) -> str:
        return self.name


class ResponsibilityQuerySet(models.QuerySet["Responsibility"]):
    def on(self, day: date) -> Self:
        """Rules in force that day."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gt=day))


class Responsibility(models.Model):
    """A routing rule: the department answers for the service in the district, near the layer's assets, or both.

    With neither it is the city's fallback. A lower rank is asked first.
    """

    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="responsibilities")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="responsibilities")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="responsibilities")
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, null=True, blank=True, related_name="responsibilities"
    )
    asset_layer = models.ForeignKey(
        AssetLayer, on_delete=models.PROTECT, null=True, blank=True, related_name="responsibilities"
    )
    due_days = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("days the department has"))
    rank = models.PositiveSmallIntegerField(default=100)
    valid_from = models.DateField(default=District.BEGINNING)
    valid_to = models.DateField(null=True, blank=True)

    objects = ResponsibilityQuerySet.as_manager()

    class Meta:
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "district", "asset_layer", "department", "rank", "valid_from"],
                name="responsibility_stated_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="responsibility_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} → {self.department}"


class Territory(models.Model):
    """Where a department answers for a service by district or as the fallback, worked out from the rules in force."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="territories")
    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="territories")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="territories")
    geometry = models.MultiPolygonField(srid=WGS84)
    geometry_mercator = in_web_mercator("geometry")

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        indexes = [GistIndex(fields=["geometry_mercator"], name="territory_tiles")]
        constraints = [
            models.UniqueConstraint(fields=["city", "department", "service"], name="territory_once"),
            *geometry_checks("territory", "geometry"),
        ]

    def __str__(self) -> str:
        return f"{self.department}: {self.service}"
