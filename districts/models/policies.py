"""What a city decides about its own portal: who may report, how long, in which words."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from districts.models.services import Service
from layers.models import UKRAINIAN, City


class Reporters(models.TextChoices):
    """Who may report a problem in a city."""

    ANYONE = "anyone", _("anyone")
    CONFIRMED = "confirmed", _("anyone with a confirmed e-mail address")
    REGISTERED = "registered", _("registered people")


class Policy(models.Model):
    """The rules of one city; a city without a row lives by the defaults."""

    city = models.OneToOneField(City, on_delete=models.CASCADE, related_name="policy", primary_key=True)
    reporters = models.CharField(
        _("who may report"), max_length=12, choices=Reporters.choices, default=Reporters.ANYONE
    )
    reopen_days = models.PositiveSmallIntegerField(
        _("days in which the reporter may open a report again"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
    )
    objections_needed = models.PositiveSmallIntegerField(
        _("residents whose objection opens a report again"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    objection_radius_m = models.PositiveSmallIntegerField(
        _("metres within which an objection counts without a photo"), default=200
    )
    retention_months = models.PositiveSmallIntegerField(
        _("months after closing until contact data are forgotten"), default=36
    )
    takes_ideas = models.BooleanField(_("takes ideas besides problems"), default=False)
    is_formal_appeal = models.BooleanField(
        _("a report is a formal appeal under the Law of Ukraine on Citizens' Appeals"), default=False
    )
    quiet_from = models.TimeField(_("no letters from"), null=True, blank=True)
    quiet_until = models.TimeField(_("no letters until"), null=True, blank=True)

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        constraints = [
            models.CheckConstraint(
                condition=Q(reporters__in=Reporters.values), name="policy_reporters_are_known"
            ),
            models.CheckConstraint(condition=Q(objections_needed__gte=1), name="policy_needs_an_objection"),
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="policy_quiet_begins_and_ends",
            ),
        ]

    def __str__(self) -> str:
        return str(self.city)

    @classmethod
    def of(cls, city: City) -> "Policy":
        """The city's policy, the defaults where it has decided nothing; asked once for each city object."""
        try:
            return city.policy
        except cls.DoesNotExist:
            city.policy = cls(city=city)
            return city.policy


class Holiday(models.Model):
    """A day on which the city doesn't work, besides the country's holidays, or does in spite of one."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="holidays")
    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    works = models.BooleanField(_("the city works on this day"), default=False)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ("day",)
        constraints = [models.UniqueConstraint(fields=["city", "day"], name="holiday_once")]

    def __str__(self) -> str:
        return f"{self.day}: {self.name}"


class Purpose(models.TextChoices):
    """Where a canned text is offered."""

    REJECT = "reject", _("rejecting")
    RESOLVE = "resolve", _("resolving")
    DECLINE = "decline", _("declining")
    PASS_ON = "pass_on", _("passing on")
    PLAN = "plan", _("planning")
    ASK = "ask", _("asking the reporter")


class CannedText(models.Model):
    """A sentence that staff use often, in both languages."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="canned_texts")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    title = models.CharField(_("title"), max_length=120, db_collation=UKRAINIAN)
    text = models.TextField(_("text"), max_length=2000)

    class Meta:
        verbose_name = _("canned text")
        verbose_name_plural = _("canned texts")
        ordering = ("purpose", "title")
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values), name="cannedtext_purpose_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Page(models.Model):
    """A page the city writes: rules, privacy, accessibility, contacts."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="pages")
    slug = models.CharField(max_length=40, validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z")])
    title = models.CharField(_("title"), max_length=160, db_collation=UKRAINIAN)
    body = models.TextField(_("text"), max_length=40000)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ("slug",)
        constraints = [models.UniqueConstraint(fields=["city", "slug"], name="page_slug_in_city")]

    def __str__(self) -> str:
        return self.title


class Datatype(models.TextChoices):
    """What an answer is (Open311 GeoReport v2, service definition, `datatype`)."""

    STRING = "string", _("short text")
    TEXT = "text", _("long text")
    NUMBER = "number", _("number")
    DATETIME = "datetime", _("date")
    ONE = "singlevaluelist", _("one of a list")
    MANY = "multivaluelist", _("any of a list")


class Question(models.Model):
    """Something a service wants to know besides (Open311 attribute)."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="questions")
    code = models.CharField(max_length=40, validators=[RegexValidator(r"^[a-z][a-z0-9_]*\Z")])
    label = models.CharField(_("question"), max_length=300)
    hint = models.CharField(_("hint"), max_length=300, blank=True)
    datatype = models.CharField(max_length=16, choices=Datatype.choices, default=Datatype.STRING)
    required = models.BooleanField(_("must be answered"), default=False)
    choices = models.JSONField(
        default=list,
        blank=True,
        help_text=_("for lists: objects with key, uk, en and perhaps stop_uk, stop_en"),
    )
    order = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ("order", "pk")
        constraints = [
            models.UniqueConstraint(fields=["service", "code"], name="question_code_in_service"),
            models.CheckConstraint(
                condition=Q(datatype__in=Datatype.values), name="question_datatype_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.label
