"""Every page of the access matrix in a browser: no rule of accessibility broken, nothing cut off, nobody else asked."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from tests.access.people import WHO, World, build_world
from tests.access.test_matrix import arguments, rows
from tests.browser.conftest import Opens
from tests.browser.test_accessibility import broken_rules, fits
from tests.town import Town

NARROWEST = {"width": 320, "height": 640}
"""A window of 1280 px at 400 % (WCAG 2.2, 1.4.10 Reflow)."""
WAYS = [
    ("light", {"width": 360, "height": 740}, "uk"),
    ("dark", {"width": 1280, "height": 800}, "en"),
]


@pytest.fixture
def world(town: Town, settings: Any, tmp_path: Path) -> World:
    settings.MEDIA_ROOT = tmp_path
    return build_world(town)


def pages(world: World) -> Iterator[tuple[str, str, str]]:
    """Route, address and visitor of each page, the first one in WHO that may see it."""
    browsers = {who: world.browser(who) for who in WHO}
    for row in rows():
        who = next((who for who in WHO if row[who] == "200"), None)
        if row["method"] != "GET" or who is None:
            continue
        address = reverse(row["route"], kwargs=arguments(world, row["route"], row["thing"]))
        body = b"".join(browsers[who].get(address))
        if body.lstrip()[:15].lower().startswith(b"<!doctype html"):
            yield f"{row['route']} ({row['thing']})", address, who


@pytest.mark.parametrize(("scheme", "size", "language"), WAYS, ids=[way[0] for way in WAYS])
def test_no_page_breaks_a_rule_scrolls_sideways_or_asks_another_host(
    opens: Opens, world: World, live_server: LiveServer, scheme: str, size: dict[str, int], language: str
) -> None:
    windows: dict[str, Page] = {}
    wrong: dict[str, list[str]] = {}
    said: list[str] = []
    for name, address, who in list(pages(world)):
        if who not in windows:
            context = opens(color_scheme=scheme, viewport=size, locale=language)
            windows[who] = _watched(_as(context, world, who, live_server), live_server.url, said)
        found = _looked_at(windows[who], address, size)
        found += said
        said.clear()
        wrong |= {f"{name} as {who}": found} if found else {}
    assert not wrong, json.dumps(wrong, indent=1, ensure_ascii=False)


def _as(context: BrowserContext, world: World, who: str, live_server: LiveServer) -> Page:
    cookies = world.browser(who).cookies
    context.add_cookies(
        [{"name": name, "value": morsel.value, "url": live_server.url} for name, morsel in cookies.items()]
    )
    return context.new_page()


def _watched(page: Page, home: str, said: list[str]) -> Page:
    own = (home, "data:", "blob:")
    page.on(
        "request", lambda request: None if request.url.startswith(own) else said.append(f"asks {request.url}")
    )
    page.on(
        "console", lambda message: said.append(message.text) if "Content Security" in message.text else None
    )
    page.on("pageerror", lambda error: said.append(f"script: {error}"))
    return page


def _looked_at(page: Page, address: str, size: dict[str, int]) -> list[str]:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.goto(address, wait_until="load")
    found = broken_rules(page)
    page.set_viewport_size(NARROWEST)  # type: ignore[arg-type]
    return found if fits(page) else [*found, "wider than a window of 320 px"]
