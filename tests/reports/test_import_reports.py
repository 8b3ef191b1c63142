"""`import_reports`: what another system kept, with its history, routed as of its day."""

import io
import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.gis.geos import Point
from django.core.management import CommandError, call_command

from districts.models import District, Service
from layers.importing.account import FileRefusedError
from layers.importing.csv_rows import CsvRow, RowRefusedError
from reports import actions
from reports.importing.drafts import Draft, Reader
from reports.importing.history import steps
from reports.importing.mapping import mapping_of, read_mapping
from reports.models import Report, ReportDistrict, StatusChange
from reports.workflow import NEXT, PUBLIC, Status

KYIV = ZoneInfo("Europe/Kyiv")
COLUMNS = {
    name: name for name in ("ref", "lon", "lat", "service", "opened", "closed", "status", "text", "address")
}
MAPPING = """
[columns]
ref = "no"
lon = "lon"
lat = "lat"
service = "type"
opened = "open"
closed = "close"
status = "state"
text = "words"
[values.status]
Open = "published"
Closed = "resolved"
[values.service]
"Pot hole" = "holes"
"""
HEADING = "no,lon,lat,type,open,close,state,words\n"
WEST = "30.305,50.165"


@pytest.fixture
def imported(town, tmp_path, settings):
    """Imports the lines under the heading into the town and answers what the command printed."""
    settings.IMPORT_ACCOUNTS_DIR = tmp_path / "accounts"

    def run(*lines: str, mapping: str = MAPPING, heading: str = HEADING, **options: bool) -> str:
        path, mapping_path, printed = tmp_path / "reports.csv", tmp_path / "mapping.toml", io.StringIO()
        path.write_text(heading + "\n".join(lines) + "\n", encoding="utf-8")
        mapping_path.write_text(mapping, encoding="utf-8")
        call_command(
            "import_reports", path, city="town", mapping=mapping_path, verbosity=0, stdout=printed, **options
        )
        return printed.getvalue()

    return run


def draft(**cells: str) -> Draft:
    given = {"ref": "1", "lon": "30.3", "lat": "50.1", "service": "holes", "opened": "2026-03-01 10:00"}
    status = cells.pop("status", "published")
    row = CsvRow(2, {**dict.fromkeys(COLUMNS, ""), **given, "status": status, **cells})
    return Reader(mapping_of({"columns": COLUMNS}), KYIV).draft(row)


# Reading a row ---------------------------------------------------------------------------------------------------


def test_a_time_without_an_offset_is_the_citys_own():
    # Kyiv in March, before the clocks change, is two hours ahead of UTC.
    assert draft().opened == datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


def test_a_time_with_an_offset_is_taken_as_it_stands():
    assert draft(opened="2026-03-01T10:00:00-05:00").opened == datetime(2026, 3, 1, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"ref": ""}, "no reference"),
        ({"ref": "r" * 121}, "longer than 120"),
        ({"opened": ""}, "no opening date"),
        ({"opened": "01.03.2026"}, "01.03.2026"),
        ({"opened": "0001-01-01"}, "is not a date"),
        ({"lon": ""}, "no coordinates"),
        ({"lon": "inf"}, "no coordinates"),
        ({"lat": "50,1"}, "“50,1” in lat is not a number"),
        ({"lat": "5_0"}, "“5_0” in lat is not a number"),
        ({"service": ""}, "names no service"),
        ({"status": "fixed"}, "“fixed” has no mapping"),
        ({"status": ""}, "“” has no mapping"),
    ],
)
def test_a_row_that_lacks_what_a_report_needs_is_refused(cells, told):
    with pytest.raises(RowRefusedError, match=told):
        draft(**cells)


def test_a_report_that_is_not_public_needs_no_place():
    assert not draft(status="received", lon="", lat="").has_place


def test_closing_before_opening_is_kept_and_flagged():
    row = draft(status="resolved", closed="2026-02-01 10:00")
    assert row.flags == ["closed_before_opened"]
    assert row.closed == datetime(2026, 2, 1, 8, 0, tzinfo=UTC)


def test_a_closed_report_without_a_date_is_flagged():
    assert draft(status="resolved").flags == ["closed_without_a_date"]


def test_an_open_report_with_a_closing_date_is_flagged():
    assert draft(closed="2026-03-02").flags == ["open_with_a_closing_date"]


def test_a_text_beyond_the_limit_is_cut_and_flagged():
    row = draft(text="а" * 4001)
    assert (len(row.text), row.flags) == (4000, ["text_was_cut"])


def test_characters_that_xml_forbids_are_dropped_from_the_text():
    assert draft(text="a\x01b\x1fc\ufffe\td").text == "abc\td"


# Its history -----------------------------------------------------------------------------------------------------


def life(**cells: str) -> list[tuple[int, str]]:
    """Hours since 2026-03-01 00:00 in Kyiv, and the status from then on."""
    start = datetime(2026, 3, 1, tzinfo=KYIV)
    columns = {**COLUMNS, "started": "started", "reopened": "reopened"}
    given = {"ref": "1", "lon": "1", "lat": "1", "service": "s", "opened": "2026-03-01 10:00", **cells}
    row = Reader(mapping_of({"columns": columns}), KYIV).draft(CsvRow(2, given))
    return [((step.at - start) // timedelta(hours=1), step.after.value) for step in steps(row)]


def test_a_resolved_report_was_received_published_and_resolved():
    assert life(status="resolved", closed="2026-03-02 10:00") == [
        (10, "received"),
        (10, "published"),
        (34, "resolved"),
    ]


def test_the_beginning_of_work_and_the_reopening_become_steps():
    told = life(
        status="confirmed", started="2026-03-01 12:00", reopened="2026-03-01 20:00", closed="2026-03-02 01:00"
    )
    assert told == [
        (10, "received"),
        (10, "published"),
        (12, "in_progress"),
        (20, "resolved"),
        (20, "reopened"),
        (25, "resolved"),
        (25, "confirmed"),
    ]


def test_a_reopened_report_was_resolved_at_its_closing_date():
    assert life(status="reopened", closed="2026-03-01 15:00", reopened="2026-03-01 20:00")[2:] == [
        (15, "resolved"),
        (20, "reopened"),
    ]


def test_history_never_goes_back_in_time_even_where_the_dates_do():
    assert life(status="resolved", closed="2026-02-01 10:00")[-1] == (10, "resolved")


def test_every_status_with_any_dates_is_reached_by_steps_the_workflow_allows():
    moments = ["", "2026-02-01 00:00", "2026-03-02 00:00", "2026-04-01 00:00"]
    for status, closed, started, reopened in itertools.product(Status, moments, moments, moments):
        columns = {**COLUMNS, "started": "started", "reopened": "reopened"}
        cells = {
            "ref": "1",
            "lon": "1",
            "lat": "1",
            "service": "s",
            "opened": "2026-03-01",
            "status": status.value,
        }
        row = CsvRow(2, {**cells, "closed": closed, "started": started, "reopened": reopened})
        told = steps(Reader(mapping_of({"columns": columns}), KYIV).draft(row))
        assert (told[0].before, told[0].after, told[-1].after) == (None, Status.RECEIVED, status)
        assert all(b.before == a.after and b.after in NEXT[a.after] for a, b in itertools.pairwise(told))
        assert all(a.at <= b.at for a, b in itertools.pairwise(told))


# The mapping -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[columns", "not TOML"),
        ("[columns]\nref='a'\nlon='b'\nlat='c'\nservice='d'\nopened='e'", "lacks status"),
        ("[columns]\nlon='b'", "lacks ref, lat, service, opened, status"),
        (MAPPING + "[colums]\n", "“colums” is unknown"),
        (MAPPING.replace('words"', 'words"\ndate = "x"'), "“columns.date” is unknown"),
        (MAPPING.replace('"published"', '"active"'), "“active” is no status"),
        ("srid = 999999\n" + MAPPING, "EPSG knows no system 999999"),
        ("srid = '4326'\n" + MAPPING, "srid must be a number"),
        ("timezone = 'Kyiv'\n" + MAPPING, "“Kyiv” is not a time zone"),
        ("columns = 1", "must be a table"),
        (MAPPING.replace('"lat"', "7"), "“columns.lat” must be a text"),
        ("a = " + "[" * 5000, "not TOML"),
    ],
)
def test_a_mapping_that_is_wrong_is_refused_naming_the_entry(tmp_path, text, told):
    path = tmp_path / "m.toml"
    path.write_text(text)
    with pytest.raises(FileRefusedError, match=r"m\.toml") as refused:
        read_mapping(path)
    assert told in str(refused.value)


def test_a_mapping_that_is_missing_is_refused(tmp_path):
    with pytest.raises(FileRefusedError, match="can't be opened"):
        read_mapping(tmp_path / "none.toml")


def test_a_mapping_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "m.toml"
    path.write_bytes("# мапа".encode("cp1251"))
    with pytest.raises(FileRefusedError, match="UTF-8"):
        read_mapping(path)


# Into the city ---------------------------------------------------------------------------------------------------


def test_a_report_arrives_public_with_its_dates_and_words(imported, town):
    printed = imported(f"A1,{WEST},Pot hole,2026-03-01 10:00,2026-03-05 10:00,Closed,Deep one")
    report = Report.objects.get(reference="A1")
    opened, closed = datetime(2026, 3, 1, 8, tzinfo=UTC), datetime(2026, 3, 5, 8, tzinfo=UTC)
    assert "read 1, taken 1, repaired 0, refused 0" in printed
    assert (report.status, report.text, report.service) == ("resolved", "Deep one", town.holes)
    assert (report.created_at, report.published_at, report.closed_at, report.updated_at) == (
        opened,
        opened,
        closed,
        closed,
    )
    assert report in Report.objects.public()


def test_a_report_is_routed_as_publishing_would_have_routed_it(imported, town):
    imported(
        "near,30.305,50.17005,holes,2026-03-01 10:00,,Open,", f"far,{WEST},holes,2026-03-01 10:00,,Open,"
    )
    near, far = (Report.objects.get(reference=reference) for reference in ("near", "far"))
    # 0.00005 degrees of latitude are 5.6 m: within the road's reach of 15 m. 1 March 2026 is a Sunday; ten working
    # days later it is Friday the 13th.
    assert (near.department, near.asset.reference, near.due_at.date()) == (
        town.roads_body,
        "r1",
        date(2026, 3, 13),
    )
    assert (far.department.code, far.asset, far.due_at.date()) == ("office-w", None, date(2026, 3, 27))
    twin = town.published(point=far.point)
    assert twin.decision["candidates"] == far.decision["candidates"]


def test_its_history_is_told_by_the_import(imported, town):
    imported(f"A1,{WEST},holes,2026-03-01 10:00,2026-03-05 10:00,Closed,")
    changes = StatusChange.objects.filter(report__reference="A1")
    assert [(c.before, c.after, c.role, c.department_id is None) for c in changes] == [
        ("", "received", "import", True),
        ("received", "published", "import", False),
        ("published", "resolved", "import", False),
    ]


def test_the_district_of_each_set_is_remembered_as_of_its_day(imported, town):
    day = datetime(2026, 6, 1, tzinfo=UTC).date()
    District.objects.filter(pk=town.west.pk).update(valid_to=day)
    later = District.objects.create(
        city=town.city,
        set=town.west.set,
        code="w",
        name_uk="Захід",
        geometry=town.west.geometry,
        valid_from=day,
    )
    imported(f"old,{WEST},holes,2026-03-01,,Open,", f"new,{WEST},holes,2026-07-01,,Open,")
    kept = ReportDistrict.objects.values_list("report__reference", "district_id")
    assert dict(kept) == {"old": town.west.pk, "new": later.pk}


def test_the_neighbours_are_no_district_of_a_report(imported, town):
    imported("out,30.37,50.17,holes,2026-03-01,,Open,")
    assert not ReportDistrict.objects.exists()


def test_a_report_outside_the_city_is_kept_and_flagged(imported):
    assert "flagged outside_city: 1" in imported("out,30.37,50.17,holes,2026-03-01,,Open,")
    assert Report.objects.get(reference="out").flags == ["outside_city"]


def test_swapped_coordinates_are_refused_by_name(imported):
    printed = imported("x,50.165,30.305,holes,2026-03-01,,Open,", keep_going=True)
    assert "longitude and latitude are swapped" in printed
    assert not Report.objects.exists()


def test_coordinates_of_another_system_are_refused_naming_the_srid(imported):
    printed = imported("x,3373500,6474000,holes,2026-03-01,,Open,", keep_going=True)
    assert "check srid" in printed


def test_coordinates_are_reprojected_from_the_mappings_system(imported):
    # Web Mercator: x = 6378137 x radians(30.305), y = 6378137 x ln(tan(pi/4 + radians(50.165)/2))
    imported("m,3373537.17,6474900.12,holes,2026-03-01,,Open,", mapping="srid = 3857\n" + MAPPING)
    point = Report.objects.get(reference="m").point
    assert (point.x, point.y) == (pytest.approx(30.305, abs=1e-6), pytest.approx(50.165, abs=1e-6))


def test_the_mappings_time_zone_goes_before_the_citys(imported):
    imported(f"z,{WEST},holes,2026-03-01 10:00,,Open,", mapping='timezone = "America/New_York"\n' + MAPPING)
    assert Report.objects.get(reference="z").created_at == datetime(2026, 3, 1, 15, tzinfo=UTC)


def test_a_service_without_a_mapping_is_refused_not_guessed(imported):
    printed = imported(f"s,{WEST},Pot holes,2026-03-01,,Open,", keep_going=True)
    assert "The service “Pot holes” has no mapping" in printed


def test_services_are_made_when_asked_for_as_the_file_calls_them(imported):
    printed = imported(f"s,{WEST},Noise,2026-03-01,,Open,", create_services=True)
    service = Service.objects.get(code="Noise")
    assert (service.name_uk, service.section.code) == ("Noise", "problems")
    assert "nobody answers for: 1" in printed


def test_a_service_with_control_characters_in_its_name_is_not_made(imported):
    printed = imported(f"s,{WEST},No\x01ise,2026-03-01,,Open,", create_services=True, keep_going=True)
    assert "read 1, taken 0" in printed
    assert not Service.objects.filter(code__startswith="No").exists()


def test_one_bad_row_takes_nothing(imported):
    with pytest.raises(CommandError, match="Nothing was taken"):
        imported(f"a,{WEST},Noise,2026-03-01,,Open,", f"b,{WEST},holes,,,Open,", create_services=True)
    assert not Report.objects.exists()
    assert not Service.objects.filter(code="Noise").exists()


def test_keep_going_takes_the_good_rows(imported):
    printed = imported(f"a,{WEST},holes,2026-03-01,,Open,", f"b,{WEST},holes,,,Open,", keep_going=True)
    assert "read 2, taken 1, repaired 0, refused 1" in printed


def test_a_reference_twice_in_a_file_is_refused_naming_the_first_line(imported):
    row = f"a,{WEST},holes,2026-03-01,,Open,"
    assert "Line 2 has this reference already" in imported(row, row, keep_going=True)


def test_the_same_file_again_adds_nothing_and_keeps_what_staff_did(imported, town):
    row = f"a,{WEST},holes,2026-03-01,,Open,"
    imported(row)
    actions.resolve(Report.objects.get().pk, town.worker, "Filled")
    printed = imported(row, f"b,{WEST},holes,2026-03-01,,Open,")
    assert "read 2, taken 1" in printed
    assert "already there: 1" in printed
    assert [report.status for report in Report.objects.order_by("reference")] == ["resolved", "published"]


def test_a_report_that_waits_for_moderation_stays_unrouted_and_hidden(imported):
    imported("a,,,holes,2026-03-01,,received,")
    report = Report.objects.get()
    assert (report.point, report.published_at, report.decision, report.department) == (None, None, {}, None)
    assert not Report.objects.public().exists()


def test_a_file_without_a_mapped_column_is_refused_naming_it(imported):
    with pytest.raises(CommandError, match="close, state, words is missing"):
        imported("a", heading="no,lon,lat,type,open\n")


def test_batches_change_nothing(imported, monkeypatch):
    monkeypatch.setattr("reports.importing.loading.BATCH", 2)
    rows = [f"{number},{30.301 + number / 1000},50.165,holes,2026-03-01,,Open," for number in range(5)]
    assert "read 5, taken 5" in imported(*rows)
    stored = {report.reference: report.point for report in Report.objects.filter(status__in=PUBLIC)}
    assert stored == {str(n): Point(30.301 + n / 1000, 50.165, srid=4326) for n in range(5)}
