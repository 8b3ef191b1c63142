"""`manage.py route`: who answers at a place, and for a table of places."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import translation

from districts.directory import problems_section
from districts.models import Department, District, DistrictSet, Responsibility, Service
from layers.models import Asset, AssetLayer, City


def box(west: float, south: float, east: float, north: float) -> MultiPolygon:
    return MultiPolygon(Polygon.from_bbox((west, south, east, north)), srid=4326)


@pytest.fixture
def city(db):
    """Two wards and one lamp; light is answered for at lamps and in the west ward, trees by nobody.

     +------------+------------+  0.02
     |    west    |    east *  |        * lamp 7 at (0.03, 0.01), reach 30 m
     +------------+------------+  0.00
    0.00        0.02         0.04
    """
    town = City.objects.create(slug="town", name_uk="Місто", boundary=box(0, 0, 0.04, 0.02), live=True)
    wards = DistrictSet.objects.create(city=town, code="wards", name_uk="Райони")
    west, _east = (
        District.objects.create(
            city=town, set=wards, code=code, name_uk=name, geometry=box(x, 0, x + 0.02, 0.02)
        )
        for code, name, x in (("w", "Захід", 0.0), ("e", "Схід", 0.02))
    )
    lamps = AssetLayer.objects.create(
        city=town,
        slug="lamps",
        name_uk="Ліхтарі",
        name_en="Lamps",
        kind="lighting",
        visibility="staff",
        reach_m=30,
    )
    Asset.objects.create(city=town, layer=lamps, reference="7", geometry=Point(0.03, 0.01, srid=4326))
    light, _trees = (
        Service.objects.create(city=town, section=problems_section(town), code=code, name_uk=code)
        for code in ("light", "trees")
    )
    for code, district, layer, rank in (("city-light", None, lamps, 10), ("ward-office", west, None, 20)):
        department = Department.objects.create(city=town, code=code, name_uk=code)
        Responsibility.objects.create(
            city=town,
            service=light,
            department=department,
            district=district,
            asset_layer=layer,
            rank=rank,
            due_days=5,
        )
    return town


def said(*arguments: str, **options: object) -> str:
    printed = io.StringIO()
    call_command("route", *arguments, city="town", verbosity=0, stdout=printed, **options)
    return printed.getvalue()


@pytest.fixture
def answers(city, tmp_path):
    """Asks the lines under the heading and answers the rows that came out."""

    def ask(*lines: str) -> list[dict[str, str]]:
        source, target = tmp_path / "in.csv", tmp_path / "out.csv"
        source.write_text("id,lon,lat,service\n" + "\n".join(lines) + "\n", encoding="utf-8")
        said(csv=source, out=target)
        with target.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    return ask


def test_one_place_is_answered_in_a_sentence(city):
    assert said("0.01", "0.01", "light").splitlines() == [
        "ward-office: ward-office answers for this in Захід.",
        "It has 5 days.",
    ]


def test_places_west_of_greenwich_and_south_of_the_equator_can_be_asked(city):
    assert "No rule" in said("-71.05", "-42.36", "light")


def test_one_place_is_answered_as_data(city):
    data = json.loads(said("0.03", "0.01", "light", as_json=True))
    assert data["status"] == "answered"
    assert [c["department_code"] for c in data["candidates"]] == ["city-light"]


def test_the_sentence_is_in_the_language_asked_for(city):
    with translation.override("uk"):
        ukrainian = translation.gettext("%(department)s answers for this in %(district)s.")
    told = said("0.01", "0.01", "light", language="uk")
    assert ukrainian % {"department": "ward-office", "district": "Захід"} in told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("x", "1", "light"), "no coordinates"),
        (("1_0", "1", "light"), "no coordinates"),
        (("200", "1", "light"), "not degrees"),
        (("nan", "1", "light"), "not degrees"),
        (("0", "0", "noise"), "no service “noise”"),
        (("0", "0"), "Give either"),
    ],
)
def test_nonsense_is_refused_with_a_sentence(city, arguments, told):
    with pytest.raises(CommandError, match=told):
        said(*arguments)


def test_an_unknown_city_is_refused(db):
    with pytest.raises(CommandError, match="no city"):
        said("0", "0", "light")


def test_a_table_without_the_columns_is_refused_and_nothing_is_written(city, tmp_path):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("id,x,y,service\n1,0,0,light\n")
    with pytest.raises(CommandError, match="lon, lat is missing"):
        said(csv=source, out=target)
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_a_folder_that_is_missing_is_told(city, tmp_path):
    source = tmp_path / "in.csv"
    source.write_text("id,lon,lat,service\n")
    with pytest.raises(CommandError, match="can't be written"):
        said(csv=source, out=tmp_path / "none" / "out.csv")


def test_an_answer_by_asset_names_the_layer_the_asset_and_the_metres(answers):
    # 0.0001 degrees of longitude on the equator of WGS84: 6378137 m x pi / 180 x 0.0001 = 11.13 m
    [row] = answers("a,0.0301,0.01,light")
    assert row.pop("reason") == "city-light answers for this: “7” (Lamps) is 11 m away."
    assert row == {
        "id": "a",
        "department": "city-light",
        "district": "",
        "asset_layer": "lamps",
        "asset_ref": "7",
        "distance_m": "11.13",
    }


def test_an_answer_by_district_names_it_and_no_metres(answers):
    [row] = answers("a,0.01,0.01,light")
    assert (row["department"], row["district"], row["distance_m"]) == ("ward-office", "Захід", "")


def test_a_district_whose_name_another_of_its_set_has_too_is_told_by_code(answers):
    District.objects.update(name_uk="Центр")
    [row] = answers("a,0.01,0.01,light")
    assert row["district"] == "w"


def test_every_row_has_its_answer_in_its_order_even_a_bad_one(answers):
    rows = answers(
        "1,0.01,0.01,light",
        "2,,0.01,light",
        "3,0.01,0.01,trees",
        "1,0.01,0.01,light",
        "5,0.01,0.01,noise",
        "6,inf,0.01,light",
        '7,0.01,0.01,"light",extra',
        "8,0.01,0.01,",
        ",0.03,0.01,light",
    )
    assert [(row["id"], row["department"]) for row in rows] == [
        ("1", "ward-office"),
        ("2", ""),
        ("3", ""),
        ("1", "ward-office"),
        ("5", ""),
        ("6", ""),
        ("7", ""),
        ("8", ""),
        ("", "city-light"),
    ]
    assert all(row["reason"] for row in rows)


def test_batches_change_nothing(answers, monkeypatch):
    monkeypatch.setattr("districts.route_file.BATCH", 2)
    places = ["0.01,0.01,light", "9,9,light", "0.03,0.01,light"]
    lines = [f"{number},{places[number % 3]}" for number in range(7)]
    assert [row["department"] for row in answers(*lines)] == [
        ["ward-office", "", "city-light"][number % 3] for number in range(7)
    ]


def test_the_questions_file_may_be_the_answers_file(city, tmp_path):
    both = tmp_path / "both.csv"
    both.write_text("id,lon,lat,service\n1,0.01,0.01,light\n")
    said(csv=both, out=both)
    assert Path(both).read_text().splitlines()[1].startswith("1,ward-office,")


def test_after_an_import_of_rules_the_planner_knows_how_many_there_are(town, tmp_path, settings):
    settings.IMPORT_ACCOUNTS_DIR = tmp_path
    rules = tmp_path / "rules.csv"
    rules.write_text(
        "service,department,district_set,district,asset_layer,due_days,rank\nholes,roads,,,,5,200\n"
    )
    call_command("import_rules", rules, city="town", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'districts_responsibility'")
        assert cursor.fetchone() == (Responsibility.objects.count(),)
