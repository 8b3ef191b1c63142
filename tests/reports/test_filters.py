"""What each filter of reports leaves, and what it says to nonsense."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from districts.models import User
from reports.filters import ReportFilter
from reports.models import Follower, Report, Support
from tests.town import IN_THE_EAST, IN_THE_WEST, Town, build_town


@pytest.fixture
def town(db: None) -> Town:
    return build_town()


def left(viewer: User | None = None, **asked: str) -> set[str]:
    """The texts of the reports that these filters leave."""
    found = ReportFilter(asked, queryset=Report.objects.public(), viewer=viewer)
    assert found.is_valid(), found.errors
    return {report.text for report in found.qs}


def refused(viewer: User | None = None, **asked: str) -> dict[str, list[str]]:
    """What is said about each field that makes no sense."""
    return dict(ReportFilter(asked, queryset=Report.objects.public(), viewer=viewer).errors)


def published_at(town: Town, moments: Iterable[datetime]) -> None:
    """A report published at each moment, called by its month and day in UTC."""
    for at in moments:
        report = town.published(f"{at:%m-%d}")
        Report.objects.filter(pk=report.pk).update(published_at=at)


def test_a_month_is_the_one_of_the_citys_clocks(town: Town) -> None:
    """In Kyiv the last evening of February in UTC is March already."""
    published_at(town, [datetime(2026, 2, 28, 21, 59, tzinfo=UTC), datetime(2026, 2, 28, 22, 0, tzinfo=UTC)])
    Report.objects.filter(published_at__minute=0).update(text="in March")
    assert left(**{"city": "horodok", "from": "2026-03", "to": "2026-03"}) == {"in March"}


def test_both_ends_of_a_period_belong_to_it(town: Town) -> None:
    published_at(town, [datetime(2026, 3, day, 12, tzinfo=UTC) for day in (4, 5, 6, 7)])
    assert left(**{"city": "horodok", "from": "2026-03-05", "to": "2026-03-06"}) == {"03-05", "03-06"}


def test_a_period_may_be_open_at_an_end(town: Town) -> None:
    published_at(town, [datetime(2026, month, 15, tzinfo=UTC) for month in (1, 2, 3)])
    assert left(**{"from": "2026-02"}) == {"02-15", "03-15"}
    assert left(to="2026-02") == {"01-15", "02-15"}


def test_a_period_that_ends_before_it_begins_is_refused_at_its_end(town: Town) -> None:
    assert refused(**{"from": "2026-03", "to": "2026-02"}) == {
        "to": ["The period ends before it begins: choose a later end."]
    }


@pytest.mark.parametrize(
    "text", ["2026", "2026-13", "2026-02-30", "March", "2026-3", "0001-01", "9999-12", "²²²²-01"]
)
def test_what_is_no_month_and_no_day_is_refused_with_an_example(town: Town, text: str) -> None:
    [said] = refused(**{"from": text})["from"]
    assert "2026-03" in said


def test_what_was_due_yesterday_is_overdue_and_what_was_due_this_morning_is_not(town: Town) -> None:
    late, today = town.published("late"), town.published("today")
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    Report.objects.filter(pk=late.pk).update(due_at=midnight - timedelta(seconds=1))
    Report.objects.filter(pk=today.pk).update(due_at=midnight)
    assert left(overdue="1") == {"late"}


def test_disputed_reports_are_those_marked_so(town: Town) -> None:
    town.published("calm")
    Report.objects.filter(pk=town.published("disputed").pk).update(disputed=True)
    assert left(disputed="1") == {"disputed"}


@pytest.mark.parametrize("name", ["overdue", "disputed", "mine", "help"])
def test_a_switch_is_one_or_nothing(town: Town, name: str) -> None:
    assert "write 1 for yes" in refused(**{name: "maybe"})[name][0]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ЛІХТАР", {"Не світить ліхтар"}),
        ("соборна яма", {"Яма на дорозі"}),
        ("ліхтар яма", set()),
        ("100%", {"Знижка 100%"}),
    ],
)
def test_all_words_must_be_in_the_text_or_the_address(town: Town, words: str, found: set[str]) -> None:
    town.published("Не світить ліхтар", address="вулиця Грушевського, 5")
    town.published("Яма на дорозі", address="вулиця Соборна, 1")
    town.published("Знижка 100%")
    assert left(q=words) == found


@pytest.mark.parametrize("written", ["{}", "№ {}", "№{}"])
def test_a_number_finds_the_report_of_that_number(town: Town, written: str) -> None:
    report = town.published("The one")
    town.published("Another")
    assert left(q=written.format(report.pk)) == {"The one"}


@pytest.mark.parametrize("text", ["я", "на по", "x" * 201, "a\x00bc"])
def test_words_that_no_index_can_look_up_are_refused(town: Town, text: str) -> None:
    assert "q" in refused(q=text)


def test_mine_is_what_i_reported_support_or_follow(town: Town) -> None:
    me = User.objects.create_user("me@town.example")
    town.published("own", reporter=me)
    Support.objects.create(report=town.published("supported"), user=me)
    Follower.objects.create(report=town.published("followed"), user=me)
    town.published("foreign", reporter=town.resident)
    assert left(viewer=me, mine="1") == {"own", "supported", "followed"}


def test_mine_holds_nothing_that_is_not_public(town: Town) -> None:
    town.report("still waiting", reporter=town.resident)
    assert left(viewer=town.resident, mine="1") == set()


def test_mine_asks_a_visitor_to_sign_in(town: Town) -> None:
    assert refused(mine="1") == {"mine": ["Sign in to see the reports that are yours."]}


def test_an_anonymous_user_is_nobody(town: Town) -> None:
    found = ReportFilter({"mine": "1"}, queryset=Report.objects.public(), viewer=AnonymousUser())  # type: ignore[arg-type]
    assert not found.is_valid()


def test_near_is_measured_in_metres_on_the_ground(town: Town) -> None:
    """0.01 degrees of longitude at 50.165 north are 714.6 m on the spheroid."""
    town.published("east", point=IN_THE_EAST)
    assert left(near="50.165,30.305,714") == set()
    assert left(near="50.165,30.305,715") == {"east"}


@pytest.mark.parametrize(
    "text", ["50.165,30.305", "50.165,30.305,0", "91,30,5", "nan,30,5", "50,30,inf", "50,30,50001"]
)
def test_a_place_that_is_none_is_refused_with_an_example(town: Town, text: str) -> None:
    assert "latitude,longitude,metres" in refused(near=text)["near"][0]


def test_a_district_may_be_named_with_its_set(town: Town) -> None:
    town.published("west", point=IN_THE_WEST)
    town.published("east", point=IN_THE_EAST)
    district = town.city.districts.get(code="w" if town.city.districts.filter(code="w") else "west")
    assert left(district=district.code) == {"west"}
    assert left(district=f"{district.set.code}:{district.code}") == {"west"}
    assert left(district=f"other:{district.code}") == set()


def test_a_tile_of_ones_own_reports_is_kept_by_no_shared_cache(town: Town, client: Client) -> None:
    town.published("own", reporter=town.resident)
    client.force_login(town.resident)
    tile = client.get("/tiles/reports/0/0/0.mvt", {"mine": "1", "city": "horodok"})
    assert (tile.status_code, tile["Cache-Control"]) == (200, "private, no-store")
    assert tile.content


def test_a_visitors_tile_of_own_reports_is_refused(town: Town, client: Client) -> None:
    assert client.get("/tiles/reports/0/0/0.mvt?mine=1").status_code == 400
