"""import_city and import_assets: what they store, what they print, and that twice is once."""

import csv
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from layers.models import Address, Asset, AssetLayer, City
from tests.geofiles import bow_tie, geojson, line, point, square

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def accounts(settings, tmp_path: Path) -> None:
    """Accounts that nobody names a file for stay within the test."""
    settings.IMPORT_ACCOUNTS_DIR = tmp_path / "accounts"


def run(command: str, path: Path, **options) -> str:
    """What the command prints."""
    out = io.StringIO()
    call_command(command, str(path), stdout=out, verbosity=0, **options)
    return out.getvalue()


def import_city(path: Path, **options) -> str:
    return run(
        "import_city", path, **{"slug": "vasylkiv", "name": "Васильків", "name_en": "Vasylkiv", **options}
    )


@pytest.fixture
def city(tmp_path) -> City:
    """A square of a fifth of a degree around 30.3 E 50.17 N."""
    import_city(geojson(tmp_path / "city.geojson", ({}, square(30.2, 50.07, 0.2))))
    return City.objects.get(slug="vasylkiv")


def import_lamps(path: Path, **options) -> str:
    return run(
        "import_assets",
        path,
        **{"city": "vasylkiv", "layer": "lamps", "kind": "lighting", "ref_field": "ref", **options},
    )


def lamps(path: Path, *references: str) -> Path:
    """Lamps one after the other along a street at 50.17 N."""
    features = (
        ({"ref": ref, "name": f"Lamp {ref}"}, point(30.3 + n / 1000, 50.17))
        for n, ref in enumerate(references)
    )
    return geojson(path, *features)


def test_a_city_is_added_live_with_both_names(city):
    assert (city.name_uk, city.name_en, city.live) == ("Васильків", "Vasylkiv", True)
    assert city.time_zone == "Europe/Kyiv"
    assert city.extent == pytest.approx((30.2, 50.07, 30.4, 50.27))


def test_a_city_imported_again_is_changed_not_doubled(city, tmp_path):
    import_city(geojson(tmp_path / "moved.geojson", ({}, square(30.2, 50.07, 0.3))), attribution="OSM")
    changed = City.objects.get()
    assert changed.pk == city.pk
    assert changed.extent == pytest.approx((30.2, 50.07, 30.5, 50.37))
    assert changed.attribution == "OSM"


def test_several_areas_become_one_boundary_and_the_account_says_so(tmp_path):
    # Side by side: together twice as wide, and one polygon.
    path = geojson(tmp_path / "two.geojson", ({}, square(30.2, 50.1, 0.1)), ({}, square(30.3, 50.1, 0.1)))
    assert "2 areas were joined" in import_city(path)
    boundary = City.objects.get().boundary
    assert (len(boundary), boundary.extent) == (1, pytest.approx((30.2, 50.1, 30.4, 50.2)))


def test_a_city_whose_boundary_crosses_itself_is_repaired_and_said_so(tmp_path):
    assert "repaired 1" in import_city(geojson(tmp_path / "bow.geojson", ({}, bow_tie(30.3, 50.1))))
    assert len(City.objects.get().boundary) == 2


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"slug": "api"}, "address of the portal itself"),
        ({"slug": "Два слова"}, "valid value"),
        ({"timezone": "Europe/Vasylkiv"}, "not a time zone"),
    ],
)
def test_a_city_that_the_portal_cannot_serve_is_refused_with_the_reason(tmp_path, options, message):
    with pytest.raises(CommandError, match=message):
        import_city(geojson(tmp_path / "city.geojson", ({}, square(30.2, 50.1))), **options)
    assert not City.objects.exists()


def test_assets_are_stored_with_a_layer_that_suits_their_kind(city, tmp_path):
    printed = import_lamps(lamps(tmp_path / "lamps.geojson", "7-1", "7-2"), name_field="name")
    layer = AssetLayer.objects.get()
    assert (layer.kind, layer.visibility, layer.reach_m) == ("lighting", "public", 20)
    assert set(Asset.objects.values_list("reference", "name")) == {("7-1", "Lamp 7-1"), ("7-2", "Lamp 7-2")}
    assert "read 2, taken 2, repaired 0, refused 0" in printed


def test_pipes_start_as_routing_only(city, tmp_path):
    path = geojson(tmp_path / "pipes.geojson", ({"ref": "p"}, line((30.3, 50.1), (30.31, 50.1))))
    import_lamps(path, layer="pipes", kind="water")
    assert AssetLayer.objects.get().visibility == "routing"


def test_assets_imported_again_are_moved_not_doubled(city, tmp_path):
    import_lamps(lamps(tmp_path / "lamps.geojson", "7-1", "7-2"))
    import_lamps(lamps(tmp_path / "lamps.geojson", "7-2", "7-1"))
    places = {lamp.reference: lamp.geometry.x for lamp in Asset.objects.all()}
    assert places == pytest.approx({"7-1": 30.301, "7-2": 30.3})


def test_what_a_layer_was_told_once_stays_when_it_is_imported_again(city, tmp_path):
    path = lamps(tmp_path / "lamps.geojson", "7-1")
    import_lamps(path, reach_m=12.5, visibility="staff", layer_name="Ліхтарі")
    import_lamps(path)
    layer = AssetLayer.objects.get()
    assert (layer.reach_m, layer.visibility, layer.name_uk) == (12.5, "staff", "Ліхтарі")


def test_one_refused_row_leaves_everything_as_it_was(city, tmp_path):
    with pytest.raises(CommandError, match="Nothing was taken"):
        import_lamps(lamps(tmp_path / "lamps.geojson", "7-1", "7-1"))
    assert not Asset.objects.exists()
    assert not AssetLayer.objects.exists()


def test_keep_going_takes_the_good_rows_and_lists_the_others(city, tmp_path):
    account = tmp_path / "accounts" / "lamps.csv"
    path = lamps(tmp_path / "lamps.geojson", "7-1", "7-1", "7-3")
    printed = import_lamps(path, keep_going=True, account=account)
    assert list(Asset.objects.values_list("reference", flat=True)) == ["7-1", "7-3"]
    assert "read 3, taken 2, repaired 0, refused 1" in printed
    with account.open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream)) == [
            ["line", "reference", "outcome", "reason"],
            ["2", "7-1", "refused", "the same reference as line 1"],
        ]


def test_the_account_is_kept_in_the_folder_of_the_settings_when_nobody_names_a_file(city, tmp_path, settings):
    settings.IMPORT_ACCOUNTS_DIR = tmp_path / "kept"
    with pytest.raises(CommandError):
        import_lamps(lamps(tmp_path / "lamps.geojson", "7-1", "7-1"))
    (account,) = (tmp_path / "kept").glob("import_assets-lamps-*.csv")
    assert "the same reference as line 1" in account.read_text(encoding="utf-8-sig")


def test_a_reference_that_a_spreadsheet_would_run_is_made_text_in_the_account(city, tmp_path):
    account = tmp_path / "lamps.csv"
    path = lamps(tmp_path / "lamps.geojson", "=1+1", "=1+1")
    import_lamps(path, keep_going=True, account=account)
    assert "'=1+1" in account.read_text(encoding="utf-8-sig")


def test_a_layer_of_another_kind_is_not_written_into(city, tmp_path):
    path = lamps(tmp_path / "lamps.geojson", "7-1")
    import_lamps(path)
    with pytest.raises(CommandError, match="already holds the kind “lighting”"):
        import_lamps(path, kind="road")


def test_a_reach_beyond_five_kilometres_is_refused(city, tmp_path):
    with pytest.raises(CommandError, match="5000 metres"):
        import_lamps(lamps(tmp_path / "lamps.geojson", "7-1"), reach_m=6000)


def test_an_unknown_city_is_refused_with_those_there_are(city, tmp_path):
    with pytest.raises(CommandError, match="Known cities: vasylkiv"):
        import_lamps(lamps(tmp_path / "lamps.geojson", "7-1"), city="kyiv")


def test_a_name_longer_than_its_column_is_cut_and_said_so(city, tmp_path):
    path = geojson(tmp_path / "lamps.geojson", ({"ref": "7-1", "name": "a" * 300}, point(30.3, 50.17)))
    assert "longer than 200 characters" in import_lamps(path, name_field="name")
    assert Asset.objects.get().name == "a" * 200


def test_buildings_fill_the_addresses_once_with_a_point_inside(city, tmp_path):
    house = {"ref": "b1", "street": "вулиця Соборна", "number": 12.0}
    path = geojson(tmp_path / "houses.geojson", (house, square(30.3, 50.1)))
    for _time in range(2):
        import_lamps(
            path, layer="houses", kind="building", street_field="street", house_number_field="number"
        )
    address = Address.objects.get()
    assert (address.street, address.house_number) == ("вулиця Соборна", "12")
    assert (address.point.x, address.point.y) == pytest.approx((30.305, 50.105))
