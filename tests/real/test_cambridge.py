"""Cambridge, Massachusetts: the city's own lights, hydrants, centrelines and districts."""

import io
import math
from pathlib import Path

import pytest
import shapely
from django.core.management import CommandError, call_command

from districts.models import District
from layers.models import Asset, City

pytestmark = pytest.mark.django_db


def run(command: str, path: Path, **options: object) -> str:
    printed = io.StringIO()
    call_command(command, path, verbosity=0, stdout=printed, **options)
    return printed.getvalue()


@pytest.fixture
def data(real_data, tmp_path, settings) -> Path:
    settings.IMPORT_ACCOUNTS_DIR = tmp_path / "accounts"
    return real_data / "cambridge"


@pytest.fixture
def cambridge(data) -> City:
    run(
        "import_city",
        data / "BOUNDARY_CityBoundary.geojson",
        slug="cambridge",
        name="Кембридж",
        name_en="Cambridge",
        timezone="America/New_York",
    )
    return City.objects.get()


def import_assets(path: Path, layer: str, kind: str, ref_field: str, **options: object) -> str:
    return run(
        "import_assets", path, city="cambridge", layer=layer, kind=kind, ref_field=ref_field, **options
    )


def in_metres(layer: str) -> tuple[list[str], list[shapely.Geometry]]:
    """Names and geometries of a layer, on a plane of metres that is true enough within one town."""
    east_m = 111_320 * math.cos(math.radians(42.37))
    assets = list(Asset.objects.filter(layer__slug=layer))
    moved = [
        shapely.transform(shapely.from_wkb(bytes(asset.geometry.wkb)), lambda xy: xy * (east_m, 111_132))
        for asset in assets
    ]
    return [asset.name for asset in assets], moved


def test_the_nearest_centreline_carries_the_lights_own_street_for_nine_of_ten(cambridge, data):
    printed = import_assets(
        data / "INFRA_StreetLights.geojson", "lights", "lighting", "PoleID", name_field="StreetName"
    )
    assert "read 6117, taken 6117, repaired 0, refused 0" in printed
    printed = import_assets(
        data / "TRANS_Centerlines.geojson", "streets", "road", "GlobalID", name_field="Street_Name"
    )
    assert "read 2643, taken 2643, repaired 0, refused 0" in printed
    streets, lines = in_metres("streets")
    names, lights = in_metres("lights")
    nearest = shapely.STRtree(lines).nearest(lights)
    named = [(name, streets[line]) for name, line in zip(names, nearest, strict=True) if name]
    agreeing = sum(name.casefold() == street.casefold() for name, street in named)
    assert agreeing / len(named) >= 0.92


def test_street_numbers_that_the_file_keeps_as_fractions_are_whole(cambridge, data):
    path = data / "TRANS_Centerlines.geojson"
    import_assets(path, "streets", "road", "Street_ID", keep_going=True)
    # A street is many centrelines: its number is no reference for one of them, so 1,835 are refused.
    assert Asset.objects.filter(layer__slug="streets").count() == 2643 - 1835
    assert Asset.objects.filter(reference="122").exists()


def test_hydrants_that_share_a_number_are_refused_with_the_line_of_the_first(cambridge, data, tmp_path):
    account = tmp_path / "hydrants.csv"
    path = data / "INFRA_Hydrants.geojson"
    with pytest.raises(CommandError, match="Nothing was taken"):
        import_assets(path, "hydrants", "hydrant", "HYDRANT_ID", account=account)
    rows = account.read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 1 + 42
    assert "1625,9168,refused,the same reference as line 1624" in rows


def test_hydrants_are_taken_by_their_global_number(cambridge, data):
    printed = import_assets(data / "INFRA_Hydrants.geojson", "hydrants", "hydrant", "GlobalID")
    assert "read 1960, taken 1960, repaired 0, refused 0" in printed


def test_neighbourhoods_cover_the_city(cambridge, data):
    run(
        "import_districts",
        data / "BOUNDARY_CDDNeighborhoods.geojson",
        city="cambridge",
        set="neighborhoods",
        name_field="NAME",
        code_field="N_HOOD",
    )
    parts = [shapely.from_wkb(bytes(district.geometry.wkb)) for district in District.objects.all()]
    boundary = shapely.from_wkb(bytes(cambridge.boundary.wkb))
    assert len(parts) == 13
    assert shapely.area(shapely.difference(boundary, shapely.union_all(parts))) < 0.01 * shapely.area(
        boundary
    )


def test_sweeping_districts_of_one_letter_in_several_parts_are_an_error_with_their_lines(cambridge, data):
    with pytest.raises(CommandError, match="“J”: 2, 10, 13; “D”: 4, 5; “H”: 9, 14"):
        run(
            "import_districts",
            data / "DPW_StreetSweepingDistricts.geojson",
            city="cambridge",
            set="sweeping",
            name_field="District",
        )
