"""Random lives of reports in two cities: every verb, in any order, by anybody; and what must hold after each step."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from districts.models import Department, Holiday, Membership, Role, Section, Service, User
from layers.models import City
from reports import actions, workflow
from reports.errors import Refused
from reports.models import HelpOffer, Letter, Report, StatusChange
from reports.workflow import Status
from tests.town import IN_THE_EAST, IN_THE_WEST, ON_THE_ROAD, Town, box, build_town

WORDS = st.sampled_from(["", "Так", "Ні, не так"])
SAID = [actions.reject, actions.edit, actions.resolve, actions.decline]
PLACES = st.sampled_from([None, IN_THE_WEST, IN_THE_EAST, ON_THE_ROAD])
SETS_A_NEW_DATE = {actions.publish, actions.reroute, actions.recategorise, actions.place, actions.unmerge}
JUDGED = [actions.accept_help, actions.decline_help, actions.mark_helped]
AT_THE_DESK = [
    "publish",
    "reject",
    "claim",
    "release",
    "edit",
    "category",
    "private",
    "merge",
    "unmerge",
    "place",
]


def working_position(moment: datetime, days_off: list[Any]) -> float:
    """Where the moment stands on a clock that runs on working days only, in seconds; reckoned without our calendar."""
    local = timezone.localtime(moment)
    day = np.datetime64(local.date())
    since_midnight = local.hour * 3600 + local.minute * 60 + local.second + local.microsecond / 1e6
    whole = np.busday_count("2026-01-01", day, holidays=days_off) * 86400.0
    return whole + (since_midnight if np.is_busday(day, holidays=days_off) else 0)


class Lives(RuleBasedStateMachine):
    """Several reports of one town, and one of another; each example is undone in its own savepoint."""

    reports = Bundle("reports")

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.town: Town = build_town()
        self.days_off = [timezone.localdate() + timedelta(days=days) for days in (-2, 1, 4)]
        Holiday.objects.bulk_create(
            Holiday(city=self.town.city, day=day, works=False) for day in self.days_off
        )
        self.people = [
            self.town.resident,
            *(User.objects.create_user(f"p{n}@town.example") for n in range(3)),
        ]
        self.published: set[int] = set()
        self.build_the_other_city()

    def build_the_other_city(self) -> None:
        """A city far away with a category, a body, a moderator and a public report of its own."""
        self.other = City.objects.create(
            slug="inshe", name_uk="Інше", boundary=box(20, 40, 21, 41), live=True
        )
        section = Section.objects.create(city=self.other, code=Section.PROBLEMS, name_uk="Проблеми")
        self.foreign_service = Service.objects.create(
            city=self.other, section=section, code="lamp", name_uk="Ліхтар"
        )
        self.foreign_body = Department.objects.create(city=self.other, code="lamps", name_uk="Світло")
        self.foreign_point = self.other.boundary.point_on_surface
        moderator = User.objects.create_user("foreign@town.example")
        Membership.objects.create(user=moderator, city=self.other, role=Role.MODERATOR)
        said = {"service": self.foreign_service, "text": "Темно", "point": self.foreign_point}
        received = actions.submit(actions.Submission(city=self.other, **said)).report
        self.foreign_report = actions.publish(received.pk, moderator).pk
        self.foreign_before = self.photograph(self.foreign_report)
        self.foreign_moderator, self.stranger = moderator, Client()
        self.stranger.force_login(moderator)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def attempt(self, verb: Callable[..., Any], pk: int, *more: Any, **named: Any) -> bool:
        """Do it; if it is refused, nothing of the report may have changed. Whether it was done."""
        before = self.photograph(pk)
        told = Letter.objects.filter(audience="follower").count()
        try:
            with transaction.atomic():
                verb(pk, *more, **named)
        except Refused:
            assert self.photograph(pk) == before
            return False
        after = dict(self.photograph(pk)[0])
        self.check_the_clock(verb, dict(before[0]), after)
        if after["private"] and verb is not actions.merge:
            assert Letter.objects.filter(audience="follower").count() == told
        return True

    def check_the_clock(
        self, verb: Callable[..., Any], before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        """The due date moves by the working time for which the reporter was asked, and by nothing else."""
        if verb in SETS_A_NEW_DATE or before["due_at"] is None:
            return
        waited = 0.0
        if before["asked_at"] is not None and after["asked_at"] is None:
            waited = self.position(after["updated_at"]) - self.position(before["asked_at"])
        assert abs(self.position(after["due_at"]) - self.position(before["due_at"]) - waited) < 1

    def position(self, moment: datetime) -> float:
        return working_position(moment, self.days_off)

    @staticmethod
    def photograph(pk: int) -> tuple[Any, ...]:
        row = Report.objects.filter(pk=pk).values().get()
        return (
            tuple(row.items()),
            StatusChange.objects.filter(report=pk).count(),
            Letter.objects.filter(report=pk).count(),
            tuple(HelpOffer.objects.filter(report=pk).values_list("pk", "state")),
        )

    @staticmethod
    def people_of(pk: int) -> tuple[Any, ...]:
        """How many support it, who they are, and who follows it."""
        report = Report.objects.get(pk=pk)
        return (
            report.supporters,
            set(report.supports.values_list("user", flat=True)),
            set(report.followers.values_list("user", "email")),
        )

    @initialize(target=reports)
    def first(self) -> int:
        return self.town.report(reporter=self.people[0]).pk

    @initialize(target=reports)
    def one_that_is_public(self) -> int:
        return self.town.published(reporter=self.people[1]).pk

    @rule(target=reports, place=PLACES, who=st.integers(-1, 3))
    def submit(self, place, who) -> int:
        reporter = self.people[who] if who >= 0 else None
        return self.town.report(
            point=place, address="десь", reporter=reporter, contact_email="a@town.example"
        ).pk

    @rule(pk=reports, place=PLACES.filter(bool))
    def place(self, pk, place) -> None:
        self.attempt(actions.place, pk, place, self.town.moderator)

    @rule(pk=reports)
    def publish(self, pk) -> None:
        self.attempt(actions.publish, pk, self.town.moderator)

    @rule(pk=reports, words=WORDS, verb=st.sampled_from(SAID))
    def say(self, pk, words, verb) -> None:
        self.attempt(verb, pk, self.town.moderator, words)

    @rule(pk=reports, words=WORDS)
    def start(self, pk, words) -> None:
        self.attempt(actions.start, pk, self.town.electrician, words)

    @rule(pk=reports, days=st.integers(-2, 5))
    def plan(self, pk, days) -> None:
        self.attempt(actions.plan, pk, self.town.electrician, timezone.localdate() + timedelta(days=days))

    @rule(pk=reports, words=WORDS)
    def pass_on(self, pk, words) -> None:
        self.attempt(actions.pass_on, pk, self.town.electrician, words)

    @rule(pk=reports, words=WORDS, to=st.sampled_from(["roads", "lamps", None]))
    def reroute(self, pk, words, to) -> None:
        body = getattr(self.town, to) if to else None
        self.attempt(actions.reroute, pk, self.town.electrician, body, words)

    @rule(pk=reports, words=WORDS)
    def ask(self, pk, words) -> None:
        self.attempt(actions.ask, pk, self.town.electrician, words)

    @rule(pk=reports, hours=st.integers(1, 200))
    def the_question_is_older(self, pk, hours) -> None:
        """As if so many hours more had passed since the reporter was asked."""
        for report in Report.objects.filter(pk=pk, asked_at__isnull=False):
            earlier = report.asked_at - timedelta(hours=hours)
            Report.objects.filter(pk=pk).update(asked_at=earlier)

    @rule(pk=reports, hours=st.integers(1, 200))
    def a_question_is_answered_later(self, pk, hours) -> None:
        self.attempt(actions.ask, pk, self.town.electrician, "Де саме?")
        self.the_question_is_older(pk, hours)
        self.attempt(actions.answer, pk, None, "Біля школи")

    @rule(pk=reports, words=WORDS)
    def answer(self, pk, words) -> None:
        self.attempt(actions.answer, pk, None, words)

    @rule(pk=reports)
    def confirm(self, pk) -> None:
        self.attempt(actions.confirm, pk, None)

    @rule(pk=reports, words=WORDS)
    def reopen(self, pk, words) -> None:
        self.attempt(actions.reopen, pk, None, words)

    @rule(pk=reports, who=st.integers(0, 3), near=st.booleans())
    def object_to(self, pk, who, near) -> None:
        point = Report.objects.get(pk=pk).point if near else None
        self.attempt(actions.object_to, pk, self.people[who], "Досі так", point=point)

    @rule(
        pk=reports, who=st.integers(0, 3), verb=st.sampled_from([actions.support, actions.withdraw_support])
    )
    def support(self, pk, who, verb) -> None:
        self.attempt(verb, pk, self.people[who])

    @rule(pk=reports, who=st.integers(0, 3))
    def follow(self, pk, who) -> None:
        self.attempt(actions.follow, pk, self.people[who])

    @rule(pk=reports, into=reports)
    def merge(self, pk, into) -> None:
        self.attempt(actions.merge, pk, into, self.town.moderator)

    @rule(pk=reports, words=WORDS)
    def unmerge(self, pk, words) -> None:
        self.attempt(actions.unmerge, pk, self.town.moderator, words)

    @rule(pk=reports, into=reports)
    def merge_and_think_better_of_it(self, pk, into) -> None:
        """Both reports and everybody around them are as before; what nobody had published yet is published now."""
        before = self.people_of(pk), self.people_of(into)
        status = Report.objects.get(pk=pk).status
        if self.attempt(actions.merge, pk, into, self.town.moderator):
            assert self.attempt(actions.unmerge, pk, self.town.moderator, "Інше")
            assert (self.people_of(pk), self.people_of(into)) == before
            assert Report.objects.get(pk=pk).status == ("published" if status == Status.RECEIVED else status)

    @rule(pk=reports, service=st.sampled_from(["lamp", "pothole", "dump"]))
    def recategorise(self, pk, service) -> None:
        self.attempt(actions.recategorise, pk, getattr(self.town, service), self.town.moderator)

    @rule(pk=reports, private=st.booleans())
    def keep_private(self, pk, private) -> None:
        self.attempt(actions.keep_private, pk, self.town.moderator, private=private)

    @rule(pk=reports, welcome=st.booleans())
    def welcome_help(self, pk, welcome) -> None:
        self.attempt(actions.welcome_help, pk, welcome=welcome)

    @rule(pk=reports, who=st.integers(0, 3), words=WORDS)
    def offer_help(self, pk, who, words) -> None:
        report = Report.objects.get(pk=pk)
        if self.attempt(actions.offer_help, pk, self.people[who], words):
            assert report.welcomes_help
            assert report.status in workflow.WAITING
            assert not report.private

    @rule(pk=reports, verb=st.sampled_from(JUDGED))
    def judge_help(self, pk, verb) -> None:
        offer = HelpOffer.objects.filter(report=pk).last()
        if offer is not None:
            self.attempt(lambda _: verb(offer.pk, self.town.electrician), pk)

    @rule(pk=reports, verb=st.sampled_from(AT_THE_DESK), through=st.sampled_from(["horodok", "inshe"]))
    def a_moderator_of_the_other_city_comes(self, pk, verb, through) -> None:
        """Neither the city's own desk nor the one at home lets them touch it."""
        before = self.photograph(pk)
        address = reverse(f"moderation-{verb}", args=[through, pk])
        answer = self.stranger.post(
            address, {"reason": "Бо так", "text": "Інше", "into": self.foreign_report}
        )
        assert answer.status_code == (403 if through == "horodok" else 404)
        assert self.photograph(pk) == before

    @rule(pk=reports, what=st.sampled_from(["merge", "reroute", "recategorise", "place"]))
    def nothing_crosses(self, pk, what) -> None:
        more: dict[str, tuple[Any, ...]] = {
            "merge": (self.foreign_report, self.town.moderator),
            "reroute": (self.town.electrician, self.foreign_body, "Ваше"),
            "recategorise": (self.foreign_service, self.town.moderator),
            "place": (self.foreign_point, self.town.moderator),
        }
        assert not self.attempt(getattr(actions, what), pk, *more[what])

    @invariant()
    def the_other_city_never_changes(self) -> None:
        assert self.photograph(self.foreign_report) == self.foreign_before
        assert Report.objects.filter(city=self.other).count() == 1

    @invariant()
    def everybody_sees_what_is_public_and_their_own(self) -> None:
        for person in (self.people[3], self.foreign_moderator):
            seen = set(Report.objects.visible_to(person).values_list("pk", flat=True))
            for report in Report.objects.all():
                shown = report.published_at is not None and not report.private
                assert (report.pk in seen) == (
                    shown
                    or report.reporter_id == person.pk
                    or (person == self.foreign_moderator and report.city_id == self.other.pk)
                )

    @invariant()
    def whatever_has_to_be_answered_was_routed(self) -> None:
        assert not Report.objects.filter(status__in=workflow.WAITING, decision={}).exists()

    @invariant()
    def the_timeline_thanks_for_each_help_that_was_accepted(self) -> None:
        thanks = {"accepted": 1, "done": 2}
        offers = HelpOffer.objects.values_list("state", flat=True)
        assert StatusChange.objects.filter(note="helped").count() == sum(thanks.get(o, 0) for o in offers)

    @invariant()
    def the_history_tells_how_each_report_came_to_its_status(self) -> None:
        for report in Report.objects.prefetch_related("changes"):
            status = ""
            for change in report.changes.all():
                assert change.before == status
                if change.note:
                    assert change.after == change.before
                elif change.before == Status.DUPLICATE:
                    workflow.check_unmerge(Status(change.before), Status(change.after))
                elif change.before:
                    workflow.check(Status(change.before), Status(change.after))
                status = change.after
            assert status == report.status

    @invariant()
    def what_was_published_stays_published_and_placed(self) -> None:
        now = set(Report.objects.exclude(published_at=None).values_list("pk", flat=True))
        assert self.published <= now
        self.published = now
        assert not Report.objects.filter(pk__in=now, point=None).exists()
        assert not Report.objects.filter(pk__in=now, status__in=["received", "rejected"]).exists()

    @invariant()
    def supporters_are_counted_once_each_and_never_the_reporter(self) -> None:
        for report in Report.objects.prefetch_related("supports"):
            supporters = [one.user_id for one in report.supports.all()]
            assert report.supporters == len(supporters) == len(set(supporters))
            assert report.reporter_id not in supporters

    @invariant()
    def only_a_duplicate_belongs_to_a_case(self) -> None:
        for report in Report.objects.select_related("duplicate_of"):
            assert (report.status == Status.DUPLICATE) == (report.duplicate_of_id is not None)

    @invariant()
    def only_a_closed_report_is_disputed_and_only_an_open_one_waits(self) -> None:
        assert not Report.objects.filter(disputed=True, status__in=workflow.WAITING).exists()
        assert not Report.objects.filter(asked_at__isnull=False).exclude(status__in=workflow.WAITING).exists()
        assert not Report.objects.filter(closed_at=None, status__in=workflow.CLOSING).exists()
        assert not Report.objects.filter(closed_at__isnull=False, status__in=workflow.WAITING).exists()

    @invariant()
    def nobody_gets_two_letters_of_one_event(self) -> None:
        letters = list(Letter.objects.values_list("event", "address"))
        assert len(letters) == len(set(letters))
