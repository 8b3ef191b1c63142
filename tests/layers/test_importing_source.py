"""What is refused before a file is read."""

import io
import zipfile
from pathlib import Path

import pytest

from layers.importing.account import FileRefusedError
from layers.importing.source import MAX_VERTICES, MEGABYTE, Source, check, check_json
from layers.importing.zipped import unzipped
from tests.geofiles import geojson, point


def why_refused(path: Path, **said: object) -> str:
    with pytest.raises(FileRefusedError) as refused:
        check(Source(path, **said))  # type: ignore[arg-type]
    return str(refused.value)


def why_json_refused(content: bytes) -> str:
    with pytest.raises(FileRefusedError) as refused:
        check_json(io.BytesIO(content))
    return str(refused.value)


def why_zip_refused(path: Path) -> str:
    with pytest.raises(FileRefusedError) as refused, unzipped(Source(path)):
        pass
    return str(refused.value)


def polygon_of(vertices: int) -> bytes:
    positions = ",".join(f"[30.{number:07d},50.1]" for number in range(vertices))
    return b'{"geometry":{"type":"Polygon","coordinates":[[' + positions.encode() + b"]]}}"


def test_a_folder_is_refused_with_advice_to_name_the_shp(tmp_path):
    assert ".shp" in why_refused(tmp_path)


def test_a_missing_file_is_refused(tmp_path):
    assert "no such file" in why_refused(tmp_path / "lamps.geojson")


def test_a_text_file_is_refused_with_the_formats_that_are_read(tmp_path):
    path = tmp_path / "lamps.txt"
    path.write_text("lamp")
    assert "GeoPackage (.gpkg)" in why_refused(path)


def test_an_empty_file_is_refused(tmp_path):
    path = tmp_path / "lamps.gpkg"
    path.touch()
    assert "empty" in why_refused(path)


def test_a_file_beyond_the_stated_size_is_refused_by_its_size_alone(tmp_path):
    path = tmp_path / "lamps.geojson"
    with path.open("wb") as stream:
        stream.truncate(2 * MEGABYTE)
    assert "at most 1 MB" in why_refused(path, max_mb=1)


def test_content_that_is_not_what_the_name_says_is_refused(tmp_path):
    path = tmp_path / "lamps.gpkg"
    path.write_text("<OGRVRTDataSource><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTDataSource>")
    assert "something else" in why_refused(path)


def test_another_format_under_the_name_of_geojson_is_refused(tmp_path):
    path = tmp_path / "lamps.geojson"
    path.write_text("<OGRVRTDataSource/>")
    assert "doesn't start with" in why_refused(path)


def test_an_encoding_that_nobody_knows_is_refused(tmp_path):
    path = geojson(tmp_path / "lamps.geojson", ({}, point(30.3, 50.1)))
    assert "encoding" in why_refused(path, encoding="cp9999")


def test_json_nested_thousands_deep_is_refused():
    assert "deeper than 64" in why_json_refused(b'{"a":' * 200_000 + b"1" + b"}" * 200_000)


def test_json_that_ends_in_the_middle_is_refused():
    assert "cut off" in why_json_refused(b'{"type":"FeatureCollection","features":[{"type":"Fea')


def test_json_in_another_encoding_is_refused_by_name():
    assert "UTF-8" in why_json_refused('{"name":"Їжак"}'.encode("cp1251"))


def test_a_geometry_of_a_million_vertices_is_let_through():
    assert check_json(io.BytesIO(polygon_of(MAX_VERTICES))) == ""


def test_a_geometry_of_one_vertex_more_is_refused_wherever_the_pieces_are_cut():
    assert "more than 1000000 vertices" in why_json_refused(polygon_of(MAX_VERTICES + 1))


def test_vertices_are_counted_for_each_geometry_alone():
    half = polygon_of(MAX_VERTICES // 2 + 1)
    assert check_json(io.BytesIO(b'{"features":[' + half + b"," + half + b"]}")) == ""


def test_brackets_within_texts_count_for_nothing():
    texts = b'{"name":"' + b"[1,2]" * (MAX_VERTICES // 2) + b'\\"[[[[", "other":"' + b"]" * 100 + b'"}'
    assert check_json(io.BytesIO(texts)) == ""


def test_the_reference_system_that_geojson_states_is_told():
    content = b'{"crs":{"type":"name","properties":{"name":"EPSG:2249"}},"features":[{"a":"b"}]}'
    assert check_json(io.BytesIO(content)) == "EPSG:2249"


def test_a_stated_reference_system_that_nobody_knows_is_refused(tmp_path):
    path = geojson(tmp_path / "lamps.geojson", ({}, point(1, 2)), crs="urn:ogc:def:crs:EPSG::999999")
    assert "--srid" in why_refused(path)


def test_a_zip_that_unpacks_to_hundreds_of_times_its_size_is_refused(tmp_path):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("lamps.shp", bytes(20 * MEGABYTE))
    assert "times its size" in why_zip_refused(path)


@pytest.mark.parametrize("name", ["../lamps.shp", "/etc/lamps.shp", "a/../../lamps.shp", "C:\\lamps.shp"])
def test_a_zip_with_a_name_that_leaves_its_folder_is_refused(tmp_path, name):
    path = tmp_path / "lamps.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, b"x")
    assert "unsafe name" in why_zip_refused(path)


def test_a_zip_without_a_shapefile_is_refused_with_what_it_holds(tmp_path):
    path = tmp_path / "lamps.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", b"x")
    assert "readme.txt" in why_zip_refused(path)


def test_a_damaged_zip_is_refused(tmp_path):
    path = tmp_path / "lamps.zip"
    path.write_bytes(b"PK\x03\x04 and nothing of the kind")
    assert "damaged" in why_zip_refused(path)
