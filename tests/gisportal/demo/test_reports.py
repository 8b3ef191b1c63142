import csv
import tomllib
from collections import Counter
from datetime import datetime

import numpy as np
import pytest

from gisportal.demo.generator import FIXTURES
from gisportal.demo.plane import metres
from reports.importing.mapping import read_mapping
from reports.workflow import PUBLIC
from tests.gisportal.demo.conftest import Written

Rows = list[dict[str, str]]


@pytest.fixture(scope="session")
def rows(written: Written) -> Rows:
    with (written.folder / "reports.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


HOTSPOTS = tomllib.loads((FIXTURES / "hotspots.toml").read_text(encoding="utf-8"))["hotspot"]


def test_there_are_twenty_thousand_reports(rows: Rows) -> None:
    assert len({row["ref"] for row in rows}) == len(rows) == 20_000


def test_the_mapping_names_columns_the_file_has(rows: Rows) -> None:
    mapping = read_mapping(FIXTURES / "reports-mapping.toml")
    assert set(mapping.columns.values()) <= set(rows[0])


def test_every_status_is_a_public_one(rows: Rows) -> None:
    assert {row["status"] for row in rows} == {status.value for status in PUBLIC}


def test_what_could_not_be_located_lies_on_one_point(rows: Rows) -> None:
    pile = [row for row in rows if row["origin"] == "pile"]
    assert len(pile) == 600
    assert len({(row["lon"], row["lat"]) for row in pile}) == 1
    assert len({row["address"] for row in pile}) > 400


@pytest.mark.parametrize("spot", HOTSPOTS, ids=[spot["code"] for spot in HOTSPOTS])
def test_a_stated_hotspot_lies_where_it_is_stated(rows: Rows, spot: dict[str, object]) -> None:
    mine = [row for row in rows if row["origin"] == f"hotspot:{spot['code']}"]
    assert len(mine) == spot["n"]
    assert {row["service"] for row in mine} == {spot["service"]}
    places = metres(np.array([[float(row["lon"]), float(row["lat"])] for row in mine]))
    centre = metres(np.array(spot["place"]))
    assert np.median(np.hypot(*(places - centre).T)) < float(str(spot["radius_m"]))


def test_nothing_ends_before_it_began(rows: Rows) -> None:
    for row in rows:
        moments = [datetime.fromisoformat(row[key]) for key in ("opened", "started", "closed") if row[key]]
        assert moments == sorted(moments)


def test_only_finished_reports_have_an_end(rows: Rows) -> None:
    finished = {row["status"] for row in rows if row["closed"]}
    assert finished == {"resolved", "confirmed", "declined", "duplicate", "reopened"}


def test_old_reports_are_nearly_all_closed(rows: Rows) -> None:
    old = [row for row in rows if row["opened"] < "2025-11-20"]
    assert sum(bool(row["closed"]) for row in old) > 0.97 * len(old)


def test_potholes_come_in_spring_and_cold_flats_in_winter(rows: Rows) -> None:
    months = {
        service: Counter(int(row["opened"][5:7]) for row in rows if row["service"] == service)
        for service in ("pothole", "no-heating", "grass")
    }
    assert months["pothole"][3] > 2 * months["pothole"][8]
    assert months["no-heating"][1] > 20 * max(1, months["no-heating"][7])
    assert months["grass"][6] > 10 * max(1, months["grass"][1])


def test_dark_lamps_are_reported_in_the_evening(rows: Rows) -> None:
    hours = Counter(int(row["opened"][11:13]) for row in rows if row["service"] == "lamp-dark")
    assert sum(hours[hour] for hour in range(17, 23)) > 0.5 * hours.total()


def test_people_write_less_at_weekends(rows: Rows) -> None:
    days = Counter(datetime.fromisoformat(row["opened"]).weekday() for row in rows)
    assert days[5] + days[6] < 0.8 * (days[0] + days[1])


def test_texts_rarely_repeat(rows: Rows) -> None:
    assert len({row["text"] for row in rows}) > 19_000


def test_no_slot_is_left_unfilled(rows: Rows) -> None:
    assert [row["text"] for row in rows if "{" in row["text"] or "{" in row["address"]] == []
