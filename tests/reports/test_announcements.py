"""Messages of the city: where and when they hold."""

from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.test import Client
from django.utils import timezone

from districts.models import District
from layers.geometry import WGS84, Tile
from layers.models import City
from reports import announcements
from reports.errors import JudgedAlready, OutsideTheCity
from reports.models import Announcement, Report
from tests.town import AT_THE_NEIGHBOURS, IN_THE_EAST, IN_THE_WEST, Town, box, build_town

NOW = timezone.now()
WEST = box(30.30, 50.16, 30.31, 50.18)


@pytest.fixture
def town(db: None) -> Town:
    """See tests/town.py for its map."""
    return build_town()


def told(town: Town, title: str = "Води не буде", **more: object) -> Announcement:
    about = {
        "city": town.city,
        "title_uk": title,
        "text_uk": "До вечора",
        "published_at": NOW,
        "starts_at": NOW,
    }
    return Announcement.objects.create(**about | more)


def at(town: Town, point: Point) -> list[str]:
    return [message.title_uk for message in announcements.covering(town.city, point)]


def test_a_message_holds_inside_its_area_only(town: Town) -> None:
    told(town, area=WEST)
    assert at(town, IN_THE_WEST) == ["Води не буде"]
    assert at(town, IN_THE_EAST) == []


def test_a_message_without_an_area_holds_in_the_whole_city(town: Town) -> None:
    told(town)
    assert at(town, IN_THE_WEST) == at(town, IN_THE_EAST) == ["Води не буде"]


@pytest.mark.parametrize(
    "when",
    [
        {"starts_at": NOW + timedelta(days=1)},
        {"starts_at": NOW - timedelta(days=2), "ends_at": NOW - timedelta(days=1)},
        {"published_at": None},
    ],
)
def test_what_is_over_to_come_or_a_draft_holds_nowhere(town: Town, when: dict[str, object]) -> None:
    told(town, **when)
    assert at(town, IN_THE_WEST) == []


def test_a_message_holds_at_the_time_that_is_asked_for(town: Town) -> None:
    told(town, starts_at=NOW - timedelta(days=2), ends_at=NOW - timedelta(days=1))
    then = announcements.covering(town.city, IN_THE_WEST, NOW - timedelta(hours=36))
    assert [message.title_uk for message in then] == ["Води не буде"]


def test_dangers_come_before_newer_messages(town: Town) -> None:
    told(town, "Міна", kind="danger", starts_at=NOW - timedelta(days=3))
    told(town, "Толока")
    assert at(town, IN_THE_WEST) == ["Міна", "Толока"]


def test_a_message_of_another_city_holds_only_there(town: Town) -> None:
    other = City.objects.create(slug="inshe", name_uk="Інше", boundary=box(20, 40, 21, 41), live=True)
    told(town, city=other)
    assert at(town, IN_THE_WEST) == []


def test_districts_side_by_side_become_one_area(town: Town) -> None:
    area = announcements.area_of(District.objects.within_the_city())
    assert area.valid
    assert len(area) == 1
    assert area.equals(box(30.30, 50.16, 30.32, 50.18))


def test_a_circle_reaches_as_many_metres_as_it_says(town: Town) -> None:
    """Half a percent less or more, measured on the spheroid: its westernmost and its northernmost corner."""
    west, _south, _east, north = announcements.area_around(town.city, IN_THE_WEST, 300).extent
    for corner in (Point(west, IN_THE_WEST.y, srid=WGS84), Point(IN_THE_WEST.x, north, srid=WGS84)):
        town.published(point=corner)
    far = [report.distance_m for report in Report.objects.near(IN_THE_WEST, 400)]
    assert far == [pytest.approx(300, rel=0.005)] * 2


def test_a_circle_around_a_place_elsewhere_is_refused(town: Town) -> None:
    with pytest.raises(OutsideTheCity):
        announcements.area_around(town.city, AT_THE_NEIGHBOURS, 300)


def test_what_is_published_twice_is_told_so(town: Town) -> None:
    message = told(town, published_at=None)
    announcements.publish(message.pk)
    with pytest.raises(JudgedAlready):
        announcements.publish(message.pk)


def test_a_withdrawn_message_holds_nowhere(town: Town) -> None:
    announcements.withdraw(told(town).pk)
    assert at(town, IN_THE_WEST) == []


def test_a_tile_shows_what_begins_after_it_was_asked_for_first(client: Client, town: Town) -> None:
    """The SQL of tiles is kept for a day: it must ask the database what time it is."""
    place = Tile.covering(IN_THE_WEST.x, IN_THE_WEST.y, 14)
    tile = f"/tiles/announcements/{place.z}/{place.x}/{place.y}.mvt?city=horodok"
    assert client.get(tile).content == b""
    told(town, area=WEST, starts_at=timezone.now(), published_at=timezone.now())
    assert "Води не буде".encode() in client.get(tile).content
