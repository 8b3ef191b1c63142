"""The counted grid: whatever is written, by whichever way, its sums are those of the reports."""

from datetime import UTC, datetime, timedelta

import mapbox_vector_tile
import pytest
from django.contrib.gis.geos import Point
from django.core.management import CommandError, call_command
from django.db import NotSupportedError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from districts.models import District, DistrictSet, Section, Service
from layers.catalog import find
from layers.geometry import Tile
from layers.models import City
from layers.tiles import cut
from reports import actions, cells, jobs
from reports.cells import Asked, Facet
from reports.filters import ReportFilter
from reports.models import Report, ReportDistrict
from tests.conftest import box
from tests.reports.counted_singly import counted_one_by_one, reports_of

SEED = 20261124
WAYS = [None, Facet.SERVICE, Facet.DEPARTMENT, Facet.DISTRICT, Facet.MONTH, Facet.DISPUTED]
NOW = timezone.now()
THIS_MONTH = NOW.year * 12 + NOW.month - 1


def questions(town):
    """One of each side the cells know, and some of several at once."""
    city = {"city": town.city.slug}
    west = {"districts": (town.west.pk,)}
    year = {"months": (THIS_MONTH - 11, THIS_MONTH)}
    return [
        Asked(),
        Asked(**city),
        Asked(**city, section=Section.IDEAS),
        Asked(**city, groups=("in_work", "reopened")),
        Asked(**city, services=("holes",)),
        Asked(**city, departments=("roads",)),
        Asked(**city, **west),
        Asked(**city, **year),
        Asked(**city, months=(12, THIS_MONTH - 1)),
        Asked(**city, overdue=True),
        Asked(**city, disputed=True),
        Asked(**city, **year, services=("holes", "dark"), groups=("published",)),
        Asked(**city, **year, departments=("roads",), disputed=True),
        Asked(**city, **west, services=("holes",)),
        Asked(**city, overdue=True, departments=("roads",)),
    ]


def agree(town):
    """Sums, single counts and the recount say the same of every question."""
    for asked in questions(town):
        assert cells.total(asked) == reports_of(asked).count(), asked
        for by in WAYS:
            assert cells.counts(asked, by) == counted_one_by_one(asked, by), (asked, by)
    assert [found.wrong for found in cells.recount(mend=False)] == [0] * City.objects.count()


def shown(layer, tile, filters):
    """How many reports a tile shows, singly or counted."""
    body = cut(find(layer), tile, filters)
    found = mapbox_vector_tile.decode(body)[layer]["features"] if body else []
    return sum(feature["properties"].get("count", 1) for feature in found)


def add_up(town, z):
    """The tiles of a zoom show what the filter set finds, under every filter that the cells know."""
    places = [(p.x, p.y) for p in Report.objects.values_list("point", flat=True) if p]
    tiles = {Tile.covering(lon, lat, z) for lon, lat in places}
    month = NOW.strftime("%Y-%m")
    for filters in [
        {},
        {"status": "published,reopened"},
        {"service": "holes"},
        {"department": "roads"},
        {"district": "w"},
        {"from": month},
        {"to": month, "disputed": "1"},
        {"overdue": "1"},
        {"overdue": "1", "service": "holes"},
        {"service": "holes", "department": "roads", "from": month},
        {"q": "hole"},
    ]:
        asked = {"city": "town", **filters}
        rows = ReportFilter(asked, queryset=Report.objects.public()).qs.count()
        for layer in ("reports", "report-heat"):
            assert sum(shown(layer, tile, asked) for tile in tiles) == rows, (layer, filters)


def of_row(town, **fields):
    """A report as a bulk load writes it."""
    at = fields.pop("at", NOW)
    return Report(
        **{
            "city": town.city,
            "service": town.holes,
            "status": "published",
            "text": "A hole",
            "point": town.place(),
            "published_at": at,
            "created_at": at,
            **fields,
        }
    )


def test_a_report_counts_from_the_moment_it_is_published(town):
    town.received()
    assert cells.total(Asked(city="town")) == 0
    town.published()
    assert cells.total(Asked(city="town")) == 1
    agree(town)


def test_a_report_counts_in_the_district_that_held_it(town):
    town.published()
    assert cells.counts(Asked(city="town"), Facet.DISTRICT) == {town.west.pk: 1}


@pytest.mark.parametrize(("lon", "lat"), [(30.305, 50.165), (-179.9, -60), (0, 0), (180, 90), (-180, -90)])
@pytest.mark.parametrize("z", [0, 1, 7, 14, 22])
def test_a_point_is_numbered_by_the_tile_that_holds_it(db, lon, lat, z):
    with connection.cursor() as cursor:
        cursor.execute("SELECT web_cell(ST_SetSRID(ST_MakePoint(%s, %s), 4326))", [lon, lat])
        (code,) = cursor.fetchone()
    first, last = Tile.covering(lon, lat, z).codes()
    assert first <= code <= last


def test_a_private_report_counts_nowhere(town):
    report = town.published()
    Report.objects.filter(pk=report.pk).update(private=True)
    assert cells.total(Asked(city="town")) == 0
    Report.objects.filter(pk=report.pk).update(private=False)
    agree(town)


def test_a_city_that_is_not_live_counts_nothing(town):
    town.published()
    City.objects.update(live=False)
    assert (cells.total(Asked()), cells.total(Asked(city="town"))) == (0, 0)


def test_months_are_those_of_the_citys_clocks(town):
    # 23:30 on the last of March in Greenwich is April in Kyiv.
    Report.objects.bulk_create([of_row(town, at=datetime(2026, 3, 31, 23, 30, tzinfo=UTC))])
    assert cells.counts(Asked(city="town"), Facet.MONTH) == {2026 * 12 + 3: 1}


def test_a_city_that_moves_to_another_time_zone_is_counted_again(town):
    Report.objects.bulk_create([of_row(town, at=datetime(2026, 3, 31, 23, 30, tzinfo=UTC))])
    City.objects.update(time_zone="UTC")
    assert cells.counts(Asked(city="town"), Facet.MONTH) == {2026 * 12 + 2: 1}
    assert [found.wrong for found in cells.recount(mend=False)] == [0]


def test_a_service_that_moves_to_another_section_takes_its_reports_along(town):
    town.published()
    ideas = Section.objects.create(city=town.city, code=Section.IDEAS, name="Ideas")
    Service.objects.filter(pk=town.holes.pk).update(section=ideas)
    assert cells.total(Asked(city="town", section=Section.IDEAS)) == 1
    agree(town)


def test_what_was_due_yesterday_is_overdue_and_what_is_due_today_is_not(town):
    day = timezone.now().replace(hour=10, minute=0)
    Report.objects.bulk_create(
        of_row(town, due_at=day - timedelta(days=back)) for back in (-1, 0, 1, 2, 40, 100, 5000)
    )
    assert cells.total(Asked(city="town", overdue=True)) == 5
    agree(town)


def test_days_due_that_lie_long_behind_are_thrown_away_and_change_no_answer(town):
    Report.objects.bulk_create(of_row(town, due_at=NOW - timedelta(days=back)) for back in (1, 30, 44, 100))
    cells.fold()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reports_cell SET value = value - 60 WHERE facet = 6")
        jobs.forget_due_days(timestamp=0)
        cursor.execute("SELECT count(*) FROM reports_cell WHERE facet = 6")
        assert cursor.fetchone() == (0,)
    cells.recount()
    assert cells.total(Asked(city="town", overdue=True)) == 4


def test_the_clock_stops_while_the_reporter_is_asked(town):
    Report.objects.bulk_create([of_row(town, due_at=NOW - timedelta(days=3))])
    Report.objects.update(asked_at=NOW)
    assert cells.total(Asked(city="town", overdue=True)) == 0
    agree(town)


def test_deleted_reports_count_no_more(town):
    town.published()
    ReportDistrict.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM reports_statuschange WHERE false")
    assert cells.counts(Asked(city="town"), Facet.DISTRICT) == {}
    Report.objects.bulk_create([of_row(town)])
    Report.objects.filter(decision={}).delete()
    agree(town)


def test_a_statement_that_writes_reports_and_districts_at_once_is_refused(town):
    report = town.published()
    with pytest.raises(NotSupportedError, match="two statements"), connection.cursor() as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM reports_reportdistrict WHERE report_id = %s)"
            " UPDATE reports_report SET private = true",
            [report.pk],
        )


def test_emptying_the_table_empties_the_counts(town):
    town.published()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE reports_report CASCADE")
    assert cells.total(Asked()) == 0
    agree(town)


def test_a_large_statement_folds_itself(town):
    Report.objects.bulk_create(
        of_row(town, point=Point(30.30 + n / 3000, 50.165, srid=4326), at=NOW - timedelta(days=n))
        for n in range(1500)
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM reports_celldelta")
        assert cursor.fetchone() == (0,)
    agree(town)


def test_folding_changes_no_answer_and_no_version(town):
    for _ in range(3):
        town.published()
    before = cells.version("town"), cells.total(Asked(city="town"))
    jobs.fold_cells(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM reports_celldelta")
        assert cursor.fetchone() == (0,)
    assert (cells.version("town"), cells.total(Asked(city="town"))) == before
    agree(town)


@pytest.mark.parametrize("z", [0, 9, 12, 13, 15, 16, 17, 18, 20])
def test_the_tiles_of_a_zoom_add_up_to_a_crowd_of_reports(town, z):
    """Seven hundred in one street, most of them on one spot: more than any tile shows singly."""
    Report.objects.bulk_create(
        of_row(
            town,
            service=[town.holes, town.dark][n % 3 == 0],
            status=["published", "planned", "resolved"][n % 3],
            department=town.roads_body if n % 2 else None,
            point=Point(30.305 + (n % 5 == 0) * n / 100_000, 50.165, srid=4326),
            due_at=NOW - timedelta(days=n % 90 - 10),
            at=NOW - timedelta(days=n % 70),
            disputed=n % 7 == 0,
        )
        for n in range(700)
    )
    ReportDistrict.objects.bulk_create(
        ReportDistrict(city=town.city, report=report, set=town.west.set, district=town.west)
        for report in Report.objects.filter(pk__in=[r.pk for r in Report.objects.all() if r.pk % 2])
    )
    add_up(town, z)


def test_the_version_moves_with_what_tiles_show_and_with_nothing_else(town):
    report = town.published()
    before = cells.version("town")
    actions.start(report.pk, town.worker)
    moved = cells.version("town")
    # Planned and in progress are one group and count alike, but a tile tells them apart.
    actions.plan(report.pk, town.worker, timezone.localdate() + timedelta(days=9), "Next week")
    planned = cells.version("town")
    Report.objects.update(claimed_at=NOW, text="Another hole")
    assert before < moved < planned == cells.version("town")


def test_what_is_rolled_back_was_never_counted(town):
    before = cells.version()
    with transaction.atomic():
        Report.objects.bulk_create([of_row(town)])
        assert cells.total(Asked()) == 1
        transaction.set_rollback(True)
    assert (cells.total(Asked()), cells.version()) == (0, before)


def test_wrong_counts_are_found_and_put_right(town, capsys):
    town.published()
    cells.fold()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reports_cell SET n = n + 1 WHERE facet = 0 AND level = 12")
    before = cells.version("town")
    with pytest.raises(CommandError):
        call_command("recount_cells", "--check")
    call_command("recount_cells", "--city", "town")
    assert "town: " in capsys.readouterr().out
    assert cells.version("town") > before
    agree(town)


def test_districts_of_two_sets_are_no_question_for_the_cells(town):
    other = DistrictSet.objects.create(city=town.city, code="cleaning", name="Cleaning")
    District.objects.create(city=town.city, set=other, code="c", geometry=box(30.30, 50.16, 30.34, 50.18))
    assert cells.known({"city": "town", "district": ["w", "e"]}) is not None
    assert cells.known({"city": "town", "district": ["w", "c"]}) is None


@pytest.mark.parametrize("name", ["q", "mine", "near", "help", "bbox", "something_new"])
def test_what_no_sum_is_kept_of_is_no_question_for_the_cells(name):
    assert cells.known({"city": "town", name: "x"}) is None


POINTS = st.builds(
    lambda lon, lat: Point(lon, lat, srid=4326),
    st.floats(30.29, 30.35).map(lambda x: round(x, 3)),
    st.sampled_from([50.1651, 50.165, 50.17]),
)
AGES = st.integers(0, 400).map(lambda days: NOW - timedelta(days=days))


@st.composite
def histories(draw):
    """Writes of every kind, one after another, over a few reports."""
    kinds = ["insert", "status", "service", "department", "due", "asked", "disputed", "private"]
    kinds += ["point", "priority", "month", "district", "no district", "delete", "nothing", "fold", "many"]
    return draw(st.lists(st.tuples(st.sampled_from(kinds), st.integers(0, 5), AGES, POINTS), max_size=25))


def apply(town, step):
    """One write, of a third of the reports at once or so."""
    kind, pick, at, point = step
    some = Report.objects.extra(where=["id %% 3 = %s"], params=[pick % 3])
    held = ReportDistrict.objects.filter(report__in=some)
    sent = some.exclude(status="received")
    if kind in ("insert", "many"):
        status = ["published", "planned", "resolved", "received", "reopened", "declined"][pick]
        there = {"status": status, "point": point, "due_at": at, "disputed": pick == 1}
        there |= {"at": at} if status != "received" else {"published_at": None}
        Report.objects.bulk_create(of_row(town, **there) for _ in range(3 if kind == "many" else 1))
    elif kind == "status":
        sent.update(status=["published", "planned", "resolved", "confirmed", "reopened", "declined"][pick])
    elif kind == "district":
        new = [
            ReportDistrict(
                city=town.city,
                report=report,
                set=town.west.set,
                district=town.west if pick % 2 else town.east,
            )
            for report in some
        ]
        ReportDistrict.objects.bulk_create(
            new, update_conflicts=True, unique_fields=["report", "set"], update_fields=["district"]
        )
    elif kind == "no district":
        held.delete()
    elif kind == "delete":
        held.delete()
        some.delete()
    elif kind == "fold":
        cells.fold()
    else:
        sent.update(**written(town, kind, pick, at, point))


def written(town, kind, pick, at, point):
    return {
        "service": {"service": town.dark if pick % 2 else town.holes},
        "department": {"department": [None, town.roads_body, town.lights_body][pick % 3]},
        "due": {"due_at": at if pick else None},
        "asked": {"asked_at": at if pick % 2 else None},
        "disputed": {"disputed": bool(pick % 2)},
        "private": {"private": bool(pick % 2)},
        "point": {"point": point},
        "priority": {"priority": pick * 100},
        "month": {"published_at": at},
        "nothing": {"updated_at": at},
    }[kind]


@pytest.mark.django_db
@seed(SEED)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories(), undone=histories(), z=st.integers(0, 20))
def test_after_any_history_of_writes_the_sums_are_those_of_the_reports(town, history, undone, z):
    with transaction.atomic():
        point = transaction.savepoint()
        for step in history:
            apply(town, step)
        inner = transaction.savepoint()
        for step in undone:
            apply(town, step)
        transaction.savepoint_rollback(inner)
        agree(town)
        add_up(town, z)
        transaction.savepoint_rollback(point)
