"""A real Chromium against the real server: the pages as people meet them."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from districts.models import User
from tests.town import PASSWORD, Town, build_town

HERE = Path(__file__).parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
# Headless Chromium on a machine without a GPU: WebGL2 in software; root needs --no-sandbox.
FLAGS = ["--no-sandbox", "--enable-unsafe-swiftshader"]
SLOWEST_ANSWER_MS = 30_000

Opens = Callable[..., BrowserContext]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip(f"{CHROMIUM} is not installed")
    if not (settings.BASE_DIR / "frontend" / "dist" / "manifest.json").exists():
        pytest.fail("the front end is not built: run npm run build in frontend/")
    # Playwright keeps an event loop in this thread; the tests' own questions to the database are not async.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def town(transactional_db: None) -> Town:
    """See tests/town.py for its map. Attempts to sign in are counted from nothing: their table outlives a test."""
    cache.clear()
    return build_town()


@pytest.fixture
def opens(chromium: Browser, live_server: LiveServer) -> Iterator[Opens]:
    """Opens windows that know nothing of each other; takes what Playwright's `new_context` takes."""
    contexts: list[BrowserContext] = []

    def open_context(**options: object) -> BrowserContext:
        defaults = {"base_url": live_server.url, "locale": "en", "viewport": {"width": 1280, "height": 800}}
        context = chromium.new_context(**(defaults | options))  # type: ignore[arg-type]
        context.set_default_timeout(SLOWEST_ANSWER_MS)
        contexts.append(context)
        return context

    yield open_context
    for context in contexts:
        context.close()
    _wait_until_all_is_answered()


def _wait_until_all_is_answered() -> None:
    """Tiles that nobody waits for any more are still being cut; emptying the tables would meet them in a deadlock."""
    give_up = time.monotonic() + SLOWEST_ANSWER_MS / 1000
    while any("process_request_thread" in thread.name for thread in threading.enumerate()):
        if time.monotonic() > give_up:
            raise TimeoutError("the server still answers a window that was closed")
        time.sleep(0.02)


def signed_in(context: BrowserContext, person: User) -> Page:
    """A page of that window in which the person has signed in through the sign-in form."""
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("[name=login]", person.email)
    page.fill("[name=password]", PASSWORD)
    page.locator("main form [type=submit], main form button:not([type=button])").last.click()
    page.wait_for_selector(f"header >> text={person}")
    return page
