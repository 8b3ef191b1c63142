"""What may be kept of a public answer, and when it is made anew."""

import gzip
import time
from datetime import timedelta

import psycopg
import pytest
from django.contrib.gis.geos import Point
from django.db import connection, transaction
from django.utils import timezone

from layers import versions
from layers.answers import Body, Shelf, shelf
from layers.catalog import all_layers
from layers.geometry import Tile
from layers.models import Address, Asset, AssetLayer, City
from reports.models import Announcement, Place, PlaceKind, Report, ReportDistrict

GZIP = {"accept-encoding": "gzip"}


def address_of(layers, lon=30.33, lat=50.17, z=16):
    place = Tile.covering(lon, lat, z)
    return f"/tiles/{layers}/{place.z}/{place.x}/{place.y}.mvt?city=town"


def tag_of(client, layers, **place):
    return client.get(address_of(layers, **place))["ETag"]


@pytest.fixture(autouse=True)
def empty_shelf():
    shelf.clear()


def by_saving(lamp):
    lamp.name = "a lamp"
    lamp.save()


def by_update(lamp):
    Asset.objects.filter(pk=lamp.pk).update(name="a lamp")


def by_bulk(lamp):
    Asset.objects.bulk_create(
        [Asset(city=lamp.city, layer=lamp.layer, reference="9", geometry=Point(30.33, 50.17, srid=4326))]
    )


def by_deleting(lamp):
    lamp.delete()


def by_sql(lamp):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM layers_asset WHERE id = %s", [lamp.pk])


def by_copy(lamp):
    with connection.cursor() as cursor:
        columns = "city_id, layer_id, reference, name, owner, subtype, geometry"
        with cursor.copy(f"COPY layers_asset ({columns}) FROM STDIN") as copy:
            copy.write_row((lamp.city_id, lamp.layer_id, "9", "", "", "", "SRID=4326;POINT(30.33 50.17)"))


@pytest.mark.parametrize("way", [by_saving, by_update, by_bulk, by_deleting, by_sql, by_copy])
def test_the_tag_moves_on_every_way_of_writing(town, client, way):
    before = tag_of(client, "lighting")
    way(town.lamp)
    assert tag_of(client, "lighting") != before


def test_a_tile_holds_at_once_what_was_written(town, client):
    before = client.get(address_of("lighting")).content
    by_bulk(town.lamp)
    assert client.get(address_of("lighting")).content != before


@pytest.mark.parametrize(
    ("layer", "table"),
    [(layer, table) for layer in all_layers() for table in layer.sources or () if "." not in table],
    ids=lambda value: getattr(value, "id", value),
)
def test_every_table_that_a_layer_names_is_watched(town, layer, table):
    kind = PlaceKind.objects.create(city=town.city, code="well", name_uk="Криниця")
    Place.objects.create(city=town.city, kind=kind, name_uk="Криниця", point=town.place())
    Address.objects.create(city=town.city, street="Соборна", house_number="1", point=town.place())
    Announcement.objects.create(
        city=town.city, title_uk="Вода", text_uk="Води немає", starts_at=timezone.now()
    )
    before = versions.version(frozenset(layer.sources), "town")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'note_%%' AND tgrelid = %s::regclass", [table]
        )
        assert cursor.fetchone()[0] == 4
        if table != "layers_asset":  # noted by kind, for which there is a test of its own
            cursor.execute(f"UPDATE {table} SET id = id")
            moved = versions.version(frozenset(layer.sources), "town") != before
            assert moved == bool(cursor.rowcount)


def test_a_published_report_moves_the_tiles_of_reports(town, client):
    before = tag_of(client, "reports", lon=30.305, lat=50.165)
    town.published()
    assert tag_of(client, "reports", lon=30.305, lat=50.165) != before


def test_a_report_that_waits_moves_no_tile(town, client):
    before = tag_of(client, "reports")
    town.received()
    assert tag_of(client, "reports") == before


def test_a_report_that_is_hidden_moves_its_tile(town, client):
    report = town.published()
    before = tag_of(client, "reports")
    Report.objects.filter(pk=report.pk).update(private=True)
    assert tag_of(client, "reports") != before


def test_the_districts_that_hold_a_report_are_part_of_its_tiles(town, client):
    report = town.published()
    before = tag_of(client, "reports")
    ReportDistrict.objects.filter(report=report).delete()
    assert tag_of(client, "reports") != before


def test_reports_of_another_hour_have_another_tag(town, client, monkeypatch):
    before = tag_of(client, "reports")
    later = time.time() + 3600
    monkeypatch.setattr("reports.layers.time.time", lambda: later)
    assert tag_of(client, "reports") != before


def test_a_statement_that_is_undone_moves_nothing(town, client):
    before = tag_of(client, "lighting")
    with transaction.atomic():
        by_update(town.lamp)
        transaction.set_rollback(True)
    assert tag_of(client, "lighting") == before


def test_a_new_lamp_changes_no_tile_of_roads(town, client):
    before = tag_of(client, "road")
    by_bulk(town.lamp)
    assert tag_of(client, "road") == before


def test_another_citys_lamp_changes_no_tile_of_this_one(town, client):
    elsewhere = City.objects.create(
        slug="elsewhere", name_uk="Деінде", boundary=town.city.boundary, live=True
    )
    before = tag_of(client, "lighting")
    layer = AssetLayer.objects.create(
        city=elsewhere, slug="lamps", name_uk="Л", kind="lighting", visibility="public"
    )
    Asset.objects.create(city=elsewhere, layer=layer, reference="1", geometry=Point(30.33, 50.17, srid=4326))
    assert tag_of(client, "lighting") == before


def test_a_layer_that_is_hidden_leaves_the_map_at_once(town, client):
    address = address_of("lighting")
    assert client.get(address).content
    AssetLayer.objects.filter(pk=town.lamps.pk).update(visibility="routing")
    assert client.get(address).content == b""


def test_folding_the_notes_changes_no_version(town):
    for _ in range(5):
        by_update(town.lamp)
    names = frozenset({"layers_asset.lighting"})
    before = versions.version(names, "town")
    with connection.cursor() as cursor:
        cursor.execute("SELECT layers_changes_fold()")
        of_town = "SELECT count(*) FROM layers_change WHERE source = 'layers_asset.lighting' AND city_id = %s"
        cursor.execute(of_town, [town.city.pk])
        assert cursor.fetchone()[0] == 1
    assert versions.version(names, "town") == before


@pytest.mark.django_db(transaction=True)
def test_two_writers_of_one_layer_do_not_wait_for_each_other(town):
    other = Asset.objects.create(
        city=town.city, layer=town.lamps, reference="8", geometry=Point(30.33, 50.17, srid=4326)
    )
    where = connection.get_connection_params()
    reached = {name: where[name] for name in ("host", "port", "user", "password", "dbname") if name in where}
    with psycopg.connect(**reached) as second, transaction.atomic():
        by_update(town.lamp)
        with connection.cursor() as cursor:
            cursor.execute("SELECT layers_changes_fold()")
        second.execute("SET lock_timeout = '2s'")
        second.execute("UPDATE layers_asset SET name = 'other' WHERE id = %s", [other.pk])
        second.execute("SELECT layers_changes_fold()")
        second.commit()


def test_who_has_the_tile_is_told_so_by_one_query(town, client, django_assert_num_queries):
    tag = tag_of(client, "road,lighting,districts")
    with django_assert_num_queries(1):
        answer = client.get(address_of("road,lighting,districts"), headers={"if-none-match": tag})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["ETag"] == tag
    assert answer["Cache-Control"].startswith("public, max-age=")


def test_a_kept_tile_costs_one_query(town, client, django_assert_num_queries):
    first = client.get(address_of("lighting"))
    with django_assert_num_queries(1):
        assert client.get(address_of("lighting")).content == first.content


def test_a_tile_may_be_shown_stale_only_as_long_again_as_it_is_fresh(town, client):
    assert client.get(address_of("reports"))["Cache-Control"] == "public, max-age=4, stale-while-revalidate=4"


def test_within_its_second_a_version_is_not_looked_up_again(
    town, client, settings, django_assert_num_queries
):
    settings.VERSIONS_HELD_S = 60
    tag = tag_of(client, "lighting")
    with django_assert_num_queries(0):
        assert tag_of(client, "lighting") == tag


def test_a_page_made_later_never_gets_an_older_tile(town, client, settings):
    settings.VERSIONS_HELD_S = 60
    before = tag_of(client, "lighting")
    by_update(town.lamp)
    seen = f"&seen={int(time.time() * 1000) + 1}"
    assert client.get(address_of("lighting") + seen)["ETag"] != before


@pytest.mark.parametrize("seen", ["", "soon", "-1", "9" * 40, "٣"])
def test_nonsense_about_when_the_page_was_made_is_no_matter(town, client, seen):
    assert client.get(f"{address_of('lighting')}&seen={seen}").status_code == 200


def test_parameters_that_mean_nothing_make_no_other_tile(town, client):
    assert client.get(address_of("lighting") + "&utm_source=x")["ETag"] == tag_of(client, "lighting")


def test_districts_of_another_day_have_another_tag(town, client, monkeypatch):
    before = tag_of(client, "districts")
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert tag_of(client, "districts") != before


def test_a_kept_tile_is_sent_as_it_was_compressed(town, client):
    Asset.objects.bulk_create(
        Asset(city=town.city, layer=town.lamps, reference=f"n{n}", geometry=Point(30.33, 50.17, srid=4326))
        for n in range(50)
    )
    packed, plain = client.get(address_of("lighting"), headers=GZIP), client.get(address_of("lighting"))
    assert packed["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in packed["Vary"]
    assert packed["ETag"] == plain["ETag"]


def test_gzip_that_is_refused_is_not_sent(town, client):
    Asset.objects.filter(pk=town.lamp.pk).update(name="x" * 200)
    answer = client.get(address_of("lighting"), headers={"accept-encoding": "br, gzip;q=0"})
    assert "Content-Encoding" not in answer


@pytest.mark.parametrize("personal", ["staff=1", "mine=1"])
@pytest.mark.parametrize("signed_in", [True, False])
def test_what_is_one_persons_own_is_kept_by_nobody(town, client, personal, signed_in):
    if signed_in:
        client.force_login(town.worker)
    answer = client.get(f"{address_of('lighting')}&{personal}")
    assert answer["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer
    assert "Access-Control-Allow-Origin" not in answer
    assert not len(shelf)


def test_the_style_is_told_apart_by_its_tag(town, client):
    style = client.get("/style.json?city=town")
    assert client.get("/style.json?city=town", headers={"if-none-match": style["ETag"]}).status_code == 304
    City.objects.update(attribution_uk="© Містечко", attribution="© Містечко")
    assert client.get("/style.json?city=town", headers={"accept-language": "uk"})["ETag"] != style["ETag"]


def test_a_shelf_forgets_what_nobody_asked_for_longest():
    small = Shelf(most_bytes=3)
    for name in "abc":
        small.put(name, Body(b"1", gzipped=False))
    small.get("a")
    small.put("d", Body(b"1", gzipped=False))
    assert [small.get(name) is not None for name in "abcd"] == [True, False, True, True]


def test_a_shelf_holds_no_more_than_its_bytes():
    small = Shelf(most_bytes=3)
    small.put("a", Body(b"12", gzipped=False))
    small.put("a", Body(b"123", gzipped=False))
    small.put("b", Body(b"1234", gzipped=False))
    assert len(small) == 0
