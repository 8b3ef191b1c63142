"""Real boundaries: Boston's neighbourhoods, of which one is invalid, and Vasylkiv with its neighbours."""

import io
from pathlib import Path

import pytest
from django.contrib.gis.db.models.functions import Area
from django.contrib.gis.geos import Point
from django.core.management import call_command
from django.db.models import F

from districts.models import District
from layers.checks import Geography
from layers.models import City

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def accounts(settings, tmp_path: Path) -> None:
    settings.IMPORT_ACCOUNTS_DIR = tmp_path / "accounts"


def run(command: str, path: Path, **options: object) -> str:
    printed = io.StringIO()
    call_command(command, path, verbosity=0, stdout=printed, **options)
    return printed.getvalue()


def vasylkiv(real_data: Path) -> City:
    path = real_data / "vasylkiv" / "vasylkiv_hromada.geojson"
    run("import_city", path, slug="vasylkiv", name="Васильківська громада", name_en="Vasylkiv hromada")
    return City.objects.get()


def test_bostons_26_neighbourhoods_are_taken_and_hyde_park_is_repaired(real_data):
    path = real_data / "boston_sample" / "Boston_Neighborhoods.geojson"
    run("import_city", path, slug="boston", name="Бостон", name_en="Boston", timezone="America/New_York")
    printed = run(
        "import_districts",
        path,
        city="boston",
        set="neighborhoods",
        name_field="Name",
        code_field="Neighborhood_ID",
    )
    assert "read 26, taken 26, repaired 1, refused 0" in printed
    assert District.objects.get(name_uk="Hyde Park").code == "10"
    assert "line 20 (10): invalid (Ring Self-intersection" in printed


def test_the_hromada_of_vasylkiv_has_its_358_square_kilometres(real_data):
    vasylkiv(real_data)
    (area_m2,) = City.objects.annotate(area=Area(Geography(F("boundary")))).values_list("area", flat=True)
    assert area_m2.sq_km == pytest.approx(358, abs=1)


def test_the_neighbours_of_vasylkiv_name_where_a_point_beyond_the_border_lies(real_data):
    vasylkiv(real_data)
    printed = run(
        "import_districts",
        real_data / "vasylkiv" / "obukhiv_hromadas_polygons.geojson",
        city="vasylkiv",
        set="neighbours",
        name_field="name",
        code_field="katotth",
    )
    assert "read 8, taken 8, repaired 0, refused 0" in printed
    # Obukhiv's town square.
    here = District.objects.covering(Point(30.627, 50.107, srid=4326)).get()
    assert here.name_uk == "Обухівська міська громада"
