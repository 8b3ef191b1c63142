"""A problem somebody told the city about."""

import secrets
from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo

from django.contrib.gis.db import models
from django.contrib.gis.db.models.functions import Transform
from django.contrib.gis.geos import Point, Polygon
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.db.models import Case, F, Func, GeneratedField, Q, Value, When
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from districts.models import Department, District, DistrictSet, Section, Service, User
from layers.checks import Geography, geometry_checks
from layers.geometry import WEB_MERCATOR, WGS84, box_around
from layers.models import Asset, City
from reports import workflow
from reports.workflow import Group, Status

TEXT_LIMIT = 4000
"""Characters of a description (Open311 GeoReport v2, POST Service Request)."""

WAITING_FIRST = Case(When(status__in=workflow.WAITING, then=Value(0)), default=Value(1))
"""Sorts what a department still has to answer before what is closed; an index knows it in these words."""

_FOR_PLACES = ["id", "status", "published_at", "due_at", "asked_at", "disputed", "department", "priority"]
"""What counting by place asks of a report; kept in the index of places, so that no report has to be read."""


def new_token() -> str:
    """An address nobody can guess: 192 random bits."""
    return secrets.token_urlsafe(24)


class ReportQuerySet(models.QuerySet["Report"]):
    def public(self) -> Self:
        """What everybody may see: published at some time, in a live city, not kept private."""
        return self.filter(status__in=workflow.PUBLIC, city__live=True, private=False)

    def visible_to(self, user: User | None) -> Self:
        """What this person may see: public reports, their own, and for staff all of their cities'."""
        if user is None:
            return self.public()
        public = Q(status__in=workflow.PUBLIC, city__live=True, private=False)
        return self.filter(public | Q(reporter=user) | Q(city__in=user.staff_city_ids()))

    def awaiting_moderation(self, city: City) -> Self:
        """The moderators' queue, longest waiting first; not those whose sender has yet to confirm an address."""
        waiting = self.filter(city=city, status=Status.RECEIVED, confirmed_at__isnull=False)
        return waiting.order_by("created_at", "pk")

    def waiting_for(self, departments: models.QuerySet[Department], city: City) -> Self:
        """What these bodies still have to answer in the city, the earliest due first."""
        return self.filter(city=city, department__in=departments, status__in=workflow.WAITING).order_by(
            F("due_at").asc(nulls_last=True), "pk"
        )

    def unanswered(self, city: City) -> Self:
        """Published reports nobody answers for: a queue of its own."""
        return self.filter(city=city, department=None, status__in=workflow.WAITING).order_by(
            "published_at", "pk"
        )

    def overdue(self, now: datetime) -> Self:
        """Reports that were due before today, by their city's clocks; not while the reporter is asked something."""
        today = Func(
            Value("day"),
            Value(now, output_field=models.DateTimeField()),
            F("city__time_zone"),
            function="date_trunc",
            output_field=models.DateTimeField(),
        )
        # The first bound is the one that indexes know.
        return self.filter(status__in=workflow.WAITING, asked_at=None, due_at__lt=now).filter(
            due_at__lt=today
        )

    def within(self, point: Point, radius_m: float) -> Self:
        """Reports within so many metres of the point, on the spheroid."""
        # The box is what the index of `point` knows; the circle decides.
        box = Polygon.from_bbox(box_around(point.x, point.y, radius_m))
        box.srid = WGS84
        within = Func(
            *_both_as_geography(point),
            Value(radius_m),
            function="ST_DWithin",
            output_field=models.BooleanField(),
        )
        return self.filter(within, point__bboverlaps=box)

    def near(self, point: Point, radius_m: float) -> Self:
        """Reports within so many metres of the point, on the spheroid, the nearest first, with `distance_m`."""
        distance = Func(*_both_as_geography(point), function="ST_Distance", output_field=models.FloatField())
        near = self.within(point, radius_m).annotate(distance_m=distance)
        return near.order_by("distance_m", "pk")

    def dear_to(self, user: User) -> Self:
        """What this person reported, supports or follows."""
        own = Report.objects.filter(reporter=user).order_by().values("pk")
        supported = Report.objects.filter(supports__user=user).order_by().values("pk")
        followed = Report.objects.filter(followers__user=user).order_by().values("pk")
        return self.filter(pk__in=own.union(supported, followed))

    def with_group(self) -> Self:
        """The same with `status_group`, the word the public knows."""
        whens = [
            When(status__in=list(statuses), then=Value(group.value))
            for group, statuses in workflow.GROUPS.items()
        ]
        return self.annotate(status_group=Case(*whens, default=Value(""), output_field=models.CharField()))

    def piled(self) -> Self:
        """Those that weigh nothing, as they lie where nobody could place them (`reports.piles`)."""
        return self.filter(priority=0, status__in=workflow.PUBLIC)

    def weighed(self) -> Self:
        """The same with `weight`, how much it matters on the heat map, in hundredths of a point."""
        return self.annotate(weight=F("priority"))


def _both_as_geography(point: Point) -> tuple[Geography, Geography]:
    return Geography(F("point")), Geography(Value(point, output_field=models.PointField(srid=WGS84)))


class Report(models.Model):
    """A problem somebody told the city about (Open311 `service_request`)."""

    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="reports")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="reports")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.RECEIVED)
    text = models.TextField(_("description"), max_length=TEXT_LIMIT)
    address = models.CharField(_("address"), max_length=200, blank=True)
    point = models.PointField(srid=WGS84, null=True, blank=True)
    point_mercator = GeneratedField(
        expression=Transform("point", WEB_MERCATOR),
        output_field=models.PointField(srid=WEB_MERCATOR, null=True),
        db_persist=True,
    )
    cell = GeneratedField(
        expression=Func("point", function="web_cell"),
        output_field=models.BigIntegerField(null=True),
        db_persist=True,
    )

    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="reports"
    )
    asset = models.ForeignKey(Asset, on_delete=models.SET_NULL, null=True, blank=True, related_name="reports")
    decision = models.JSONField(default=dict, help_text=_("why it went where it went, as data"))
    due_at = models.DateTimeField(null=True, blank=True)

    private = models.BooleanField(
        default=False, db_default=False, help_text=_("answered, but shown to nobody else")
    )
    disputed = models.BooleanField(
        default=False, db_default=False, help_text=_("somebody says that it isn't solved")
    )
    asked_at = models.DateTimeField(
        null=True, blank=True, help_text=_("since when the reporter is asked something")
    )
    planned_for = models.DateField(null=True, blank=True)
    passed_to = models.CharField(max_length=200, blank=True, db_default="")
    duplicate_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="duplicates"
    )
    supporters = models.PositiveIntegerField(
        default=0, db_default=0, help_text=_("people who support it, its reporter not counted")
    )
    priority = models.PositiveIntegerField(
        default=0,
        db_default=0,
        help_text=_(
            "its weight on the heat map, in hundredths of a point; 0 while it isn’t public or in a pile"
        ),
    )
    assignee = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="assigned"
    )
    claimed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    claimed_at = models.DateTimeField(null=True, blank=True)
    welcomes_help = models.BooleanField(default=False, db_default=False)
    answers = models.JSONField(
        default=dict,
        db_default=Value({}, models.JSONField()),
        blank=True,
        help_text=_("to the service's questions, by their codes"),
    )

    reporter = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="reports"
    )
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)

    shows_name = models.BooleanField(
        default=False, db_default=False, help_text=_("its reporter wants to be named")
    )
    on_behalf = models.BooleanField(default=False, db_default=False, help_text=_("written down by staff"))
    original_text = models.TextField(blank=True, db_default="", help_text=_("as it came in"))

    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(
        default=timezone.now, null=True, blank=True, help_text=_("when its sender proved the address")
    )
    published_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    token = models.CharField(
        max_length=40, unique=True, default=new_token, help_text=_("opens it for its sender")
    )
    idempotency_key = models.CharField(max_length=64, unique=True, null=True, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True, help_text=_("of what was sent with the key"))
    reference = models.CharField(
        max_length=120, blank=True, help_text=_("its number where it was imported from")
    )
    flags = models.JSONField(default=list, help_text=_("what an import found odd about it"))

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            *geometry_checks("report", "point", optional=True),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="report_status_is_known"),
            models.CheckConstraint(
                condition=Q(status__in=[Status.RECEIVED, Status.REJECTED])
                | Q(point__isnull=False, published_at__isnull=False),
                name="report_published_has_a_place",
            ),
            models.CheckConstraint(condition=~Q(text="") | ~Q(reference=""), name="report_says_something"),
            models.CheckConstraint(
                condition=~Q(status=Status.DUPLICATE) | Q(duplicate_of__isnull=False) | ~Q(reference=""),
                name="report_duplicate_of_something",
            ),
            models.CheckConstraint(condition=~Q(duplicate_of=F("id")), name="report_not_its_own_duplicate"),
            models.UniqueConstraint(
                fields=["city", "reference"], condition=~Q(reference=""), name="report_reference_in_city"
            ),
        ]
        indexes = [
            GistIndex(fields=["point_mercator"], name="report_tiles"),
            models.Index(fields=["city", "-published_at", "-id"], name="report_newest"),
            models.Index(
                fields=["department", "due_at"],
                condition=Q(status__in=workflow.WAITING),
                name="report_waiting",
            ),
            models.Index(
                fields=["city", "created_at"], condition=Q(status=Status.RECEIVED), name="report_received"
            ),
            models.Index(fields=["city", "service"], name="report_service"),
            GistIndex(
                fields=["point_mercator"],
                condition=Q(priority=0, status__in=workflow.PUBLIC),
                name="report_piled",
            ),
            models.Index(fields=["city", "-supporters", "-id"], name="report_supported"),
            models.Index(F("city"), WAITING_FIRST, F("published_at"), F("id"), name="report_longest_waiting"),
            # In capitals, as `icontains` compares.
            GinIndex(
                OpClass(Upper("text"), name="gin_trgm_ops"),
                OpClass(Upper("address"), name="gin_trgm_ops"),
                name="report_words",
            ),
            models.Index(
                fields=["city", "cell"],
                include=["service", *_FOR_PLACES],
                condition=Q(private=False),
                name="report_cells",
            ),
            models.Index(
                fields=["service", "cell"],
                include=_FOR_PLACES,
                condition=Q(private=False),
                name="report_service_cells",
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.pk}"

    @property
    def group(self) -> Group | None:
        """Its public group, None while it isn't public."""
        return workflow.group_of(Status(self.status))

    @property
    def section_is_routed(self) -> bool:
        """Problems are routed to who answers; ideas wait for support."""
        return self.service.section.code == Section.PROBLEMS

    @property
    def headline(self) -> str:
        """What it is called in lists: an idea by its first line, a problem by its category."""
        return str(self.service) if self.section_is_routed else self.text.partition("\n")[0]

    @property
    def details(self) -> str:
        """What an idea says after its headline."""
        return self.text.partition("\n")[2].strip()

    @property
    def is_public(self) -> bool:
        return self.status in workflow.PUBLIC and not self.private

    @property
    def is_overdue(self) -> bool:
        """Whether it was due on a day before today and still waits; not while the reporter is asked something."""
        running = self.status in workflow.WAITING and self.asked_at is None
        if not running or self.due_at is None or self.due_at > timezone.now():
            return False
        zone = ZoneInfo(self.city.time_zone)
        return timezone.localdate(self.due_at, zone) < timezone.localdate(timezone=zone)

    @property
    def is_open(self) -> bool:
        """Whether a department still has to answer it."""
        return self.status in workflow.WAITING

    @property
    def takes_help(self) -> bool:
        """Whether anybody may offer to help: where the department welcomes it, and with ideas, while they are open."""
        welcome = self.welcomes_help or not self.section_is_routed
        return welcome and self.is_open and self.is_public

    def can_become(self, then: Status) -> bool:
        return then in workflow.NEXT[Status(self.status)]


class ReportDistrict(models.Model):
    """The district of a set that held the report on its day; kept when the districts change later."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="+")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="districts")
    set = models.ForeignKey(DistrictSet, on_delete=models.PROTECT, related_name="+")
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="report_districts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "set"], name="reportdistrict_one_in_set")]

    def __str__(self) -> str:
        return f"{self.report}: {self.district}"
