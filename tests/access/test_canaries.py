"""What isn't public is in no public byte: canaries in everything hidden, and a walk through everything shown."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.test import Client
from django.urls import reverse

from districts.models import Responsibility
from layers.catalog import all_layers
from layers.geometry import Tile
from layers.models import Asset, AssetLayer, Kind, Visibility
from reports import actions
from reports.models import Announcement, Place
from tests.access.people import World, build_world
from tests.access.test_matrix import arguments, rows
from tests.town import IN_THE_WEST, build_town

CANARY = "Канарка"
HIDDEN = f"{CANARY}-9417"


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    """A world in which every hidden thing has the canary in its words."""
    settings.MEDIA_ROOT = tmp_path
    world = build_world(build_town())
    town = world.town
    pipe = AssetLayer.objects.create(
        city=town.city,
        slug="pipes",
        name_uk=f"Труби {HIDDEN}",
        kind=Kind.WATER,
        visibility=Visibility.ROUTING,
        reach_m=99,
    )
    Asset.objects.create(
        city=town.city,
        layer=pipe,
        reference=HIDDEN,
        name=HIDDEN,
        owner=HIDDEN,
        geometry=Point(30.305, 50.165, srid=4326),
    )
    Responsibility.objects.create(
        city=town.city, service=town.dump, department=town.roads, asset_layer=pipe, rank=1, due_days=3
    )
    contact = {"contact_name": HIDDEN, "contact_email": "kanarka9417@town.example", "contact_phone": HIDDEN}
    town.report(f"Неопубліковане {HIDDEN}", address=HIDDEN, **contact)
    private = town.published(f"Приватне {HIDDEN}", **contact)
    actions.keep_private(private.pk, town.moderator, private=True)
    rejected = town.report(f"Відхилене {HIDDEN}")
    actions.reject(rejected.pk, town.moderator, HIDDEN)
    # Public ones whose sender, original words, waiting comment and deciding asset are not.
    shown = town.published(f"Дзвоніть {HIDDEN}", service=town.dump, point=IN_THE_WEST, **contact)
    actions.edit(shown.pk, town.moderator, "Сміття")
    actions.comment(shown.pk, town.resident, f"Ще не прочитане {HIDDEN}")
    actions.flag(shown.pk, None, HIDDEN)
    actions.note(shown.pk, town.moderator, f"Між нами {HIDDEN}")
    actions.hand_link(shown.pk, town.moderator, HIDDEN, 7)
    world.things["public"] = shown
    waiting = {
        "name_uk": HIDDEN,
        "details_uk": HIDDEN,
        "address": HIDDEN,
        "hours_uk": HIDDEN,
        "phone": HIDDEN,
    }
    Place.objects.filter(state="suggested").update(**waiting)
    Announcement.objects.filter(published_at=None).update(title_uk=HIDDEN, text_uk=HIDDEN)
    return world


def addresses(world: World) -> list[str]:
    """Every public page, and every layer's tiles over the town."""
    pages = [
        reverse(row["route"], kwargs=arguments(world, row["route"], row["thing"]))
        for row in rows()
        if row["method"] == "GET"
        and row["anonymous"] == "200"
        and row["route"] not in ("report-track", "answer")
    ]
    around = f"?lon={IN_THE_WEST.x}&lat={IN_THE_WEST.y}&service="
    pages += [f"/horodok/report/around/{around}{code}" for code in ("dump", "lamp")]
    pages += [f"/horodok/reports/{world.things['public'].pk}/?fragment=card", "/horodok/reports/?fragment=1"]
    tiles = [
        f"/tiles/{layer.id}/{tile.z}/{tile.x}/{tile.y}.mvt"
        for layer in all_layers()
        for z in (8, 13, 16)
        if z in layer.zooms
        for tile in [Tile.covering(IN_THE_WEST.x, IN_THE_WEST.y, z)]
    ]
    return pages + tiles + [f"{tile}?staff=1" for tile in tiles]


def holds_canary(body: bytes) -> bool:
    return CANARY.encode() in body or b"kanarka9417" in body


@pytest.mark.parametrize("who", ["anonymous", "resident", "foreign_moderator", "partner"])
def test_no_public_byte_holds_the_canary(world: World, who: str) -> None:
    browser = world.browser(who)
    found = [address for address in addresses(world) if holds_canary(browser.get(address).content)]
    assert found == []


def test_the_canary_is_where_staff_look(world: World) -> None:
    """The walk would find it: the same words are on the moderators' screen."""
    moderator = world.browser("moderator")
    assert holds_canary(moderator.get("/horodok/moderation/").content)
    assert holds_canary(moderator.get("/horodok/moderation/flags/").content)
    assert holds_canary(moderator.get("/horodok/moderation/places/").content)


def test_the_deciding_asset_is_named_to_staff_only(world: World) -> None:
    report = world.things["public"]
    assert report.department == world.town.roads
    page = f"/horodok/work/?report={report.pk}"
    assert holds_canary(world.browser("other_department").get(page).content)
    assert not holds_canary(Client().get(f"/horodok/reports/{report.pk}/").content)
