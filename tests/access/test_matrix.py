"""Who may come where: every cell of matrix.csv over HTTP, and no route without its row."""

import csv
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.city_settings import of_settings
from tests.access.people import WHO, World, build_world, token_for
from tests.access.reporting import of_reporting
from tests.town import build_town

MATRIX = Path(__file__).with_name("matrix.csv")
FOREIGN_ROUTES = ("admin:", "account_", "djdt:", "mfa_", "socialaccount_", "openid_connect_")
"""Screens of Django and allauth, which have tests of their own; a few of their addresses are rows all the same."""


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@functools.cache
def rows() -> list[dict[str, str]]:
    with MATRIX.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cells() -> Iterator[tuple[str, str, str, str, str]]:
    for row in rows():
        for who in WHO:
            yield row["route"], row["method"], row["thing"], who, row[who]


def arguments(world: World, route: str, thing: str) -> dict[str, object]:
    """What the address of the route is made of."""
    report = world.things.get(thing, world.things["public"])
    known: dict[str, object] = {
        "city": world.town.city.slug,
        "pk": report.pk,
        "token": report.token,
        "size": "shown",
        "code": world.town.roads.code,
    }
    known |= {"photo": world.photo.pk, "layer_ids": "reports", "z": 14, "x": 0, "y": 0}
    if route == "photo":
        known["token"] = world.photo.token
    if route == "answer":
        known["token"] = token_for(report)
    if route == "moderation-judge":
        known["pk"] = world.comment.pk
    if route == "moderation-seen":
        known["pk"] = world.flag.pk
    if route.startswith("place-") or route == "place":
        known |= {"pk": world.places[thing or "published"].pk, "token": world.place_photo.token}
    if route.startswith("announcement"):
        known["pk"] = world.messages[thing or "published"].pk
    known |= of_help(world, route, thing)
    if route == "moderation-photo-hide" or route == "moderation-photo-mask":
        known["pk"] = world.photo.report_id
    if route in ("work-offer", "work-link-back"):
        known |= {"offer": world.offer.pk, "link": world.link.pk}
    known["pk"] = world.kept.get(thing, known["pk"])
    known |= of_settings(world, route) | of_reporting(world, route, thing)
    return {name: known[name] for name in wanted(route)}


def of_help(world: World, route: str, thing: str) -> dict[str, object]:
    """What the addresses of partners and offers are made of."""
    offer = world.offers.get(thing)
    known: dict[str, object] = {"offer": offer.pk} if offer else {}
    if route in ("partner", "moderation-partner"):
        known["pk"] = world.partner.pk
    if route in ("partner-withdraw", "moderation-offer") and offer:
        known["pk"] = offer.pk
    return known


@functools.cache
def wanted(route: str) -> tuple[str, ...]:
    patterns = get_resolver().reverse_dict.getlist(route)
    return tuple(patterns[0][0][0][1]) if patterns else ()


def outcome(answer: HttpResponse) -> str:
    """The status, with where a redirect sends: to the sign-in page, or on after something was done."""
    if answer.status_code == 302:
        return "login" if answer["Location"].startswith("/accounts/login/") else "done"
    return str(answer.status_code)


@pytest.mark.django_db
@pytest.mark.parametrize("who", WHO)
def test_every_cell_of_the_matrix_holds(who: str) -> None:
    """All cells of one kind of visitor; each request is undone before the next."""
    from django.db import transaction

    world = build_world(build_town())
    wrong = []
    for route, method, thing, visitor, expected in cells():
        if visitor != who:
            continue
        with transaction.atomic():
            answer = world.browser(who).generic(method, reverse(route, kwargs=arguments(world, route, thing)))
            transaction.set_rollback(True)
        if outcome(answer) != expected:
            wrong.append(
                f"{method} {route} ({thing or '-'}) as {who}: {outcome(answer)}, expected {expected}"
            )
    assert not wrong, "\n".join(wrong)


def routes(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(
                pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space
            )
        elif pattern.name:
            yield f"{space}{pattern.name}"


def test_every_route_has_its_row() -> None:
    ours = {name for name in routes(get_resolver().url_patterns) if not name.startswith(FOREIGN_ROUTES)}
    assert ours - {row["route"] for row in rows()} == set()


def test_every_row_has_its_route() -> None:
    assert {row["route"] for row in rows()} <= set(routes(get_resolver().url_patterns))
