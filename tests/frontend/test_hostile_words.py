"""What a resident writes is shown everywhere as words: never as markup, never as a link."""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from frontend.templatetags.portal import official
from layers.geometry import Tile
from reports import actions, answer_links
from reports.models import Report
from tests.town import IN_THE_WEST, Town

MARK = "zzmark"
HOSTILE = [
    f"<script>{MARK}()</script>",
    f'"><img src=x onerror={MARK}()>',
    f"' autofocus onfocus='{MARK}()",
    f"</title><svg onload={MARK}()>",
    f"</textarea><iframe srcdoc='<script>{MARK}()</script>'>",
    f"{{{{ {MARK} }}}}{{% {MARK} %}}",
    f"javascript:{MARK}() https://evil.example/{MARK} www.evil.example evil@evil.example",
    f"[{MARK}](https://evil.example)",
]


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def spoiled(town: Town, words: str) -> Report:
    """A public report, solved and disputed, with these words wherever a resident may write any."""
    report = town.published(words, address=words, contact_name=words, shows_name=True, reporter=None)
    actions.judge_comment(actions.comment(report.pk, town.resident, words).pk, publish=True)
    actions.comment(report.pk, town.resident, words)
    actions.flag(report.pk, None, words)
    actions.resolve(report.pk, town.electrician, "Готово")
    actions.object_to(report.pk, town.resident, words, point=IN_THE_WEST)
    actions.reopen(report.pk, None, words)
    return report


def pages(town: Town, report: Report, staff: Client) -> Iterator[tuple[str, bytes]]:
    """Each page that shows a resident's words, with its address."""
    body = answer_links.answer_token(report, town.lamps)
    for address in [
        f"/horodok/reports/{report.pk}/",
        f"/horodok/reports/{report.pk}/?fragment=card",
        "/horodok/reports/",
        "/horodok/",
        f"/horodok/track/{report.token}/",
        f"/horodok/answer/{body}/",
        f"/horodok/moderation/?report={report.pk}",
        "/horodok/moderation/comments/",
        "/horodok/moderation/flags/",
        f"/horodok/work/?report={report.pk}",
        f"/horodok/report/around/?lon={IN_THE_WEST.x}&lat={IN_THE_WEST.y}&service=lamp",
    ]:
        yield address, staff.get(address).content


@pytest.fixture
def staff(town: Town) -> Client:
    """Somebody who may open every screen."""
    browser = Client(headers={"accept-language": "en"})
    town.moderator.is_superuser = True
    town.moderator.save()
    browser.force_login(town.moderator)
    return browser


@pytest.mark.parametrize("words", HOSTILE)
def test_a_residents_words_are_words_on_every_page(
    town: Town, staff: Client, media: None, words: str
) -> None:
    report = spoiled(town, words)
    for address, body in pages(town, report, staff):
        page = body.decode()
        assert not re.search(rf"<[^>]*(?:{MARK}|evil\.example)[^>]*>", _without_plain_attributes(page)), (
            address
        )
        assert f"<script>{MARK}" not in page, address


@pytest.mark.parametrize("words", HOSTILE)
def test_every_page_does_show_them(town: Town, staff: Client, media: None, words: str) -> None:
    """The walk above would find something: the words are there, escaped."""
    report = spoiled(town, words)
    shown = [address for address, body in pages(town, report, staff) if MARK in html.unescape(body.decode())]
    assert len(shown) >= 8


@pytest.mark.parametrize("words", HOSTILE)
def test_the_api_gives_them_as_json_that_no_browser_takes_for_a_page(
    visitor: Client, town: Town, words: str
) -> None:
    report = town.published(words)
    answer = visitor.get(f"/api/v1/reports/{report.pk}/")
    assert answer["Content-Type"].startswith("application/json")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert json.loads(answer.content)["properties"]["text"] == words


def test_a_tile_holds_no_words_of_residents(visitor: Client, town: Town) -> None:
    town.published(HOSTILE[0], address=HOSTILE[0])
    tile = Tile.covering(IN_THE_WEST.x, IN_THE_WEST.y, 16)
    answer = visitor.get(f"/tiles/reports/{tile.z}/{tile.x}/{tile.y}.mvt")
    assert answer.status_code == 200
    assert len(answer.content) > 0
    assert MARK.encode() not in answer.content


def test_an_address_in_an_official_answer_is_a_link_that_vouches_for_nothing(
    visitor: Client, town: Town
) -> None:
    report = town.published()
    actions.comment(report.pk, town.electrician, "План: https://horodok.example/plan?a=1&b=2.", town.lamps)
    page = visitor.get(reverse("report-page", args=["horodok", report.pk])).content.decode()
    assert (
        '<a class="govuk-link" href="https://horodok.example/plan?a=1&amp;b=2" rel="nofollow ugc noopener">'
        "https://horodok.example/plan?a=1&amp;b=2</a>." in page
    )


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
        ("www.example.org", "<p>www.example.org</p>"),
        ("<b>", "<p>&lt;b&gt;</p>"),
        ("a\nb", "<p>a<br>b</p>"),
        (
            '(https://a.example/x"onclick=1)',
            '<p>(<a class="govuk-link" href="https://a.example/x" rel="nofollow ugc noopener">'
            "https://a.example/x</a>&quot;onclick=1)</p>",
        ),
    ],
)
def test_only_whole_web_addresses_of_an_office_become_links(words: str, shown: str) -> None:
    assert official(words) == shown


def _without_plain_attributes(page: str) -> str:
    """The page without what forms and titles hold quoted, where escaped words are in their place."""
    return re.sub(r'\b(?:value|alt|title|content|aria-label|data-[a-z-]+)="[^"]*"', "", page)
