"""The moderators' desk in a browser: its keys, the masking of photos, the lock, and all of it without JavaScript."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from districts.models import Membership, Role, User
from reports import actions
from reports.models import Photo, Report
from tests.browser.conftest import Opens, signed_in
from tests.browser.test_accessibility import PHONE, broken_rules, fits
from tests.town import PASSWORD, Town

DESK = "/horodok/moderation/"
OPEN = ".queue__link[aria-current]"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def photo_of(report: Report) -> Photo:
    """A photo 400 pixels wide and 300 high."""
    out = io.BytesIO()
    Image.effect_noise((400, 300), 90).convert("RGB").save(out, "PNG")
    return actions.attach(report, io.BytesIO(out.getvalue()))


def desk_of(opens: Opens, town: Town, **options: object) -> Page:
    page = signed_in(opens(**options), town.moderator)
    page.goto(DESK)
    return page


def with_keys(page: Page) -> Page:
    page.get_by_role("button", name="Keys", exact=True).wait_for()
    return page


def test_j_and_k_walk_through_the_queue(opens: Opens, town: Town) -> None:
    town.report("Перше")
    town.report("Друге")
    page = with_keys(desk_of(opens, town))
    page.keyboard.press("j")
    expect(page.locator(OPEN)).to_contain_text("Друге")
    with_keys(page).keyboard.press("k")
    expect(page.locator(OPEN)).to_contain_text("Перше")


def test_a_publishes_and_opens_the_next_one(opens: Opens, town: Town) -> None:
    first = town.report("Перше")
    town.report("Друге")
    page = with_keys(desk_of(opens, town))
    page.keyboard.press("a")
    page.get_by_text("is published").wait_for()
    assert Report.objects.get(pk=first.pk).status == "published"
    expect(page.locator(OPEN)).to_contain_text("Друге")


def test_a_reason_is_typed_after_r_with_letters_that_are_keys(opens: Opens, town: Town) -> None:
    report = town.report()
    page = with_keys(desk_of(opens, town))
    page.keyboard.press("r")
    page.keyboard.type("a junk mail")
    expect(page.get_by_label("Why it is not published")).to_have_value("a junk mail")
    assert Report.objects.get(pk=report.pk).status == "received"


@pytest.mark.parametrize(("key", "label"), [("e", "Text for everybody"), ("m", "Number of the other report")])
def test_a_key_opens_what_was_folded_and_goes_to_its_field(
    opens: Opens, town: Town, key: str, label: str
) -> None:
    town.report()
    page = with_keys(desk_of(opens, town))
    page.keyboard.press(key)
    expect(page.get_by_label(label)).to_be_focused()


def test_keys_that_are_switched_off_do_nothing_any_more(opens: Opens, town: Town) -> None:
    report = town.report()
    page = with_keys(desk_of(opens, town))
    page.keyboard.press("?")
    page.get_by_label("Use these keys in this browser").uncheck()
    page.get_by_role("button", name="Close").click()
    page.reload()
    with_keys(page).keyboard.press("a")
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert Report.objects.get(pk=report.pk).status == "received"


def test_a_rectangle_drawn_on_a_photo_is_made_unreadable(opens: Opens, town: Town) -> None:
    photo = photo_of(town.report())
    page = desk_of(opens, town)
    page.get_by_text("hide or make a part unreadable").click()
    canvas = page.locator(".mask-editor__canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    scale = box["width"] / 400
    page.mouse.move(box["x"] + 40 * scale, box["y"] + 30 * scale)
    page.mouse.down()
    page.mouse.move(box["x"] + 140 * scale, box["y"] + 80 * scale, steps=4)
    page.mouse.up()
    page.get_by_role("button", name="Make unreadable").click()
    page.get_by_text("The photo is changed.").wait_for()
    (mask,) = Photo.objects.get(pk=photo.pk).masks
    assert [abs(is_ - drawn) <= 2 for is_, drawn in zip(mask, [40, 30, 100, 50], strict=True)] == [True] * 4


def test_a_report_that_is_looked_at_is_held_until_the_page_is_left(opens: Opens, town: Town) -> None:
    report = town.report()
    page = desk_of(opens, town)
    page.get_by_text("others see that you are looking").wait_for()
    other = User.objects.create_user("other@town.example", PASSWORD, name="Інша модераторка")
    Membership.objects.create(user=other, city=town.city, role=Role.MODERATOR)
    theirs = signed_in(opens(), other)
    theirs.goto(DESK)
    theirs.get_by_text("moderator@example.org is looking at this report now").wait_for()
    page.goto("/horodok/")
    # The page that was left asks for it while the next one loads already.
    for _ in range(100):
        if Report.objects.get(pk=report.pk).claimed_by is None:
            break
        page.wait_for_timeout(100)
    theirs.reload()
    theirs.get_by_text("others see that you are looking").wait_for()
    assert Report.objects.get(pk=report.pk).claimed_by == other


def test_masking_rejecting_and_merging_need_no_javascript(opens: Opens, town: Town) -> None:
    case, spam, same = town.published(), town.report("Реклама"), town.report("Те саме")
    photo = photo_of(spam)
    page = desk_of(opens, town, java_script_enabled=False)
    page.get_by_text("hide or make a part unreadable").click()
    for label, number in [("From the left", 1), ("From the top", 2), ("Width", 30), ("Height", 40)]:
        page.get_by_label(label).fill(str(number))
    page.get_by_role("button", name="Make unreadable").click()
    page.get_by_text("The photo is changed.").wait_for()
    assert Photo.objects.get(pk=photo.pk).masks == [[1, 2, 30, 40]]
    page.get_by_label("Why it is not published").fill("Це реклама")
    page.get_by_role("button", name="Reject", exact=True).click()
    page.get_by_text("is rejected").wait_for()
    page.get_by_role("button", name="It is the same").click()
    page.get_by_text("They are one case now.").wait_for()
    assert Report.objects.get(pk=same.pk).duplicate_of == case


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_desk_with_all_of_it_open_breaks_no_rule_and_fits_a_phone(
    opens: Opens, town: Town, scheme: str
) -> None:
    town.published()
    photo_of(town.report())
    page = with_keys(desk_of(opens, town, color_scheme=scheme, viewport=PHONE))
    for folded in page.locator(".desk__report summary.govuk-details__summary").all():
        folded.click()
    assert (broken_rules(page), fits(page)) == ([], True)
    page.get_by_role("button", name="Keys", exact=True).click()
    assert broken_rules(page) == []
