"""From files of every format to valid features in WGS84, and sentences about the rest."""

import warnings
import zipfile
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from layers.geometry import to_web_mercator
from layers.importing.account import Account, FileRefusedError
from layers.importing.features import clean, features
from layers.importing.reading import Rows
from layers.importing.repairing import Wanted
from layers.importing.source import Source
from tests.geofiles import Geometry, bow_tie, geojson, line, point, square

VASYLKIV = (30.25, 50.1, 30.4, 50.25)
"""West, south, east, north of the city in these tests."""
IN_MERCATOR = to_web_mercator(30.3, 50.17)


def import_of(
    path: Path, wanted: Wanted = Wanted.ANYTHING, ref: str | None = None, **said
) -> tuple[Rows, Account]:
    account = Account()
    return features(Source(path, **said), account, reference=ref, wanted=wanted, extent=VASYLKIV), account


def import_one(
    tmp_path: Path, geometry: Geometry, wanted: Wanted = Wanted.ANYTHING, **said
) -> tuple[Rows, Account]:
    return import_of(geojson(tmp_path / "one.geojson", ({"ref": "7-1"}, geometry)), wanted, "ref", **said)


def reasons(account: Account) -> list[str]:
    return [remark.reason for remark in account.remarks]


def position(rows: Rows) -> tuple[float, float]:
    ((x, y),) = shapely.get_coordinates(rows.geometry)
    return pytest.approx((x, y), abs=1e-6)


def write(path: Path, driver: str, crs: str | None = "EPSG:3857", **said) -> Path:
    """One lamp at 30.3 E 50.17 N in Web Mercator, named Їжак."""
    mercator = shapely.to_wkb(shapely.points([IN_MERCATOR]))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # no CRS is the point of some tests
        pyogrio.raw.write(
            path,
            mercator,
            [np.array(["Їжак"], dtype=object)],
            fields=["name"],
            geometry_type="Point",
            driver=driver,
            crs=crs,
            **said,
        )
    return path


@pytest.mark.parametrize(
    ("name", "driver"), [("a.gpkg", "GPKG"), ("a.fgb", "FlatGeobuf"), ("a.shp", "ESRI Shapefile")]
)
def test_every_format_is_read_and_turned_into_degrees(tmp_path, name, driver):
    rows, _account = import_of(write(tmp_path / name, driver), ref="name")
    assert position(rows) == (30.3, 50.17)
    assert list(rows.references) == ["Їжак"]


def test_a_zipped_shapefile_is_read_from_a_folder_within_the_zip(tmp_path):
    shapefile = write(tmp_path / "lamps.shp", "ESRI Shapefile")
    with zipfile.ZipFile(tmp_path / "lamps.zip", "w") as archive:
        for part in tmp_path.glob("lamps.*"):
            if part.suffix != ".zip":
                archive.write(part, f"дані/{part.name}")
    shapefile.unlink()
    rows, _account = import_of(tmp_path / "lamps.zip", ref="name")
    assert position(rows) == (30.3, 50.17)


def test_feet_of_massachusetts_become_degrees(tmp_path):
    # Boston City Hall: 42.3604 N 71.0580 W is 775,640 ft E, 2,956,670 ft N (EPSG:2249), to some metres.
    path = geojson(tmp_path / "feet.geojson", ({}, point(775640, 2956670)), crs="urn:ogc:def:crs:EPSG::2249")
    account = Account()
    rows = features(Source(path), account, reference=None, wanted=Wanted.ANYTHING)
    assert shapely.get_coordinates(rows.geometry)[0] == pytest.approx((-71.0580, 42.3604), abs=5e-4)


def test_a_prj_with_nothing_but_esri_wkt_is_understood(tmp_path):
    path = write(tmp_path / "a.shp", "ESRI Shapefile")
    path.with_suffix(".prj").write_text(
        'PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",'
        'SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],'
        'PROJECTION["Mercator_Auxiliary_Sphere"],PARAMETER["Central_Meridian",0.0],'
        'PARAMETER["Standard_Parallel_1",0.0],PARAMETER["Auxiliary_Sphere_Type",0.0],UNIT["Meter",1.0]]'
    )
    assert position(import_of(path)[0]) == (30.3, 50.17)


def test_a_damaged_prj_is_refused_with_what_to_do(tmp_path):
    path = write(tmp_path / "a.shp", "ESRI Shapefile")
    path.with_suffix(".prj").write_text('PROJCS["Half of')
    with pytest.raises(FileRefusedError, match="take it away"):
        import_of(path)


@pytest.mark.parametrize(
    ("name", "driver"), [("a.gpkg", "GPKG"), ("a.fgb", "FlatGeobuf"), ("a.shp", "ESRI Shapefile")]
)
def test_a_file_without_a_reference_system_is_refused(tmp_path, name, driver):
    with pytest.raises(FileRefusedError, match="--srid"):
        import_of(write(tmp_path / name, driver, crs=None))


def test_the_stated_srid_stands_in_for_a_missing_reference_system(tmp_path):
    rows, _account = import_of(write(tmp_path / "a.fgb", "FlatGeobuf", crs=None), srid=3857)
    assert position(rows) == (30.3, 50.17)


def test_the_stated_srid_goes_before_what_the_file_says(tmp_path):
    rows, _account = import_one(tmp_path, point(*IN_MERCATOR), srid=3857)
    assert position(rows) == (30.3, 50.17)


def test_a_shapefile_that_declares_no_encoding_is_read_as_cp1251(tmp_path):
    path = write(tmp_path / "a.shp", "ESRI Shapefile", encoding="CP1251")
    path.with_suffix(".cpg").unlink()
    rows, account = import_of(path, ref="name")
    assert list(rows.references) == ["Їжак"]
    assert "CP1251" in account.notes[0]


def test_a_shapefile_without_its_table_is_refused(tmp_path):
    path = write(tmp_path / "a.shp", "ESRI Shapefile")
    path.with_suffix(".dbf").unlink()
    with pytest.raises(FileRefusedError, match=r"\.dbf part is missing"):
        import_of(path)


def test_a_file_with_several_layers_asks_which_one(tmp_path):
    write(tmp_path / "a.gpkg", "GPKG", layer="lamps")
    write(tmp_path / "a.gpkg", "GPKG", layer="poles", append=True)
    with pytest.raises(FileRefusedError, match="lamps, poles"):
        import_of(tmp_path / "a.gpkg")


def test_swapped_axes_are_named_with_both_readings(tmp_path):
    rows, account = import_one(tmp_path, point(50.17, 30.3))
    assert len(rows) == 0
    assert "50.17, 30.3 is far from the city, 30.3, 50.17 is in it" in reasons(account)[0]


def test_swapped_axes_are_put_right_on_request(tmp_path):
    assert position(import_one(tmp_path, point(50.17, 30.3), swap_axes=True)[0]) == (30.3, 50.17)


def test_heights_are_dropped(tmp_path):
    rows, _account = import_one(tmp_path, point(30.3, 50.17, 120))
    assert not shapely.has_z(rows.geometry).any()


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        (None, "no geometry"),
        ({"type": "LineString", "coordinates": []}, "empty"),
        (point(float("nan"), 50.1), "finite"),
        (point(float("inf"), 50.1), "finite"),
        (point(1e308, 50.1), "not degrees"),
        (point(3372980, 6475744), "not degrees"),
        (line((30.3, 50.1), (30.3, 50.1)), "nothing is left"),
        (line((30.3, 50.1)), "too few points"),
        ({"type": "GeometryCollection", "geometries": [point(30.3, 50.1), square(30.3, 50.1)]}, "mixed"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_the_reason(tmp_path, geometry, reason):
    rows, account = import_one(tmp_path, geometry)
    assert len(rows) == 0
    assert reason in reasons(account)[0]


def test_a_bow_tie_is_repaired_into_its_two_triangles(tmp_path):
    rows, account = import_one(tmp_path, bow_tie(30.3, 50.1), Wanted.AREAS)
    # Each triangle has the base 0.02 and the height 0.01: together 0.0002 square degrees.
    assert shapely.area(rows.geometry)[0] == pytest.approx(0.0002)
    assert account.repaired == 1
    assert "Self-intersection" in reasons(account)[0]


def test_an_open_ring_is_closed_and_said_so(tmp_path):
    corners = [[30.3, 50.1], [30.31, 50.1], [30.31, 50.11], [30.3, 50.11]]
    rows, account = import_one(tmp_path, {"type": "Polygon", "coordinates": [corners]}, Wanted.AREAS)
    assert shapely.area(rows.geometry)[0] == pytest.approx(0.0001)
    assert reasons(account) == ["a ring was open; closed"]


def test_where_areas_are_wanted_a_collection_gives_its_areas(tmp_path):
    mixed = {"type": "GeometryCollection", "geometries": [point(30.3, 50.1), square(30.3, 50.1)]}
    rows, account = import_one(tmp_path, mixed, Wanted.AREAS)
    assert shapely.area(rows.geometry)[0] == pytest.approx(0.0001)
    assert account.repaired == 1


def test_where_areas_are_wanted_a_point_is_refused(tmp_path):
    rows, account = import_one(tmp_path, point(30.3, 50.1), Wanted.AREAS)
    assert len(rows) == 0
    assert "not an area" in reasons(account)[0]


def test_of_two_features_with_one_reference_the_second_is_refused_naming_the_first(tmp_path):
    lamp = ({"ref": "7-1"}, point(30.3, 50.1))
    path = geojson(tmp_path / "lamps.geojson", lamp, ({"ref": "7-2"}, point(30.3, 50.1)), lamp)
    rows, account = import_of(path, ref="ref")
    assert list(rows.references) == ["7-1", "7-2"]
    assert [(remark.line, remark.reason) for remark in account.remarks] == [
        (3, "the same reference as line 1")
    ]


def test_an_unknown_field_is_refused_with_the_fields_there_are(tmp_path):
    with pytest.raises(FileRefusedError, match="The file has: ref"):
        import_of(geojson(tmp_path / "lamps.geojson", ({"ref": "7-1"}, point(30.3, 50.1))), ref="number")


def test_a_file_without_features_is_refused(tmp_path):
    with pytest.raises(FileRefusedError, match="no features"):
        import_of(geojson(tmp_path / "none.geojson"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (122.0, "122"),
        (1.5, "1.5"),
        ("122.0", "122"),
        (None, ""),
        (float("nan"), ""),
        (" a\x00b ", "a b"),
        (7, "7"),
    ],
)
def test_a_cell_becomes_clean_text(value, text):
    assert clean(value) == text


def table(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "lamps.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_table_with_lon_and_lat_is_in_degrees(tmp_path):
    rows, _account = import_of(table(tmp_path, "id,lon,lat\n7.0,30.3,50.17\n"), ref="id")
    assert position(rows) == (30.3, 50.17)
    assert list(rows.references) == ["7"]


def test_a_table_with_x_and_y_needs_the_srid(tmp_path):
    path = table(tmp_path, f"id,x,y\n7,{IN_MERCATOR[0]},{IN_MERCATOR[1]}\n")
    with pytest.raises(FileRefusedError, match="--srid"):
        import_of(path)
    assert position(import_of(path, srid=3857)[0]) == (30.3, 50.17)


def test_a_ukrainian_spreadsheets_commas_and_encoding_are_understood(tmp_path):
    path = table(tmp_path, "Номер;Довгота;Широта\nЇ7;30,3;50,17\n", "cp1251")
    rows, account = import_of(path, ref="Номер")
    assert position(rows) == (30.3, 50.17)
    assert list(rows.references) == ["Ї7"]
    assert "CP1251" in account.notes[0]


def test_a_row_without_a_position_is_refused_by_its_line_in_the_file(tmp_path):
    path = table(tmp_path, 'id,lon,lat,note\n1,30.3,50.1,"two\nlines"\n2,,,\n')
    _rows, account = import_of(path, ref="id")
    assert [(remark.line, remark.reference) for remark in account.remarks] == [(4, "2")]


def test_a_table_without_a_position_says_how_to_name_one(tmp_path):
    with pytest.raises(FileRefusedError, match="--lon-field"):
        import_of(table(tmp_path, "id,street\n1,Соборна\n"))


def test_a_table_may_name_its_position_otherwise(tmp_path):
    path = table(tmp_path, "id,схід,північ\n7,30.3,50.17\n")
    rows, _account = import_of(path, ref="id", lon_field="схід", lat_field="північ", srid=4326)
    assert position(rows) == (30.3, 50.17)
