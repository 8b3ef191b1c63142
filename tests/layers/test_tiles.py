"""Tiles: what they hold, whom they hold it from, and that nothing in them is lost or counted twice."""

from dataclasses import replace

import mapbox_vector_tile
import pytest
from django.contrib.gis.geos import Point
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from districts.models import User
from layers.catalog import find
from layers.geometry import Tile
from layers.models import AssetLayer, City, Visibility
from layers.tiles import cut
from reports.models import Report


def features(body, layer):
    return mapbox_vector_tile.decode(body)[layer]["features"] if body else []


def tile_of(client, layer, z=14, lon=30.305, lat=50.165, **query):
    place = Tile.covering(lon, lat, z)
    return client.get(f"/tiles/{layer}/{place.z}/{place.x}/{place.y}.mvt", query)


def test_a_published_report_is_in_the_tile_with_id_service_status_and_group_only(town, client):
    report = town.published()
    (feature,) = features(tile_of(client, "reports").content, "reports")
    assert feature["properties"] == {
        "id": report.pk,
        "service": "holes",
        "status": "published",
        "group": "published",
    }
    assert feature["id"] == report.pk


def test_a_received_report_is_in_no_tile(town, client):
    town.received()
    assert tile_of(client, "reports").content == b""
    assert tile_of(client, "report-heat").content == b""


def test_a_report_of_a_city_that_is_not_live_is_in_no_tile(town, client):
    town.published()
    City.objects.update(live=False)
    assert tile_of(client, "reports").content == b""


@pytest.mark.parametrize(("status", "number"), [("published", 1), ("in_work", 0), ("published,resolved", 1)])
def test_the_status_filter_chooses_groups(town, client, status, number):
    town.published()
    assert len(features(tile_of(client, "reports", status=status).content, "reports")) == number


def test_the_city_filter_leaves_out_other_cities(town, client):
    town.published()
    assert tile_of(client, "reports", city="elsewhere").content == b""


def test_an_unknown_status_is_explained(town, client):
    answer = tile_of(client, "reports", status="lost")
    assert answer.status_code == 400
    assert "lost" in answer.json()["detail"]


@pytest.mark.parametrize("address", ["30/0/0", "3/8/0", "3/0/9", "99999999999999999999/0/0"])
def test_nonsense_coordinates_are_refused_without_asking_the_database(
    db, client, django_assert_num_queries, address
):
    with django_assert_num_queries(0):
        assert client.get(f"/tiles/reports/{address}.mvt").status_code == 404


def test_an_unknown_layer_is_refused(db, client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/tiles/secrets/3/1/1.mvt").status_code == 404


def test_a_tile_costs_one_query_beside_its_version(town, client, django_assert_num_queries):
    town.published()
    with django_assert_num_queries(2):
        tile_of(client, "reports")


def test_where_points_crowd_cells_count_them_all(town):
    for step in range(6):
        town.published(point=town.place(30.301 + step / 1000))
    body = cut(replace(find("reports"), crowd=5), Tile.covering(30.305, 50.165, 10), {})
    assert sum(f["properties"]["count"] for f in features(body, "reports")) == 6
    assert all("id" not in f["properties"] for f in features(body, "reports"))


def test_in_a_crowded_tile_near_by_a_pile_is_counted_and_single_points_stay_single(town):
    for _ in range(16):
        town.published(point=town.place(30.305, 50.165))
    alone = town.published(point=town.place(30.309, 50.168))
    few = replace(find("reports"), crowd=16, crowd_from_afar=None, cells_a_side=4)  # a cell's share is 1
    found = features(cut(few, Tile.covering(30.305, 50.165, 14), {}), "reports")
    assert sorted(f["properties"].get("count", 1) for f in found) == [1, 16]
    (single,) = [f["properties"] for f in found if "count" not in f["properties"]]
    assert single == {"id": alone.pk, "service": "holes", "status": "published", "group": "published"}


def test_heat_weighs_reports_by_the_severity_of_their_service(town, client):
    town.published()
    town.published(service=town.dark, point=town.place(30.33, 50.17))
    cells = features(tile_of(client, "report-heat", z=6).content, "report-heat")
    assert sum(cell["properties"]["count"] for cell in cells) == 2
    assert sum(cell["properties"]["weight"] for cell in cells) == 300


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.tuples(st.floats(30.30, 30.34), st.floats(50.16, 50.18)), min_size=1, max_size=12),
    st.integers(0, 18),
)
def test_the_points_of_a_zooms_tiles_add_up_to_the_reports(town, places, z):
    Report.objects.all().delete()
    Report.objects.bulk_create(
        Report(
            city=town.city, service=town.holes, text="x", status="published", published_at="2026-01-01T00:00Z",
            point=Point(lon, lat, srid=4326), token=str(number),
        )
        for number, (lon, lat) in enumerate(places)
    )  # fmt: skip
    tiles = {Tile.covering(lon, lat, z) for lon, lat in places}
    near = {
        Tile(z, (t.x + dx) % (1 << z), min(max(t.y + dy, 0), (1 << z) - 1))
        for t in tiles
        for dx in (-1, 0, 1)
        for dy in (-1, 0, 1)
    }
    for layer, counted in (("reports", lambda f: 1), ("report-heat", lambda f: f["properties"]["count"])):
        total = sum(counted(f) for t in near for f in features(cut(find(layer), t, {}), layer))
        assert total == len(places)


def test_public_assets_are_drawn_by_kind(town, client):
    (lamp,) = features(tile_of(client, "lighting", lon=30.33, lat=50.17).content, "lighting")
    assert lamp["properties"]["reference"] == "7-1"


@pytest.mark.parametrize("visibility", [Visibility.STAFF, Visibility.ROUTING])
def test_other_assets_are_in_no_public_tile(town, client, visibility):
    AssetLayer.objects.filter(pk=town.lamps.pk).update(visibility=visibility)
    assert tile_of(client, "lighting", lon=30.33, lat=50.17).content == b""


def test_staff_see_their_own_citys_staff_layers_and_nobody_keeps_the_tile(town, client):
    AssetLayer.objects.filter(pk=town.lamps.pk).update(visibility=Visibility.STAFF)
    client.force_login(town.worker)
    answer = tile_of(client, "lighting", lon=30.33, lat=50.17, staff="1")
    assert len(features(answer.content, "lighting")) == 1
    assert answer["Cache-Control"] == "private, no-store"


def test_staff_see_no_routing_only_layer_on_the_map_either(town, client):
    AssetLayer.objects.filter(pk=town.lamps.pk).update(visibility=Visibility.ROUTING)
    client.force_login(town.worker)
    assert tile_of(client, "lighting", lon=30.33, lat=50.17, staff="1").content == b""


def test_staff_without_the_parameter_get_the_public_tile(town, client):
    AssetLayer.objects.filter(pk=town.lamps.pk).update(visibility=Visibility.STAFF)
    client.force_login(town.worker)
    answer = tile_of(client, "lighting", lon=30.33, lat=50.17)
    assert answer.content == b""
    assert answer["Cache-Control"].startswith("public")


@pytest.fixture
def owned(town):
    town.lamp.owner = "Somebody"
    town.lamp.save(update_fields=["owner"])
    return town


def owner_in(answer):
    (lamp,) = features(answer.content, "lighting")
    return lamp["properties"].get("owner")


def test_the_owner_of_an_asset_is_not_told_to_the_public(owned, client):
    assert owner_in(tile_of(client, "lighting", lon=30.33, lat=50.17)) is None


def test_the_owner_is_told_to_everybody_where_the_city_says_so(owned, client):
    City.objects.update(publishes_owners=True)
    assert owner_in(tile_of(client, "lighting", lon=30.33, lat=50.17)) == "Somebody"


def test_the_owner_is_told_to_the_citys_own_staff_only(owned, client):
    client.force_login(owned.worker)
    assert owner_in(tile_of(client, "lighting", lon=30.33, lat=50.17, staff="1")) == "Somebody"
    client.force_login(User.objects.create_user("resident@town.example"))
    assert owner_in(tile_of(client, "lighting", lon=30.33, lat=50.17, staff="1")) is None


def test_several_layers_come_in_one_tile(town, client):
    body = tile_of(client, "road,lighting,districts", lon=30.33, lat=50.17).content
    assert set(mapbox_vector_tile.decode(body)) == {"road", "lighting", "districts"}


def test_districts_carry_code_name_and_set(town, client):
    found = {
        f["properties"]["code"]: f["properties"]
        for f in features(tile_of(client, "districts", z=10).content, "districts")
    }
    assert found["w"] == {"code": "w", "name": "Захід", "name_en": "West", "set": "wards"}


def test_the_style_names_no_other_host(client, db):
    style = client.get("/style.json", headers={"host": "localhost"}).json()
    assert style["version"] == 8
    assert all(
        address.startswith("http://localhost/")
        for source in style["sources"].values()
        for address in source["tiles"]
    )
    assert "glyphs" not in style
    assert "sprite" not in style


def test_an_unknown_theme_is_refused(client, db):
    assert client.get("/style.json", {"theme": "pink"}).status_code == 400
