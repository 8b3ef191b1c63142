"""The counted grid while several write at once: two by two in every order, then many, with one killed in between."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import psycopg
import pytest
from django.contrib.gis.geos import Point
from django.db import connection, transaction
from django.utils import timezone

from gisportal.bench.scratch import connection_to
from layers.models import City
from reports import cells
from reports.cells import Asked, Facet
from reports.models import Report, ReportDistrict

pytestmark = pytest.mark.django_db(transaction=True)
SEED = 20261124
WRITERS, WRITES = 8, 40


def exact():
    assert [found.wrong for found in cells.recount(mend=False)] == [0] * City.objects.count()


@pytest.fixture
def report(town):
    return Report.objects.create(
        city=town.city,
        service=town.holes,
        status="published",
        text="A hole",
        point=town.place(),
        published_at=timezone.now(),
    )


def waits(pid: int) -> bool:
    """Whether a connection waits for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = %s", [pid])
        return bool(cursor.fetchone()[0])


def one_after_the_other(first: str, second: str) -> None:
    """Run `first`, then `second` on another connection while `first` isn't committed, and commit both.

    `second` waits for `first` or doesn't; in both cases it goes on once that is committed.
    """
    with connection_to() as a, connection_to() as b, ThreadPoolExecutor(1) as other:
        a.execute("BEGIN")
        a.execute(first)  # type: ignore[arg-type]
        going = other.submit(b.execute, second)  # type: ignore[arg-type]
        while not going.done() and not waits(b.info.backend_pid):
            pass
        a.execute("COMMIT")
        going.result(timeout=10)


@pytest.mark.parametrize(
    "change", ["status = 'resolved'", "private = true", "department_id = NULL, disputed = true"]
)
@pytest.mark.parametrize("districts_first", [True, False])
def test_a_report_and_its_districts_may_change_at_once(town, report, change, districts_first):
    update = f"UPDATE reports_report SET {change} WHERE id = {report.pk}"
    insert = (
        "INSERT INTO reports_reportdistrict (city_id, report_id, set_id, district_id)"
        f" VALUES ({town.city.pk}, {report.pk}, {town.west.set_id}, {town.west.pk})"
    )
    one_after_the_other(*((insert, update) if districts_first else (update, insert)))
    exact()


@pytest.mark.parametrize("report_first", [True, False])
def test_a_service_may_move_while_somebody_reports(town, report, report_first):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO districts_section (city_id, code, name) VALUES (%s, 'ideas', 'Ideas') RETURNING id",
            [town.city.pk],
        )
        (ideas,) = cursor.fetchone()
    move = f"UPDATE districts_service SET section_id = {ideas} WHERE id = {town.holes.pk}"
    insert = f"""
        INSERT INTO reports_report (city_id, service_id, status, text, address, point, decision, flags, contact_name,
            contact_email, contact_phone, created_at, updated_at, published_at, token, fingerprint, reference)
        SELECT city_id, service_id, status, text, address, point, decision, flags, '', '', '', created_at, updated_at,
            published_at, 'another', '', '' FROM reports_report WHERE service_id = {town.holes.pk}"""
    one_after_the_other(*((insert, move) if report_first else (move, insert)))
    assert cells.total(Asked(city="town", section="ideas")) == 2
    exact()


def test_a_change_under_a_fixed_snapshot_is_refused(report):
    with connection_to() as a:
        a.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        with pytest.raises(psycopg.errors.FeatureNotSupported):
            a.execute("UPDATE reports_report SET status = 'resolved'")


def test_a_version_that_isnt_committed_is_seen_by_nobody(report):
    before = cells.version("town")
    with connection_to() as a:
        a.execute("BEGIN")
        a.execute("UPDATE reports_report SET status = 'resolved'")
        assert cells.version("town") == before
        a.execute("COMMIT")
    assert cells.version("town") > before


def at_once(jobs: list[Callable[[], object]]) -> None:
    with ThreadPoolExecutor(len(jobs)) as pool:
        for done in [pool.submit(job) for job in jobs]:
            done.result(timeout=120)


def test_many_writers_at_one_place_a_folder_and_a_killed_one_leave_exact_counts(town):
    """No deadlock: an error of any writer fails the test, but for the one that is killed on purpose."""
    Report.objects.bulk_create(
        Report(
            city=town.city,
            service=town.holes,
            status="published",
            text="A hole",
            point=Point(30.305, 50.165, srid=4326),
            published_at=timezone.now() - timedelta(days=number),
            due_at=timezone.now(),
        )
        for number in range(50)
    )
    over = Event()

    def writer(number: int) -> None:
        dice = random.Random(SEED + number)
        try:
            for _ in range(WRITES):
                write(town, dice)
        finally:
            connection.close()

    def folder() -> None:
        while not over.wait(0.01):
            cells.fold()
        connection.close()

    def killed() -> None:
        first = Report.objects.order_by("pk").values_list("pk", flat=True)[0]
        connection.close()
        for _ in range(5):
            victim = connection_to()
            victim.execute("BEGIN")
            victim.execute("SELECT reports_fold_cells(NULL)")
            victim.execute("UPDATE reports_report SET status = 'declined' WHERE id = %s", [first])
            with connection_to() as other:
                other.execute("SELECT pg_terminate_backend(%s)", [victim.info.backend_pid])
            victim.close()

    with ThreadPoolExecutor(1) as pool:
        folding = pool.submit(folder)
        try:
            at_once([*(lambda n=n: writer(n) for n in range(WRITERS)), killed])
        finally:
            over.set()
        folding.result(timeout=60)
    exact()
    assert sum(cells.counts(Asked(city="town"), Facet.MONTH).values()) == Report.objects.public().count()


def write(town, dice: random.Random) -> None:
    """One transaction of one to three writes, each of a report chosen by chance, in rising order of their numbers."""
    some = sorted(dice.sample(list(Report.objects.order_by("pk").values_list("pk", flat=True)[:50]), 3))
    with transaction.atomic():
        for pk in some[: dice.randint(1, 3)]:
            status = dice.choice(["published", "planned", "resolved", "reopened"])
            Report.objects.filter(pk=pk).update(status=status, priority=dice.randint(0, 500))
            if dice.random() < 0.5:
                ReportDistrict.objects.update_or_create(
                    report_id=pk,
                    set=town.west.set,
                    defaults={"city": town.city, "district": dice.choice([town.west, town.east])},
                )
        if dice.random() < 0.1:
            transaction.set_rollback(True)
