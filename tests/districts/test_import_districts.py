"""import_districts: matching by code and name, versions by day."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from districts.models import Department, District, DistrictSet, Responsibility, Section, Service, Territory
from layers.models import City
from tests.geofiles import geojson, square
from tests.town import box

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def accounts(settings, tmp_path: Path) -> None:
    """Accounts that nobody names a file for stay within the test."""
    settings.IMPORT_ACCOUNTS_DIR = tmp_path / "accounts"


@pytest.fixture
def city() -> City:
    """A box that holds every square of these tests.

    30.2          30.3    30.31   30.32      30.4
      +------------------------------------+  50.2
      |             +-------+-------+      |  50.11
      |             | west  | east  |      |
      |             +-------+-------+      |  50.10
      +------------------------------------+  50.0
    """
    return City.objects.create(
        slug="vasylkiv",
        name_uk="Васильків",
        name_en="Vasylkiv",
        boundary=box(30.2, 50.0, 30.4, 50.2),
        live=True,
    )


WEST, EAST, SOUTH = (30.3, 50.1), (30.31, 50.1), (30.3, 50.05)


def districts(path: Path, *rows: tuple[str, str, tuple[float, float]]) -> Path:
    """Squares of a hundredth of a degree by code, name and south-western corner."""
    return geojson(path, *(({"code": code, "name": name}, square(*corner)) for code, name, corner in rows))


def run(path: Path, **options) -> str:
    out = io.StringIO()
    given = {"city": "vasylkiv", "set": "wards", "name_field": "name", "code_field": "code", **options}
    call_command("import_districts", str(path), stdout=out, verbosity=0, **given)
    return out.getvalue()


def stored() -> list[tuple[str, str]]:
    return list(District.objects.order_by("code", "valid_from").values_list("code", "name_uk"))


def west_edges() -> list[float]:
    return [
        round(district.geometry.extent[0], 6) for district in District.objects.order_by("code", "valid_from")
    ]


def test_districts_and_their_set_are_added(city, tmp_path):
    printed = run(
        districts(tmp_path / "a.geojson", ("w", "Захід", WEST), ("e", "Схід", EAST)), set_name="Райони"
    )
    assert DistrictSet.objects.get().name_uk == "Райони"
    assert stored() == [("e", "Схід"), ("w", "Захід")]
    assert "read 2, taken 2, repaired 0, refused 0" in printed


def test_without_a_code_field_names_are_codes(city, tmp_path):
    run(districts(tmp_path / "a.geojson", ("w", "Захід", WEST)), code_field=None)
    assert stored() == [("Захід", "Захід")]


def test_districts_imported_again_are_changed_in_place(city, tmp_path):
    run(districts(tmp_path / "a.geojson", ("w", "Захід", WEST)))
    run(districts(tmp_path / "a.geojson", ("w", "Західний", EAST)))
    assert (stored(), west_edges()) == ([("w", "Західний")], [30.31])


def test_a_file_without_codes_is_matched_by_unique_name(city, tmp_path):
    run(districts(tmp_path / "a.geojson", ("w", "Захід", WEST)))
    run(districts(tmp_path / "b.geojson", ("", "Захід", EAST)), code_field=None)
    assert (stored(), west_edges()) == ([("w", "Захід")], [30.31])


def test_districts_that_came_without_codes_get_them_later(city, tmp_path):
    run(districts(tmp_path / "a.geojson", ("w", "Захід", WEST)), code_field=None)
    run(districts(tmp_path / "b.geojson", ("w", "Захід", WEST)))
    assert stored() == [("w", "Захід")]


def test_two_villages_that_share_a_name_stay_two_by_their_codes(city, tmp_path):
    run(districts(tmp_path / "a.geojson", ("UA1", "Іванівка", WEST)))
    run(districts(tmp_path / "b.geojson", ("UA2", "Іванівка", EAST)))
    assert stored() == [("UA1", "Іванівка"), ("UA2", "Іванівка")]


def test_a_name_that_two_districts_share_is_an_error_that_lists_their_codes(city, tmp_path):
    run(districts(tmp_path / "a.geojson", ("UA1", "Іванівка", WEST), ("UA2", "Іванівка", EAST)))
    account = tmp_path / "account.csv"
    with pytest.raises(CommandError, match="Nothing was taken"):
        run(districts(tmp_path / "b.geojson", ("", "Іванівка", SOUTH)), code_field=None, account=account)
    assert "codes UA1, UA2" in account.read_text(encoding="utf-8-sig")


def test_a_name_that_stands_twice_without_codes_is_an_error_that_lists_the_lines(city, tmp_path):
    path = districts(
        tmp_path / "a.geojson", ("", "Іванівка", WEST), ("", "Зоря", SOUTH), ("", "Іванівка", EAST)
    )
    with pytest.raises(CommandError, match="“Іванівка”: 1, 3"):
        run(path, code_field=None, keep_going=True)


def test_a_changed_polygon_begins_a_new_version_on_the_stated_day(city, tmp_path):
    run(districts(tmp_path / "a.geojson", ("w", "Захід", WEST)))
    run(districts(tmp_path / "b.geojson", ("w", "Захід", EAST)), valid_from=date(2026, 3, 1))
    assert west_edges() == [30.3, 30.31]
    assert list(District.objects.order_by("valid_from").values_list("valid_from", "valid_to")) == [
        (District.BEGINNING, date(2026, 3, 1)),
        (date(2026, 3, 1), None),
    ]


def test_the_same_polygon_on_a_later_day_makes_no_version(city, tmp_path):
    path = districts(tmp_path / "a.geojson", ("w", "Захід", WEST))
    run(path)
    run(path, valid_from=date(2026, 3, 1))
    assert west_edges() == [30.3]


def test_a_version_imported_twice_is_one_version(city, tmp_path):
    run(districts(tmp_path / "a.geojson", ("w", "Захід", WEST)))
    for _time in range(2):
        run(districts(tmp_path / "b.geojson", ("w", "Захід", EAST)), valid_from=date(2026, 3, 1))
    assert west_edges() == [30.3, 30.31]


def test_a_version_earlier_than_the_one_in_force_is_refused(city, tmp_path):
    run(districts(tmp_path / "a.geojson", ("w", "Захід", WEST)), valid_from=date(2026, 3, 1))
    account = tmp_path / "account.csv"
    path = districts(tmp_path / "b.geojson", ("w", "Захід", EAST))
    with pytest.raises(CommandError, match="Nothing was taken"):
        run(path, valid_from=date(2025, 3, 1), account=account)
    assert "has a version from 2026-03-01" in account.read_text(encoding="utf-8-sig")


def test_districts_that_are_not_in_the_file_stay_and_are_named(city, tmp_path):
    run(districts(tmp_path / "a.geojson", ("w", "Захід", WEST), ("e", "Схід", EAST)))
    printed = run(districts(tmp_path / "b.geojson", ("w", "Захід", WEST)))
    assert "Not in the file, left as they are: e." in printed
    assert len(stored()) == 2


def test_populations_are_read_as_whole_numbers_and_others_are_noted(city, tmp_path):
    path = geojson(
        tmp_path / "a.geojson",
        ({"code": "w", "name": "Захід", "people": "1 342"}, square(*WEST)),
        ({"code": "e", "name": "Схід", "people": "багато"}, square(*EAST)),
    )
    printed = run(path, population_field="people")
    assert dict(District.objects.values_list("code", "population")) == {"w": 1342, "e": None}
    assert "“багато” is not a whole number" in printed


def test_a_line_is_not_a_district(city, tmp_path):
    path = geojson(
        tmp_path / "a.geojson",
        (
            {"code": "w", "name": "Захід"},
            {"type": "LineString", "coordinates": [[30.3, 50.1], [30.31, 50.1]]},
        ),
    )
    with pytest.raises(CommandError, match="Nothing was taken"):
        run(path)


def test_territories_follow_the_districts_they_are_made_of(city, tmp_path):
    run(districts(tmp_path / "a.geojson", ("w", "Захід", WEST)))
    section = Section.objects.create(city=city, code=Section.PROBLEMS, name_uk="Проблеми")
    service = Service.objects.create(city=city, section=section, code="dump", name_uk="Смітник")
    body = Department.objects.create(city=city, code="clean", name_uk="Благоустрій")
    Responsibility.objects.create(
        city=city, service=service, department=body, district=District.objects.get()
    )
    run(districts(tmp_path / "b.geojson", ("w", "Захід", EAST)))
    assert Territory.objects.get().geometry.extent == pytest.approx((30.31, 50.1, 30.32, 50.11))


@pytest.mark.parametrize("code", ["", "w" * 61])
def test_a_set_whose_code_cannot_be_stored_is_refused_by_field(city, tmp_path, code):
    with pytest.raises(CommandError, match="code: "):
        run(districts(tmp_path / "a.geojson", ("w", "Захід", WEST)), set=code)
