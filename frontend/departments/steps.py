"""What a department can do with a report: for each verb its form, its words, and the action behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from districts.models import Purpose, Role, User
from frontend.departments import forms
from reports import actions
from reports.models import Report
from reports.workflow import Status

Said = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    verb: str
    title: Promise
    button: Promise
    done: Promise
    form: type[forms.StepForm]
    do: Callable[[Report, User | None, Said], object]
    leads_to: Status | None = None
    """The status it leads to; it is offered where that may follow. None: while the report is open."""
    first: bool = False
    """Whether it stands open on the screen; the others unfold."""
    by_link: bool = False
    """Whether it may be done by a link without an account."""
    purpose: Purpose | None = None
    """Which of the sentences that staff use often fit it."""
    speaks: str = "reason"
    """The field for its words."""

    def fits(self, report: Report) -> bool:
        return report.can_become(self.leads_to) if self.leads_to else report.is_open


def _resolve(report: Report, by: User | None, said: Said) -> None:
    # The photo stays only if the report is resolved.
    with transaction.atomic():
        if said.get("photo"):
            actions.attach(report, said["photo"], role="outcome", author=by)
        actions.resolve(report.pk, by, said["reason"])


S, F = Status, forms
STEPS = (
    Step(
        "start", _("Start the work"), _("Start"), _("The report is in work."), F.StartForm,
        lambda report, by, said: actions.start(report.pk, by, said["reason"]), S.IN_PROGRESS, first=True, by_link=True,
    ),
    Step(
        "resolve", _("Say that it is solved"), _("Resolved"), _("The report is resolved."), F.ResolveForm,
        _resolve, S.RESOLVED, first=True, by_link=True, purpose=Purpose.RESOLVE,
    ),
    Step(
        "plan", _("Plan it for a day"), _("Plan"), _("The report is planned."), F.PlanForm,
        lambda report, by, said: actions.plan(report.pk, by, said["day"], said["reason"]), S.PLANNED, by_link=True,
        purpose=Purpose.PLAN,
    ),
    Step(
        "pass-on", _("Pass it on to somebody outside"), _("Pass on"), _("The report is passed on."), F.PassOnForm,
        lambda report, by, said: actions.pass_on(report.pk, by, said["to"], said["reason"]), S.PASSED_ON,
        purpose=Purpose.PASS_ON,
    ),
    Step(
        "ask", _("Ask the sender"), _("Ask"), _("The sender is asked."), F.AskForm,
        lambda report, by, said: actions.ask(report.pk, by, said["question"]) if by else None,
        purpose=Purpose.ASK, speaks="question",
    ),
    Step(
        "reroute", _("It is not ours"), _("Send on"), _("The report is sent on."), F.RerouteForm,
        lambda report, by, said: actions.reroute(report.pk, by, said["to"], said["reason"]) if by else None,
    ),
    Step(
        "recategorise", _("It is another category"), _("Move"), _("The report is moved."), F.RecategoriseForm,
        lambda report, by, said: actions.recategorise(report.pk, said["service"], by, said["reason"], Role.DEPARTMENT)
        if by else None,
    ),
    Step(
        "merge", _("It is a duplicate"), _("Merge"), _("The report is merged."), F.MergeForm,
        lambda report, by, said: actions.merge(report.pk, said["into"], by, Role.DEPARTMENT) if by else None,
        S.DUPLICATE,
    ),
    Step(
        "assign", _("Give it to somebody"), _("Give"), _("The report is given."), F.AssignForm,
        lambda report, by, said: actions.assign(report.pk, said["to"]),
    ),
    Step(
        "comment", _("Answer in public"), _("Answer"), _("The answer is published."), F.CommentForm,
        lambda report, by, said: actions.comment(report.pk, by, said["text"], report.department) if by else None,
    ),
    Step(
        "decline", _("Decline it"), _("Decline"), _("The report is declined."), F.DeclineForm,
        lambda report, by, said: actions.decline(report.pk, by, said["reason"]), S.DECLINED,
        purpose=Purpose.DECLINE,
    ),
)  # fmt: skip
BY_VERB = {step.verb: step for step in STEPS}
