"""What happened to a report, step by step."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from districts.models import Department, Role, User
from reports.models.report import Report
from reports.workflow import Status

ROLES = [("reporter", _("reporter")), ("resident", _("resident")), ("import", _("import")), *Role.choices]


class Note(models.TextChoices):
    """Steps that leave the status as it is."""

    REROUTED = "rerouted", _("sent to somebody else")
    RECATEGORISED = "recategorised", _("moved to another category")
    PLACED = "placed", _("put on the map")
    EDITED = "edited", _("edited by a moderator")
    ASKED = "asked", _("the reporter was asked")
    ANSWERED = "answered", _("the reporter answered")
    DISPUTED = "disputed", _("disputed")
    MERGED_HERE = "merged_here", _("a duplicate was merged")
    HELPED = "helped", _("help was accepted")


class StatusChange(models.Model):
    """One step of a report's life: who, in which role, what and why. Appended, never edited; the database refuses."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField(default=timezone.now)
    before = models.CharField(max_length=20, choices=Status.choices, blank=True)
    after = models.CharField(max_length=20, choices=Status.choices)
    actor = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=20, choices=ROLES)
    department = models.ForeignKey(
        Department, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(_("reason"), blank=True, help_text=_("public words"))
    note = models.CharField(
        max_length=20,
        choices=Note.choices,
        blank=True,
        db_default="",
        help_text=_("what happened besides the status"),
    )
    details = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()), blank=True)

    class Meta:
        verbose_name = _("status change")
        verbose_name_plural = _("status changes")
        ordering = ("at", "pk")
        indexes = [models.Index(fields=["report", "at"], name="statuschange_of_report")]
        constraints = [
            models.CheckConstraint(condition=Q(after__in=Status.values), name="statuschange_after_is_known"),
            models.CheckConstraint(
                condition=Q(before__in=["", *Status.values]), name="statuschange_before_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.before} → {self.after}"
