"""Pages of a list in each order: nothing twice, nothing left out, whatever is equal."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError

from reports.models import Report
from reports.paging import Sort, page, sort_of
from tests.town import Town, build_town

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ORIGIN = Point(30.305, 50.165, srid=4326)


@pytest.fixture
def town(db: None) -> Town:
    return build_town()


def made(town: Town, name: str, **fields: object) -> None:
    said = {"status": "published", "published_at": NOON, "point": ORIGIN, "text": name} | fields
    Report.objects.create(city=town.city, service=town.lamp, **said)


def walked(size: int, sort: Sort) -> list[str]:
    """The texts of all pages, from the first on."""
    seen: list[str] = []
    after: str | None = None
    while True:
        found = page(Report.objects.public(), after, size, sort, ORIGIN)
        assert len(found.rows) <= size
        seen += [report.text for report in found.rows]
        after = found.next_cursor
        if after is None:
            return seen


def test_the_newest_come_first(town: Town) -> None:
    for day in (2, 3, 1):
        made(town, f"{day}", published_at=NOON + timedelta(days=day))
    assert walked(1, Sort.NEWEST) == ["3", "2", "1"]


def test_of_equally_supported_ones_the_later_comes_first(town: Town) -> None:
    for name, supporters in (("a", 0), ("b", 5), ("c", 0), ("d", 5)):
        made(town, name, supporters=supporters)
    assert walked(1, Sort.SUPPORTED) == ["d", "b", "c", "a"]


def test_what_waits_longest_comes_first_and_what_is_closed_after_all_that_waits(town: Town) -> None:
    made(town, "closed long ago", status="resolved", published_at=NOON - timedelta(days=9))
    made(town, "new", published_at=NOON)
    made(town, "old", status="planned", published_at=NOON - timedelta(days=5))
    assert walked(1, Sort.WAITING) == ["old", "new", "closed long ago"]


def test_the_nearest_come_first(town: Town) -> None:
    for name, lon in (("far", 30.312), ("here", 30.305), ("near", 30.303)):
        made(town, name, point=Point(lon, 50.165, srid=4326))
    assert walked(1, Sort.NEAREST) == ["here", "near", "far"]


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("size", [1, 3, 50])
def test_pages_hold_everything_once(town: Town, sort: Sort, size: int) -> None:
    """Seven in one spot, and thirteen that lie ever farther away, in all directions."""
    for number in range(7):
        made(town, f"same {number}")
    for number in range(13):
        away = 0.00003 * 2**number
        east, north = ((away, 0), (-away, away / 2), (0, -away))[number % 3]
        made(town, f"{number}", point=Point(30.305 + east, 50.165 + north, srid=4326), supporters=number % 3)
    found = walked(size, sort)
    assert (len(found), len(set(found))) == (20, 20)


def test_the_nearest_in_pages_are_in_the_order_of_one_page(town: Town) -> None:
    for number in range(30):
        made(town, f"{number}", point=Point(30.305 + 0.0001 * (number * 7 % 30), 50.165, srid=4326))
    assert walked(2, Sort.NEAREST) == walked(50, Sort.NEAREST)


def test_a_cursor_of_another_order_is_refused(town: Town) -> None:
    made(town, "a")
    made(town, "b")
    cursor = page(Report.objects.public(), None, 1, Sort.NEWEST).next_cursor
    with pytest.raises(ValidationError, match="first page"):
        page(Report.objects.public(), cursor, 1, Sort.SUPPORTED)


@pytest.mark.parametrize("cursor", ["x", "bmVhcmVzdHxpbmZ8MXwx", "é", "%00"])
def test_a_damaged_cursor_is_refused_in_words(town: Town, cursor: str) -> None:
    with pytest.raises(ValidationError, match="first page"):
        page(Report.objects.public(), cursor, 1, Sort.NEAREST, ORIGIN)


def test_the_nearest_need_a_place(town: Town) -> None:
    with pytest.raises(ValidationError, match="Nearest to what"):
        page(Report.objects.public(), None, 1, Sort.NEAREST)


def test_an_order_nobody_knows_is_refused_naming_those_we_know(db: None) -> None:
    with pytest.raises(ValidationError, match="newest, nearest, supported, waiting"):
        sort_of("loudest")
