"""The base map: files made beforehand, and live tiles where there is none of today's data."""

import gzip
import struct

import mapbox_vector_tile
import pytest
from django.core.management import CommandError, call_command

from layers import jobs
from layers.answers import shelf
from layers.basemap import archives, making
from layers.basemap.pmtiles import Archive, NotAnArchive, tile_number
from layers.basemap.romanization import romanized
from layers.geometry import Tile
from layers.models import Asset, AssetLayer, City, Visibility
from layers.palette import THEMES
from layers.style import style

WITH_TIPPECANOE = pytest.mark.skipif(making.tippecanoe() is None, reason="tippecanoe is not installed")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.BASE_MAPS_DIR = tmp_path
    shelf.clear()
    return tmp_path


def address_of(z=14, lon=30.33, lat=50.17):
    place = Tile.covering(lon, lat, z)
    return f"/tiles/base/town/{place.z}/{place.x}/{place.y}.mvt"


def layers_of(answer):
    return mapbox_vector_tile.decode(answer.content) if answer.content else {}


def varint(number):
    parts = []
    while number > 0x7F:
        parts.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*parts, number])


def directory(*entries):
    """Entries of (id, run, length, offset), as an archive holds them."""
    ids = [entry[0] for entry in entries]
    steps = [number - before for before, number in zip([0, *ids], ids, strict=False)]
    columns = [steps, *([entry[n] for entry in entries] for n in (1, 2)), [entry[3] + 1 for entry in entries]]
    return gzip.compress(
        b"".join(varint(n) for n in [len(entries), *(n for column in columns for n in column)])
    )


@pytest.fixture
def archive(tmp_path):
    """Tiles 0/0/0 and all four of zoom 1; those of zoom 1 are the same and stand in a leaf.

    header | root: tile 0, and a leaf for 1 and more | leaf: 1 to 4 in one run | data: "world", "quarter"
    """
    leaf = directory((1, 4, 7, 5))
    root = directory((0, 1, 5, 0), (1, 0, len(leaf), 0))
    data = b"worldquarter"
    places = struct.pack(
        "<8Q", 127, len(root), 0, 0, 127 + len(root), len(leaf), 127 + len(root) + len(leaf), len(data)
    )
    header = (b"PMTiles\x03" + places + bytes(24) + bytes([1, 2, 2, 1, 0, 1])).ljust(127, b"\0")
    path = tmp_path / "small.pmtiles"
    path.write_bytes(header + root + leaf + data)
    return Archive(path)


def test_a_tile_is_found_in_the_root_and_in_a_leaf(archive):
    assert archive.zooms == range(2)
    assert archive.tile(0, 0, 0) == b"world"
    assert [archive.tile(1, x, y) for x in (0, 1) for y in (0, 1)] == [b"quarter"] * 4


def test_a_tile_that_holds_nothing_is_none(archive):
    assert archive.tile(2, 0, 0) is None


def test_another_file_is_no_archive(tmp_path):
    (tmp_path / "x").write_bytes(b"PK" + bytes(200))
    with pytest.raises(NotAnArchive):
        Archive(tmp_path / "x")


# From the specification's own table of identifiers.
@pytest.mark.parametrize(
    ("tile", "number"),
    [
        ((0, 0, 0), 0),
        ((1, 0, 0), 1),
        ((1, 0, 1), 2),
        ((1, 1, 1), 3),
        ((1, 1, 0), 4),
        ((2, 0, 0), 5),
        ((12, 3423, 1763), 19078479),
    ],
)
def test_tiles_are_numbered_along_the_hilbert_curve(tile, number):
    assert tile_number(*tile) == number


# Examples of the resolution's own table.
@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Алушта", "Alushta"), ("Згорани", "Zghorany"), ("Розгон", "Rozghon"), ("Гадяч", "Hadiach"),
        ("Ґалаґан", "Galagan"), ("Єнакієве", "Yenakiieve"), ("Наєнко", "Naienko"),
        ("Їжакевич", "Yizhakevych"), ("Кадиївка", "Kadyivka"),
        ("Мар’їне", "Marine"), ("Йосипівка", "Yosypivka"), ("Стрий", "Stryi"), ("Юрій", "Yurii"),
        ("Корюківка", "Koriukivka"), ("Яготин", "Yahotyn"), ("Костянтин", "Kostiantyn"), ("Знам’янка", "Znamianka"),
        ("вулиця Київська, 5", "vulytsia Kyivska, 5"), ("Main Street", "Main Street"),
    ],
)  # fmt: skip
def test_names_are_romanized_as_the_state_does(name, latin):
    assert romanized(name) == latin


def test_without_an_archive_the_tile_is_cut_live(town, client):
    assert {"road", "place-name"} <= set(layers_of(client.get(address_of())))


def test_an_address_that_is_no_citys_is_refused(town, client):
    assert client.get("/tiles/base/..%2Ftown/14/0/0.mvt").status_code == 404


def test_a_city_that_nobody_knows_has_an_empty_base_map(town, client):
    assert client.get("/tiles/base/nowhere/14/0/0.mvt").content == b""


def test_a_base_tile_is_kept_like_any_other(town, client, django_assert_num_queries):
    tag = client.get(address_of())["ETag"]
    with django_assert_num_queries(1):
        assert client.get(address_of(), headers={"if-none-match": tag}).status_code == 304


def test_an_archive_of_the_citys_data_is_served(town, client, archive):
    data = archives.base_version("town")
    path = archives.path_of("town", data)
    (path.parent / "small.pmtiles").rename(path)
    answer = client.get("/tiles/base/town/0/0/0.mvt", headers={"accept-encoding": "gzip"})
    assert answer.content == b"world"


def test_an_archive_of_older_data_is_not_served(town, client, archive):
    path = archives.path_of("town", archives.base_version("town"))
    (path.parent / "small.pmtiles").rename(path)
    AssetLayer.objects.filter(pk=town.road.pk).update(visibility=Visibility.STAFF)
    assert "road" not in layers_of(client.get(address_of()))


def test_without_tippecanoe_the_command_says_so(town, monkeypatch):
    monkeypatch.setattr(making, "tippecanoe", lambda: None)
    with pytest.raises(CommandError, match="tippecanoe is not installed"):
        call_command("base_map", city="town")


def test_an_unknown_city_is_refused(town):
    with pytest.raises(CommandError, match="no such live city"):
        call_command("base_map", city="nowhere")


@WITH_TIPPECANOE
def test_what_is_made_holds_the_streets_names_in_both_alphabets(town, client):
    making.make(town.city)
    [road] = layers_of(client.get(address_of()))["road"]["features"]
    assert road["properties"] == {"name": "вулиця Соборна", "name_en": "vulytsia Soborna"}


@WITH_TIPPECANOE
def test_nothing_that_is_not_public_is_made(town, client):
    AssetLayer.objects.filter(pk=town.road.pk).update(visibility=Visibility.ROUTING)
    making.make(town.city)
    assert "road" not in layers_of(client.get(address_of()))


@WITH_TIPPECANOE
def test_the_worker_makes_what_is_out_of_date_and_leaves_one_older_archive(town, own_folder):
    for name in ("first", "second", "third"):
        Asset.objects.filter(layer=town.road).update(name=name)
        jobs.make_base_maps(0)
        assert making.is_made(town.city)
    assert len(list(own_folder.glob("town-*.pmtiles"))) == 2
    assert not list(own_folder.glob(".making-*"))


@WITH_TIPPECANOE
def test_a_city_without_public_layers_has_no_base_map(town):
    City.objects.update(live=False)
    with pytest.raises(making.CannotMake):
        making.make(town.city)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", ["uk", "en"])
def test_the_style_draws_only_layers_that_the_tiles_hold(town, theme, language):
    drawn = style(theme, town.city, "https://city.example/", language)["layers"]
    assert {layer["source-layer"] for layer in drawn if "source-layer" in layer} == set(archives.LAYERS)


def test_an_english_page_has_names_in_latin_letters(town, client):
    english = client.get("/style.json?city=town&lang=en").content.decode()
    assert "name_en" in english
    assert "name_en" not in client.get("/style.json?city=town&lang=uk").content.decode()


def test_a_language_without_a_style_is_refused(town, client):
    assert client.get("/style.json?city=town&lang=xx").status_code == 400


def test_both_themes_colour_the_same_things():
    assert THEMES["light"].keys() == THEMES["dark"].keys()
