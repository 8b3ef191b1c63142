"""The public pages around the map: the cities, the map with its list, the list alone."""

import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape

import mapbox_vector_tile
import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from districts.models import Service
from frontend.citizens.listing import PAGE_ROWS
from frontend.templatetags.portal import bounds
from layers.models import City
from reports import actions
from reports.models import Report
from tests.town import IN_THE_EAST, IN_THE_WEST, Town, box

MAP = "/horodok/"
LIST = "/horodok/reports/"


def texts(page: HttpResponse) -> list[str]:
    """What the rows of the list say, from the top."""
    return re.findall(r'<p class="report-row__text"[^>]*>([^<]*)</p>', page.content.decode())


def counts(page: HttpResponse) -> dict[str, str]:
    """What the list says each choice would leave, by `filter=value`."""
    [live] = re.findall(r'<div data-live="([^"]*)">', page.content.decode())
    return dict(json.loads(unescape(live)))


def chips(page: HttpResponse) -> dict[str, str]:
    """The filters that are set, and the address without each."""
    found = re.findall(
        r'<a class="set-filters__one" href="([^"]*)"[^>]*><span>([^<]*)</span>', page.content.decode()
    )
    return {label: unescape(address) for address, label in found}


def many(town: Town, number: int) -> None:
    """That many published reports, the last one newest."""
    for at in range(number):
        Report.objects.create(
            city=town.city,
            service=town.lamp,
            text=f"Report {at}",
            point=IN_THE_WEST,
            status="published",
            published_at=timezone.now() + timedelta(seconds=at),
        )


def test_a_single_city_is_opened_at_once(visitor: Client, town: Town) -> None:
    assert visitor.get("/").headers["Location"] == MAP


def test_several_cities_are_listed(visitor: Client, town: Town) -> None:
    City.objects.create(slug="bila", name_uk="Біла", boundary=box(31, 50, 31.1, 50.1), live=True)
    page = visitor.get("/").content.decode()
    assert 'href="/horodok/"' in page
    assert 'href="/bila/"' in page


def test_a_city_that_is_not_live_is_not_listed(visitor: Client, town: Town) -> None:
    City.objects.filter(pk=town.city.pk).update(live=False)
    assert "horodok" not in visitor.get("/").content.decode()


def test_a_city_that_is_not_live_is_not_there(visitor: Client, town: Town) -> None:
    City.objects.filter(pk=town.city.pk).update(live=False)
    assert visitor.get(MAP).status_code == 404


@pytest.mark.parametrize("address", [MAP, LIST, f"{LIST}?fragment=1"])
def test_an_unpublished_report_is_on_no_list(visitor: Client, town: Town, address: str) -> None:
    town.report(text="Secret for now")
    assert texts(visitor.get(address)) == []


@pytest.mark.parametrize("address", [MAP, LIST, f"{LIST}?fragment=1"])
def test_the_newest_report_comes_first(visitor: Client, town: Town, address: str) -> None:
    town.published("Older one")
    town.published("Newer one")
    assert texts(visitor.get(address)) == ["Newer one", "Older one"]


def test_a_report_of_another_city_is_not_on_the_list(visitor: Client, town: Town) -> None:
    town.published("Here")
    City.objects.create(slug="bila", name_uk="Біла", boundary=box(31, 50, 31.1, 50.1), live=True)
    assert texts(visitor.get("/bila/reports/")) == []


def test_the_list_holds_what_is_inside_the_maps_box(visitor: Client, town: Town) -> None:
    town.published("West", point=IN_THE_WEST)
    town.published("East", point=IN_THE_EAST)
    assert texts(visitor.get(f"{LIST}?fragment=1&bbox=30.30,50.16,30.31,50.18")) == ["West"]


def test_the_list_says_how_many_are_within_the_map(visitor: Client, town: Town) -> None:
    town.published("West", point=IN_THE_WEST)
    page = visitor.get(f"{LIST}?fragment=1&bbox=30.30,50.16,30.31,50.18").content.decode()
    assert "Shown 1 of 1 within the map" in page


def test_a_chosen_status_leaves_only_its_reports(visitor: Client, town: Town) -> None:
    town.published("Waiting")
    actions.start(town.published("Being mended").pk, by=town.electrician)
    assert texts(visitor.get(f"{MAP}?status=in_work")) == ["Being mended"]


def test_counts_of_the_groups_ignore_which_group_is_chosen(visitor: Client, town: Town) -> None:
    town.published("Waiting")
    actions.start(town.published("Being mended").pk, by=town.electrician)
    found = counts(visitor.get(f"{MAP}?status=in_work"))
    assert {name: number for name, number in found.items() if name.startswith("status")} == {
        "status=published": "1",
        "status=in_work": "1",
        "status=resolved": "0",
        "status=reopened": "0",
        "status=closed": "0",
    }


def test_counts_of_the_groups_follow_the_other_filters(visitor: Client, town: Town) -> None:
    town.published("A lamp")
    town.published("A dump", service=town.dump)
    assert counts(visitor.get(f"{MAP}?service=dump"))["status=published"] == "1"


def test_the_total_adds_up_over_the_chosen_groups(visitor: Client, town: Town) -> None:
    many(town, 3)
    actions.start(town.published("Being mended").pk, by=town.electrician)
    assert "Shown 4 of 4" in visitor.get(f"{LIST}?status=published,in_work").content.decode()


def test_a_group_without_reports_invites_to_choose_another(visitor: Client, town: Town) -> None:
    town.published()
    assert "Nothing here under these filters." in visitor.get(f"{MAP}?status=closed").content.decode()


def test_the_older_page_begins_where_the_first_ended(visitor: Client, town: Town) -> None:
    many(town, PAGE_ROWS + 1)
    page = visitor.get(LIST).content.decode()
    [older] = re.findall(r'href="(\?[^"]*after=[^"]*)"', page)
    assert texts(visitor.get(LIST + older.replace("&amp;", "&"))) == ["Report 0"]


def test_paging_keeps_the_filters(visitor: Client, town: Town) -> None:
    many(town, PAGE_ROWS + 1)
    [older] = re.findall(
        r'href="(\?[^"]*after=[^"]*)"', visitor.get(f"{LIST}?status=published").content.decode()
    )
    assert "status=published" in older


@pytest.mark.parametrize(
    "query",
    [
        "status=burning",
        "bbox=1,2,3",
        "bbox=a,b,c,d",
        "after=%00",
        "after=x",
        "q=a",
        "near=1",
        "from=x",
        "sort=x",
        "mine=1",
    ],
)
def test_nonsense_in_the_address_is_explained(visitor: Client, town: Town, query: str) -> None:
    page = visitor.get(f"{LIST}?{query}")
    assert page.status_code == 400
    assert 'role="alert"' in page.content.decode()


def test_what_was_typed_stays_beside_what_is_wrong_with_it(visitor: Client, town: Town) -> None:
    page = visitor.get(f"{LIST}?q=a&near=here&from=March").content.decode()
    assert 'value="a" placeholder' in page
    assert 'value="here"' in page
    assert '<option value="March" selected>March</option>' in page
    assert page.count('class="govuk-error-message"') == 3


def test_each_choice_counts_under_the_other_filters(visitor: Client, town: Town) -> None:
    """Two lamps in the west, one of them disputed; a dump in the east."""
    town.published("A lamp")
    Report.objects.filter(pk=town.published("Disputed lamp").pk).update(disputed=True)
    town.published("A dump", service=town.dump, point=IN_THE_EAST)
    found = counts(visitor.get(f"{LIST}?service=lamp"))
    assert (found["service=lamp"], found["service=dump"], found["disputed=1"]) == ("2", "1", "1")
    assert {
        name: number for name, number in found.items() if name.startswith("district") and number != "0"
    } == {"district=wards:west": "2"}


def test_overdue_ones_are_counted_and_left_alone(visitor: Client, town: Town) -> None:
    town.overdue("Late")
    town.published("In time")
    assert counts(visitor.get(LIST))["overdue=1"] == "1"
    assert texts(visitor.get(f"{LIST}?overdue=1")) == ["Late"]


def test_each_filter_has_a_chip_that_takes_it_back(visitor: Client, town: Town) -> None:
    town.published("A lamp")
    page = visitor.get(f"{LIST}?status=published,in_work&service=lamp&q=lamp&sort=waiting&after=")
    assert chips(page) == {
        "Published": "?status=in_work&service=lamp&q=lamp&sort=waiting",
        "In work": "?status=published&service=lamp&q=lamp&sort=waiting",
        "Street lamp is out": "?status=published,in_work&q=lamp&sort=waiting",
        "lamp": "?status=published,in_work&service=lamp&sort=waiting",
    }


def test_an_empty_list_names_the_filter_that_emptied_it(visitor: Client, town: Town) -> None:
    town.published("A lamp")
    page = visitor.get(f"{LIST}?status=published&q=nowhere").content.decode()
    assert "Without “nowhere” there are reports: show them" in page
    assert "Without “Published”" not in page


def test_filters_that_empty_the_list_only_together_are_said_to(visitor: Client, town: Town) -> None:
    town.published("A lamp")
    actions.start(town.published("Another", service=town.dump).pk, by=town.moderator)
    page = visitor.get(f"{LIST}?status=in_work&service=lamp&q=nowhere").content.decode()
    assert "Only several filters together leave nothing" in page


def test_months_are_counted_whatever_period_is_chosen(visitor: Client, town: Town) -> None:
    for month in (1, 1, 3):
        report = town.published()
        Report.objects.filter(pk=report.pk).update(published_at=datetime(2026, month, 15, tzinfo=UTC))
    page = visitor.get(f"{MAP}?from=2026-03&to=2026-03").content.decode()
    rows = re.findall(r'<th scope="row">([^<]*)</th><td>([^<]*)</td>', page)
    assert rows[:3] == [("January 2026", "2"), ("February 2026", "0"), ("March 2026", "1")]
    assert page.count("month-bars__bar--chosen") == 1


def test_a_usual_period_ends_with_the_present_month(visitor: Client, town: Town) -> None:
    town.published()
    now = timezone.localdate()
    assert f'data-from="{now:%Y-%m}" data-to="{now:%Y-%m}"' in visitor.get(MAP).content.decode()


def test_the_nearest_come_first_where_the_map_looks(visitor: Client, town: Town) -> None:
    town.published("West", point=IN_THE_WEST)
    town.published("East", point=IN_THE_EAST)
    assert texts(visitor.get(f"{LIST}?sort=nearest&map=14/50.165/30.304")) == ["West", "East"]
    assert texts(visitor.get(f"{LIST}?sort=nearest&map=14/50.165/30.316")) == ["East", "West"]


def test_a_box_around_the_whole_city_narrows_nothing(visitor: Client, town: Town) -> None:
    town.published()
    assert "within the map" not in visitor.get(f"{LIST}?fragment=1&bbox=30,50,31,51").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "status=in_work",
        "service=lamp",
        "district=wards:west",
        "overdue=1",
        "q=late",
        "near=50.165,30.305,100",
        "from=2026-03-05&to=2026-03",
        "status=published&q=report&near=50.165,30.315,900",
    ],
)
def test_the_tile_of_the_world_holds_as_many_as_the_list(visitor: Client, town: Town, query: str) -> None:
    many(town, 3)
    town.overdue("Late")
    actions.start(town.published("Report", service=town.dump, point=IN_THE_EAST).pk, by=town.moderator)
    Report.objects.filter(text="Report 1").update(published_at=datetime(2026, 3, 5, 1, tzinfo=UTC))
    tile = visitor.get(f"/tiles/reports/0/0/0.mvt?city=horodok&{query}").content
    features = mapbox_vector_tile.decode(tile)["reports"]["features"] if tile else []
    shown = sum(feature["properties"].get("count") or 1 for feature in features)
    assert shown > 0
    assert f"of {shown}" in visitor.get(f"{LIST}?{query}").content.decode()


def test_too_many_to_count_are_estimated_and_said_to_be(
    visitor: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(town, 3)
    monkeypatch.setattr("reports.counting.MOST_COUNTED", 2)
    page = visitor.get(f"{LIST}?fragment=1&q=Report")
    assert "Shown 3 of about" in page.content.decode()
    assert counts(page)["status=published"] == ""


def test_a_list_of_ones_own_is_kept_by_no_shared_cache(visitor: Client, town: Town) -> None:
    town.published("Mine", reporter=town.resident)
    town.published("Another's")
    visitor.force_login(town.resident)
    page = visitor.get(f"{LIST}?mine=1")
    assert texts(page) == ["Mine"]
    assert page["Cache-Control"] == "private, no-store"


def test_a_visitor_who_asks_for_their_own_is_sent_to_sign_in(visitor: Client, town: Town) -> None:
    page = visitor.get(f"{LIST}?mine=1").content.decode()
    assert "Sign in to see the reports that are yours." in page
    assert "/accounts/login/?next=/horodok/reports/%3Fmine%3D1" in page


def test_the_chosen_report_is_marked_in_the_list(visitor: Client, town: Town) -> None:
    report = town.published()
    town.published()
    page = visitor.get(f"{MAP}?report={report.pk}").content.decode()
    assert re.findall(r'data-report="(\d+)"[^>]*aria-current="true"', page) == [str(report.pk)]


def test_the_map_page_costs_the_same_however_many_reports_there_are(
    visitor: Client, town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many(town, PAGE_ROWS)
    # From here on the outlines of the districts are kept, and only their version is asked for.
    visitor.get(MAP)
    # The city, its rows, three for codes and seven for counts, four for names, its first day, its weighing, the kinds
    # of its things, its pages.
    with django_assert_num_queries(21):
        visitor.get(MAP)


def test_a_name_without_a_translation_is_marked_as_ukrainian(visitor: Client, town: Town) -> None:
    town.published(service=town.dump)
    assert '<span lang="uk">Стихійне звалище</span>' in visitor.get(LIST).content.decode()


def test_words_of_a_city_are_never_markup(visitor: Client, town: Town) -> None:
    Service.objects.filter(pk=town.lamp.pk).update(name_en="<script>alert(1)</script>")
    town.published("<b>loud</b>")
    page = visitor.get(MAP).content.decode()
    assert "<script>alert" not in page
    assert "<b>loud" not in page


def test_a_synthetic_city_says_so_on_every_page(visitor: Client, town: Town) -> None:
    City.objects.filter(pk=town.city.pk).update(synthetic=True)
    for address in (MAP, LIST, f"{MAP}report/"):
        assert "Demonstration city" in visitor.get(address).content.decode()


def test_a_page_carries_nothing_inline_that_the_policy_would_refuse(visitor: Client, town: Town) -> None:
    town.published()
    page = visitor.get(MAP).content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page)


def test_the_staffs_doors_are_shown_only_to_them(visitor: Client, moderator: Client, town: Town) -> None:
    assert "/horodok/moderation/" in moderator.get(MAP).content.decode()
    assert "/horodok/moderation/" not in visitor.get(MAP).content.decode()


def test_a_box_is_written_with_points_in_every_language() -> None:
    assert bounds((30.25, 50.1, 30.375, 50.2)) == "30.250000,50.100000,30.375000,50.200000"


def test_the_sign_in_page_wears_the_portals_look(visitor: Client, db: None) -> None:
    page = visitor.get("/accounts/login/").content.decode()
    assert 'class="govuk-input"' in page
    assert "site-header" in page
