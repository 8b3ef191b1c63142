"""Pages as a headless Chromium meets them for the first time: painted, moved, drawn, and how many bytes that took."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

from districts.models import Membership, Role, User
from gisportal.bench.http import HOST, Loopback
from gisportal.bench.loading import Town
from gisportal.bench.running import Run
from reports.models import Report
from reports.workflow import PUBLIC

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--enable-unsafe-swiftshader"]
VISITS = 5
PATIENCE_MS = 60_000
SETTLED_MS = 1500
"""After a page without a map has loaded, nothing moves any more."""
LOOK_EVERY_MS = 100

WATCH = """
window.seen = { lcp: 0, cls: 0, map: 0 };
new PerformanceObserver((list) => { for (const one of list.getEntries()) seen.lcp = one.startTime; })
  .observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) seen.cls += one.value;
}).observe({ type: "layout-shift", buffered: true });
document.addEventListener("map:idle", () => { seen.map ||= performance.now(); }, true);
"""
BYTES = """
() => performance.getEntriesByType("resource").concat(performance.getEntriesByType("navigation"))
  .filter((one) => !/\\/(tiles|assets\\/map)/.test(one.name)).reduce((sum, one) => sum + one.transferSize, 0)
"""


@dataclass(slots=True)
class Visits:
    """What was seen of one page, a value for each visit; milliseconds but for the shift."""

    painted_ms: list[float] = field(default_factory=list)
    shift_thousandths: list[float] = field(default_factory=list)
    drawn_ms: list[float] = field(default_factory=list)
    size_bytes: int = 0


def measure(run: Run) -> None:
    """Add lines for each page beside its goal (UX 19); none where there is no Chromium or no built front end."""
    built = settings.BASE_DIR / "frontend" / "dist" / "manifest.json"
    if not (Path(CHROMIUM).exists() and built.exists() and Path(settings.STATIC_ROOT).exists()):
        print("no Chromium or no built front end: pages are not measured", flush=True)  # noqa: T201
        return
    visits = min(VISITS, run.rounds)
    with Loopback() as server, _chromium() as chromium:
        for name, address, has_map in _pages(run.town):
            seen = _visit(
                chromium, f"http://{HOST}:{server.port}", address, has_map, visits, _session(run.town, name)
            )
            _add(run, name, seen)


def _pages(town: Town) -> list[tuple[str, str, bool]]:
    """The pages, their addresses, and whether a map is drawn on each."""
    city = f"/{town.city.slug}"
    report = (
        Report.objects.filter(city=town.city, status__in=PUBLIC).order_by("pk").values_list("pk", flat=True)
    )
    return [
        ("map", f"{city}/", True),
        ("list", f"{city}/reports/", False),
        ("report form", f"{city}/report/", False),
        ("report page", f"{city}/reports/{report[0]}/", False),
        ("news", f"{city}/news/", False),
        ("places", f"{city}/places/", False),
        ("settings", f"{city}/settings/", False),
    ]


def _session(town: Town, name: str) -> str | None:
    """The session of an administrator for what only they may see."""
    if name != "settings":
        return None
    person, _ = User.objects.get_or_create(email="administrator@bench.example")
    Membership.objects.get_or_create(user=person, city=town.city, role=Role.ADMINISTRATOR)
    browser = Client()
    browser.force_login(person)
    return str(browser.cookies["sessionid"].value)


@contextmanager
def _chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; our own questions to the database are not async.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def _visit(
    chromium: Any, origin: str, address: str, has_map: bool, visits: int, session: str | None
) -> Visits:
    seen = Visits()
    for _ in range(visits):
        context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="uk")
        if session:
            context.add_cookies([{"name": "sessionid", "value": session, "url": origin}])
        context.add_init_script(WATCH)
        page = context.new_page()
        answer = page.goto(origin + address)
        if answer.status != 200:
            raise RuntimeError(f"status {answer.status}: {address}")
        _settle(page, has_map)
        told = page.evaluate("() => window.seen")
        seen.painted_ms.append(told["lcp"])
        seen.shift_thousandths.append(told["cls"] * 1000)
        if has_map:
            seen.drawn_ms.append(told["map"])
        seen.size_bytes = page.evaluate(BYTES)
        context.close()
    return seen


def _settle(page: Any, has_map: bool) -> None:
    waited = 0
    while has_map and not page.evaluate("() => window.seen.map"):
        page.wait_for_timeout(LOOK_EVERY_MS)
        waited += LOOK_EVERY_MS
        if waited > PATIENCE_MS:
            raise RuntimeError("the map was not drawn")
    page.wait_for_timeout(SETTLED_MS)


def _add(run: Run, name: str, seen: Visits) -> None:
    goals = (
        ("largest paint", seen.painted_ms, 2000.0, seen.size_bytes),
        ("layout shift, in thousandths", seen.shift_thousandths, 50.0, None),
        ("map drawn, by software", seen.drawn_ms, 0.0, None),
    )
    for what, values, goal, size_bytes in goals:
        if values:
            against = "goal" if goal else "no goal"
            note = "" if goal else "-"
            run.add(
                f"{name}: {what}", against, [values, [goal] * len(values)], size_bytes=size_bytes, note=note
            )
