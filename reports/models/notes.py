"""What staff tell each other about a report, and whom they let answer it."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from districts.models import Department, User
from reports.models.report import Report


class InternalNoteQuerySet(models.QuerySet["InternalNote"]):
    def visible_to(self, user: User | None) -> Self:
        """Notes on reports of the cities whose staff this person is; none for anybody else."""
        return self.filter(report__city__in=user.staff_city_ids()) if user else self.none()


class InternalNote(models.Model):
    """A word among staff; never public, and forgotten together with the report's sender."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="internal_notes")
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    department = models.ForeignKey(
        Department, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.TextField(_("note"), max_length=2000)
    at = models.DateTimeField(default=timezone.now)

    objects = InternalNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.report}: {self.text[:40]}"


class AnswerLink(models.Model):
    """A link that somebody outside was given to answer one report in a department's name, until a day."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="answer_links")
    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="+")
    given_to = models.CharField(_("for whom"), max_length=120)
    given_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("link for a contractor")
        verbose_name_plural = _("links for contractors")
        ordering = ("given_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("given_at")), name="answerlink_ends_after_it_was_given"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.given_to}"

    @property
    def is_good(self) -> bool:
        """Whether it still opens the report."""
        return self.revoked_at is None and self.expires_at > timezone.now()
