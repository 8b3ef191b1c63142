"""Reporting in a browser: by mouse on a phone, by keyboard alone, without JavaScript; each page against axe."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page

from districts.models import Datatype, Service
from reports import drafts
from reports.models import Report
from tests.browser.conftest import Opens
from tests.browser.test_accessibility import DESK, PHONE, broken_rules, fits
from tests.browser.test_journey import MAP
from tests.town import Town

STEPS = ("place", "similar", "what", "details", "photos", "contact", "check")


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


class Taps:
    """A finger that counts its taps."""

    def __init__(self, page: Page) -> None:
        self.page, self.number = page, 0

    def on(self, selector: str, **where: Any) -> None:
        self.page.locator(selector).first.tap(**where)
        self.number += 1


def test_six_taps_on_a_phone_send_a_report(opens: Opens, town: Town) -> None:
    page = opens(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    page.goto("/horodok/report/")
    page.locator(MAP).wait_for()
    finger = Taps(page)
    box = page.locator(MAP).bounding_box()
    assert box is not None
    finger.on(MAP, position={"x": box["width"] / 2 - 30, "y": box["height"] / 2 + 30})
    page.get_by_text("Place chosen:").wait_for()
    finger.on(".reporting__end button")
    finger.on("[name=text]")
    page.keyboard.type("Не світять ліхтарі біля школи")
    page.locator(".suggested__one").wait_for()
    finger.on(".suggested__one")
    page.get_by_role("heading", name="Do you have photos?").wait_for()
    finger.on("button[name=to]")
    finger.on("text=Send the report")
    await_receipt(page)
    assert finger.number <= 6
    assert Report.objects.get().service == town.lamp


def test_the_keyboard_alone_sends_a_report(opens: Opens, town: Town) -> None:
    page = opens().new_page()
    page.goto("/horodok/report/")
    page.locator(MAP).wait_for()
    tab_to(page, "[data-map-start]")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.get_by_text("Place chosen:").wait_for()
    tab_to(page, ".reporting__end button")
    page.keyboard.press("Enter")
    tab_to(page, "[name=text]")
    page.keyboard.type("Sehr dunkel")
    tab_to(page, "summary >> text=Lighting")
    page.keyboard.press("Enter")
    tab_to(page, "[name=service][value=lamp]")
    page.keyboard.press("Space")
    tab_to(page, "button[name=to]")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Check and send").wait_for()
    tab_to(page, "text=Send the report")
    page.keyboard.press("Enter")
    await_receipt(page)
    point = Report.objects.get().point
    assert point is not None
    assert abs(point.x - 30.31) < 0.001


def test_every_page_works_without_javascript(opens: Opens, town: Town, tmp_path: Path) -> None:
    near = town.published("Ліхтар не горить")
    page = opens(java_script_enabled=False, viewport=PHONE).new_page()
    page.goto("/horodok/report/")
    page.get_by_text("I know the coordinates").click()
    page.get_by_label("Latitude").fill("50,165")
    page.get_by_label("Longitude").fill("30,305")
    page.get_by_role("button", name="Continue").click()
    page.get_by_text(f"№ {near.pk}").first.wait_for()
    page.get_by_role("link", name="No, another one").click()
    page.get_by_label("What happened?").fill("Глибока яма")
    page.get_by_role("searchbox").fill("pothole")
    page.get_by_role("button", name="Find").click()
    page.get_by_label("Pothole").check(force=True)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Add photos").set_input_files([photo()])
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("E-mail").fill("olena@example.org")
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("Глибока яма").wait_for()
    page.go_back()
    assert page.get_by_label("E-mail").input_value() == "olena@example.org"
    page.go_forward()
    page.get_by_role("button", name="Send the report").click()
    await_receipt(page)
    sent = Report.objects.exclude(pk=near.pk).get()
    assert (sent.service, sent.contact_email, sent.photos.count()) == (town.pothole, "olena@example.org", 1)


def test_a_photo_chosen_first_begins_the_report(opens: Opens, town: Town) -> None:
    page = opens(viewport=PHONE).new_page()
    page.goto("/horodok/report/")
    page.locator("photo-first input").set_input_files([photo()])
    page.get_by_text("The photo is kept").wait_for()


def test_searching_narrows_the_categories_as_one_types(opens: Opens, town: Town) -> None:
    draft = drafts.start(town.city, None, lon=30.305, lat=50.165)
    page = opens().new_page()
    page.goto(f"/horodok/report/{draft.token}/what/")
    page.get_by_role("searchbox").fill("яма")
    page.get_by_text("Pothole", exact=True).wait_for()
    assert page.get_by_text("Street lamp is out").is_hidden()
    page.get_by_role("searchbox").fill("жираф")
    page.get_by_text("No category of that name").wait_for()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_accessibility(
    opens: Opens, town: Town, scheme: str, size: dict[str, int]
) -> None:
    town.published("Ліхтар не горить")
    asks_and_warns(town.lamp)
    draft = drafts.start(town.city, None, lon=30.305, lat=50.165, service="lamp", text="Темно")
    page = opens(color_scheme=scheme, viewport=size).new_page()
    addresses = {"first": "/horodok/report/", "whole": "/horodok/report/?whole=1"}
    addresses |= {step: f"/horodok/report/{draft.token}/{step}/" for step in STEPS}
    addresses |= {"gone": "/horodok/report/nothing/what/"}
    broken = {}
    for name, address in addresses.items():
        page.goto(address, wait_until="load")
        broken |= {name: found} if (found := broken_rules(page)) else {}
        assert fits(page), f"{name} is wider than the window"
    assert broken == {}


def asks_and_warns(service: Service) -> None:
    """A question of each kind, and a warning that must be passed."""
    for kind in Datatype.values:
        lists = kind in (Datatype.ONE, Datatype.MANY)
        choices = [{"key": "a", "uk": "Так"}, {"key": "b", "uk": "Ні", "stop_uk": "Телефонуйте 104"}]
        said = {"label_uk": f"Питання {kind}", "hint_uk": "Підказка", "required": True}
        service.questions.create(code=kind, datatype=kind, choices=choices if lists else [], **said)
    service.stopper_uk = "Запах газу: телефонуйте 104"
    service.save()


def await_receipt(page: Page) -> None:
    """The receipt with its whole map: no tile is on its way when the test's database is emptied."""
    page.get_by_role("heading", name="Thank you").wait_for()
    page.wait_for_load_state("networkidle")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until that element has the keyboard."""
    wanted = page.locator(selector).first
    for _ in range(60):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard never reaches {selector}")


def photo() -> dict[str, Any]:
    """A file as a browser's picker hands it over."""
    out = io.BytesIO()
    Image.new("RGB", (80, 60), "red").save(out, "JPEG")
    return {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}
