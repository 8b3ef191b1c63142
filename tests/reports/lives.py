"""Random lives of reports: every verb, in any order, by anybody; and what must hold after each step."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from districts.models import User
from reports import actions, workflow
from reports.errors import Refused
from reports.models import Letter, Report, StatusChange
from reports.workflow import Status
from tests.town import IN_THE_EAST, IN_THE_WEST, ON_THE_ROAD, Town, build_town

WORDS = st.sampled_from(["", "Так", "Ні, не так"])
SAID = [actions.reject, actions.edit, actions.resolve, actions.decline]
PLACES = st.sampled_from([None, IN_THE_WEST, IN_THE_EAST, ON_THE_ROAD])


class Lives(RuleBasedStateMachine):
    """Several reports of one town; each example is undone in its own savepoint."""

    reports = Bundle("reports")

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.town: Town = build_town()
        self.people = [
            self.town.resident,
            *(User.objects.create_user(f"p{n}@town.example") for n in range(3)),
        ]
        self.published: set[int] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def attempt(self, verb, pk: int, *more, **named) -> None:
        """Do it; if it is refused, nothing of the report may have changed."""
        before = self.photograph(pk)
        try:
            with transaction.atomic():
                verb(pk, *more, **named)
        except Refused:
            assert self.photograph(pk) == before

    @staticmethod
    def photograph(pk: int) -> tuple:
        row = Report.objects.filter(pk=pk).values().get()
        return (
            tuple(row.items()),
            StatusChange.objects.filter(report=pk).count(),
            Letter.objects.filter(report=pk).count(),
        )

    @initialize(target=reports)
    def first(self) -> int:
        return self.town.report(reporter=self.people[0]).pk

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

    @rule(pk=reports, into=reports)
    def merge(self, pk, into) -> None:
        self.attempt(actions.merge, pk, into, self.town.moderator)

    @rule(pk=reports, words=WORDS)
    def unmerge(self, pk, words) -> None:
        self.attempt(actions.unmerge, pk, self.town.moderator, words)

    @rule(pk=reports, service=st.sampled_from(["lamp", "pothole", "dump"]))
    def recategorise(self, pk, service) -> None:
        self.attempt(actions.recategorise, pk, getattr(self.town, service), self.town.moderator)

    @rule(pk=reports, private=st.booleans())
    def keep_private(self, pk, private) -> None:
        self.attempt(actions.keep_private, pk, self.town.moderator, private=private)

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
