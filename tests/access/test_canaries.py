"""What isn't public is in no public byte: canaries in everything hidden, and a walk through everything shown."""

import itertools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from django.apps import apps
from django.contrib.gis.geos import Point
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.urls.converters import IntConverter

from districts.models import Department, Page, Responsibility
from frontend.citizens.reporting.steps import Step
from layers.catalog import all_layers
from layers.geometry import Tile
from layers.models import Asset, AssetLayer, Kind, Visibility
from reports import actions
from reports.models import Announcement, DraftPhoto, HelpOffer, InternalNote, Partner, Place, Report
from tests.access.people import World, build_world
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
    Partner.objects.create(city=town.city, kind="ngo", name=HIDDEN, description=HIDDEN, published=False)
    InternalNote.objects.create(report=shown, text=HIDDEN)
    actions.hand_link(shown.pk, town.moderator, HIDDEN, 7)
    # Its helper sees it on the page, and nobody else does.
    HelpOffer.objects.create(report=shown, user=world.people["author"], text=HIDDEN)
    Announcement.objects.filter(published_at=None).update(title_uk=HIDDEN, text_uk=HIDDEN)
    return world


SEARCHES = ("", "?q=9417", "?fragment=1", "?fragment=card")
"""Asked for besides the page itself; 9417 is in everything hidden, and no page has it of its own."""
NOT_OURS = ("admin/", "accounts/")
"""Screens of Django and allauth."""
CLOSED = (302, 403, 405)
"""The door is shut whatever the address ends with: to the sign-in page, for others, or to be posted to only."""


def samples(name: str, converter: object, things: list[Any]) -> list[object]:
    """What an argument of an address may be; a new sort of argument has to be told here."""
    told: dict[str, list[object]] = {
        "city": ["horodok"],
        "code": list(Department.objects.values_list("code", flat=True)),
        "size": ["shown", "thumbnail"],
        "step": [step.value for step in Step],
        "photo": list(DraftPhoto.objects.values_list("token", flat=True)),
        "slug": list(Page.objects.values_list("slug", flat=True)),
        # Tiles are walked by layer and place.
        "layer_ids": [],
        "z": [],
    }
    if name in told:
        return told[name]
    if isinstance(converter, IntConverter):
        return sorted({thing.pk for thing in things if isinstance(thing.pk, int)})
    assert name == "token", f"what may {name} be in an address? Tell the walk in samples()."
    # Whoever has a report's own token may read it; the others' open nothing that is hidden.
    return [thing.token for thing in things if hasattr(thing, "token") and not isinstance(thing, Report)]


def everything() -> list[Any]:
    """Every row of the reports' models, published or not."""
    return [thing for model in apps.get_app_config("reports").get_models() for thing in model.objects.all()]


def patterns(
    found: list[Any], before: str = "", arguments: Mapping[str, object] = MappingProxyType({})
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Each address of the portal's own, as a format with the converters of its arguments."""
    for one in found:
        if str(one.pattern) in NOT_OURS:
            continue
        route = before + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(one.pattern))
        named = {**arguments, **one.pattern.converters}
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, route, named)
        else:
            yield route, named


def pages(browser: Client) -> list[str]:
    """Every address of the URL table that shows this visitor something, by every sample of its arguments."""
    found, things = ["/"], everything()
    for route, named in patterns(get_resolver().url_patterns):
        for values in itertools.product(*(samples(*argument, things) for argument in named.items())):
            address = "/" + route.format(**dict(zip(named, values, strict=True)))
            status = browser.get(address).status_code
            if status == 200:
                found.append(address)
            elif status in CLOSED:
                break
    return found


def fragments_and_tiles() -> list[str]:
    """What pages fetch, and every layer's tiles over the town."""
    around = f"?lon={IN_THE_WEST.x}&lat={IN_THE_WEST.y}&service="
    asked = [f"/horodok/report/around/{around}{code}" for code in ("dump", "lamp")]
    tiles = [
        f"/tiles/{layer.id}/{tile.z}/{tile.x}/{tile.y}.mvt"
        for layer in all_layers()
        for z in (8, 13, 16)
        if z in layer.zooms
        for tile in [Tile.covering(IN_THE_WEST.x, IN_THE_WEST.y, z)]
    ]
    place = Tile.covering(IN_THE_WEST.x, IN_THE_WEST.y, 14)
    tiles.append(f"/tiles/base/horodok/{place.z}/{place.x}/{place.y}.mvt")
    return asked + tiles + [f"{tile}?staff=1" for tile in tiles]


def holds_canary(browser: Client, address: str) -> bool:
    """Whether this visitor is sent a hidden word from there."""
    answer = browser.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return CANARY.encode() in body or b"kanarka9417" in body


@pytest.mark.parametrize("who", ["anonymous", "resident", "foreign_moderator", "partner"])
def test_no_public_byte_holds_the_canary(world: World, who: str) -> None:
    """What everybody is shown, they ask for, and somebody without a name searches it too."""
    walked = pages(Client())
    things = (world.things["public"], world.places["published"], world.messages["published"])
    for name, thing in zip(("reports", "places", "news"), things, strict=True):
        assert f"/horodok/{name}/{thing.pk}/" in walked
    if who == "anonymous":
        walked = [address + search for address in walked for search in SEARCHES]
    browser = world.browser(who)
    assert [one for one in walked + fragments_and_tiles() if holds_canary(browser, one)] == []


def test_the_canary_is_where_staff_look(world: World) -> None:
    """The walk would find it: the same words are on the moderators' screen."""
    moderator = world.browser("moderator")
    assert holds_canary(moderator, "/horodok/moderation/")
    assert holds_canary(moderator, "/horodok/moderation/flags/")
    assert holds_canary(moderator, "/horodok/moderation/places/")


def test_the_deciding_asset_is_named_to_staff_only(world: World) -> None:
    report = world.things["public"]
    assert report.department == world.town.roads
    page = f"/horodok/work/?report={report.pk}"
    assert holds_canary(world.browser("other_department"), page)
    assert not holds_canary(Client(), f"/horodok/reports/{report.pk}/")
