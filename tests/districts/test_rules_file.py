"""`import_rules`: who answers for what, from a table."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.core.management import CommandError, call_command
from django.utils import timezone

from districts.models import Department, District, DistrictSet, Responsibility, Section, Service, Territory
from districts.rules_file import RuleRow, read_rules
from layers.importing.account import FileRefusedError
from layers.models import AssetLayer, City

HEADING = "service,department,district_set,district,asset_layer,due_days,rank\n"


def box(west: float, south: float, east: float, north: float) -> MultiPolygon:
    return MultiPolygon(Polygon.from_bbox((west, south, east, north)), srid=4326)


@pytest.fixture
def city(db):
    """Two wards side by side, and a set of cleaning areas with one that has a ward's name.

      +------------+------------+  50.18
      | ward west  | ward east  |
      +------------+------------+  50.16
    30.30        30.32        30.34
    """
    town = City.objects.create(
        slug="town", name_uk="Місто", boundary=box(30.30, 50.16, 30.34, 50.18), live=True
    )
    wards = DistrictSet.objects.create(city=town, code="wards", name_uk="Райони")
    areas = DistrictSet.objects.create(city=town, code="areas", name_uk="Дільниці")
    for owner, code, name, west, east in (
        (wards, "w", "Захід", 30.30, 30.32),
        (wards, "e", "Схід", 30.32, 30.34),
        (areas, "a1", "Схід", 30.31, 30.33),
    ):
        geometry = box(west, 50.16, east, 50.18)
        District.objects.create(city=town, set=owner, code=code, name_uk=name, geometry=geometry)
    AssetLayer.objects.create(
        city=town, slug="lamps", name_uk="Ліхтарі", kind="lighting", visibility="public"
    )
    return town


@pytest.fixture
def rules(city, tmp_path, settings):
    """Writes the lines under the heading to a file and imports it; answers what the command printed."""

    settings.IMPORT_ACCOUNTS_DIR = tmp_path / "accounts"

    def run(*lines: str, create: bool = True, keep_going: bool = False) -> str:
        path = tmp_path / "rules.csv"
        path.write_text(HEADING + "\n".join(lines) + "\n", encoding="utf-8")
        printed = tmp_path / "printed.txt"
        with printed.open("w") as stream:
            call_command(
                "import_rules",
                path,
                city=city.slug,
                create=create,
                keep_going=keep_going,
                verbosity=0,
                stdout=stream,
            )
        return printed.read_text()

    return run


def in_force() -> list[tuple[str, str, str, str, int | None, int]]:
    today = Responsibility.objects.on(timezone.localdate()).order_by(
        "service__code", "rank", "department__code"
    )
    return [
        (
            rule.service.code,
            rule.department.code,
            rule.district.code if rule.district else "",
            rule.asset_layer.slug if rule.asset_layer else "",
            rule.due_days,
            rule.rank,
        )
        for rule in today
    ]


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_a_row_becomes_a_rule_with_its_numbers(tmp_path):
    path = write(tmp_path / "r.csv", (HEADING + "light,lamps,wards,w,lamps,5,10\n").encode())
    assert list(read_rules(path)) == [RuleRow(2, "light", "lamps", "wards", "w", "lamps", 5, 10)]


def test_due_days_and_rank_may_be_left_out(tmp_path):
    path = write(tmp_path / "r.csv", b"service,department\nlight,lamps\n")
    assert list(read_rules(path)) == [RuleRow(2, "light", "lamps", "", "", "", None, 100)]


def test_a_table_with_semicolons_and_a_byte_order_mark_is_read(tmp_path):
    path = write(tmp_path / "r.csv", "\ufeffservice;department\nсвітло;водоканал, КП\n".encode())
    assert [(row.service, row.department) for row in read_rules(path)] == [("світло", "водоканал, КП")]


def test_lines_are_counted_through_quoted_line_breaks(tmp_path):
    path = write(tmp_path / "r.csv", b'service,department\n"two\nlines",d\ns,d\n')
    assert [row.line for row in read_rules(path)] == [2, 4]


@pytest.mark.parametrize("number", ["-1", "1.5", "32768", "ten", "1_0", "٣"])
def test_due_days_that_are_no_small_whole_number_are_refused(tmp_path, number):
    path = write(tmp_path / "r.csv", f"service,department,due_days\ns,d,{number}\n".encode())
    [(line, reason)] = list(read_rules(path))
    assert line == 2
    assert f"“{number}” in due_days" in reason


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b"service;who\n", "department is missing"),
        ("service,department\nсвітло,д\n".encode("cp1251"), "UTF-8"),
        (b"service,department\n\x00,d\n", "not a text file"),
        (b"service,department,service\n", "Two columns"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_with_what_to_mend(tmp_path, data, told):
    with pytest.raises(FileRefusedError, match=told):
        list(read_rules(write(tmp_path / "r.csv", data)))


def test_a_folder_is_refused_with_what_to_mend(tmp_path):
    with pytest.raises(FileRefusedError, match="folder"):
        list(read_rules(tmp_path))


def test_unknown_services_and_departments_are_made_as_the_file_calls_them(rules):
    rules("Street lamp is dark,City Light,wards,w,,5,", "Street lamp is dark,City Light,,,,,200")
    assert in_force() == [
        ("Street lamp is dark", "City Light", "w", "", 5, 100),
        ("Street lamp is dark", "City Light", "", "", None, 200),
    ]


def test_a_made_service_stands_in_the_section_for_problems(rules):
    rules("light,lamps,,,,,")
    service = Service.objects.get(code="light")
    assert (service.section.code, service.section.name_en) == ("problems", "Problems and solutions")


def test_without_create_an_unknown_name_is_refused_and_nothing_is_taken(rules):
    with pytest.raises(CommandError, match="Nothing was taken"):
        rules("light,lamps,,,,,", create=False)
    assert in_force() == []


def test_services_and_departments_are_found_by_their_only_name_in_any_language(rules, city):
    section = Section.objects.create(city=city, code="problems", name_uk="Проблеми")
    Service.objects.create(city=city, section=section, code="10", name_uk="Темно", name_en="Dark street")
    Department.objects.create(city=city, code="20", name_uk="Міськсвітло", name_en="City Light")
    rules("dark street,МІСЬКСВІТЛО,,,,,", create=False)
    assert in_force() == [("10", "20", "", "", None, 100)]


def test_a_department_that_serves_every_city_is_found(rules):
    Department.objects.create(city=None, code="oblast-roads", name_uk="Дороги області")
    rules("pothole,oblast-roads,,,,,")
    assert Department.objects.count() == 1


def test_the_same_name_twice_is_refused_even_with_create(rules, city):
    for code in ("1", "2"):
        Department.objects.create(city=city, code=code, name_uk="Дороги")
    printed = rules("pothole,Дороги,,,,,", keep_going=True)
    assert "Several are called “Дороги”" in printed


def test_a_district_of_two_sets_is_refused_naming_the_sets(rules):
    printed = rules("light,lamps,,Схід,,,", keep_going=True)
    assert "any of areas/a1, wards/e" in printed


def test_a_district_is_found_in_any_set_where_only_one_has_it(rules):
    rules("light,lamps,,Захід,,,", "light,lamps,,a1,,,")
    assert sorted(rule[2] for rule in in_force()) == ["a1", "w"]


def test_an_unknown_asset_layer_is_refused_naming_the_known_ones(rules):
    assert "Known layers: lamps" in rules("light,lamps,,,pipes,,", keep_going=True)


def test_a_rule_stated_twice_is_refused_naming_the_first_line(rules):
    printed = rules("light,lamps,,,,1,", "light,lamps,,,,2,", keep_going=True)
    assert "Line 2 states this rule already" in printed
    assert in_force() == [("light", "lamps", "", "", 1, 100)]


def test_the_same_file_again_changes_nothing(rules):
    lines = ["light,lamps,wards,w,,5,", "light,lamps,,,lamps,5,10"]
    rules(*lines)
    before = list(Responsibility.objects.order_by("pk").values())
    assert "2 as before" in rules(*lines)
    assert list(Responsibility.objects.order_by("pk").values()) == before


def test_new_due_days_are_taken_over_in_place(rules):
    rules("light,lamps,,,,5,")
    rules("light,lamps,,,,7,")
    assert in_force() == [("light", "lamps", "", "", 7, 100)]
    assert Responsibility.objects.count() == 1


def test_a_department_the_file_no_longer_names_in_a_place_ends_today(rules):
    rules("light,lamps,wards,w,,5,", "light,lamps,wards,e,,5,")
    rules("light,sun,wards,w,,5,")
    assert in_force() == [("light", "lamps", "e", "", 5, 100), ("light", "sun", "w", "", 5, 100)]
    ended = Responsibility.objects.get(department__code="lamps", district__code="w")
    assert ended.valid_to == timezone.localdate()


def test_the_department_that_takes_over_answers_from_today_not_for_the_past(rules):
    rules("light,lamps,,,,5,")
    rules("light,sun,,,,5,")
    yesterday = Responsibility.objects.on(timezone.localdate() - timedelta(days=1))
    assert [rule.department.code for rule in yesterday] == ["lamps"]


def test_a_department_may_come_back_on_the_same_day_and_again(rules):
    for department in ("lamps", "sun", "lamps", "sun"):
        rules(f"light,{department},,,,5,")
    assert in_force() == [("light", "sun", "", "", 5, 100)]


def test_a_rule_keeps_its_place_when_its_district_gets_a_new_version(rules, city):
    rules("light,lamps,wards,w,,5,")
    old = District.objects.get(code="w")
    today = timezone.localdate()
    District.objects.filter(pk=old.pk).update(valid_to=today)
    District.objects.create(
        city=city, set=old.set, code="w", name_uk="Захід", geometry=old.geometry, valid_from=today
    )
    assert "1 as before" in rules("light,lamps,wards,w,,5,")


def test_territories_are_worked_out_anew(rules):
    rules("light,lamps,wards,w,,5,", "light,sun,,,,5,200")
    drawn = {territory.department.code: territory.geometry.area for territory in Territory.objects.all()}
    # Degrees: the west half is 0.02 x 0.02; the fallback keeps the other half.
    assert drawn == {"lamps": pytest.approx(0.0004), "sun": pytest.approx(0.0004)}
