"""News and announcements: written, looked at, published, read, shown to whoever reports inside them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from districts.models import District
from reports.models import Announcement
from tests.town import IN_THE_EAST, IN_THE_WEST, Town, box

NEW = "/horodok/moderation/news/new/"
WEST = box(30.30, 50.16, 30.31, 50.18)


def said(**more: object) -> dict[str, object]:
    about = {"kind": "water", "title_uk": "Води не буде", "text_uk": "До вечора", "area_by": "city"}
    return about | {"title_en": "No water", "starts_at": "2026-11-24T08:00"} | more


def told(town: Town, **more: object) -> Announcement:
    about = {"city": town.city, "title_uk": "Води не буде", "text_uk": "До вечора"}
    return Announcement.objects.create(**about | {"published_at": timezone.now()} | more)


def test_a_draft_is_read_by_staff_only_until_it_is_published(
    moderator: Client, visitor: Client, town: Town
) -> None:
    page = moderator.post(NEW, said(), follow=True)
    assert "A draft" in page.content.decode()
    address = page.redirect_chain[-1][0]
    assert visitor.get(address).status_code == 404
    moderator.post(f"/horodok/moderation/news/{Announcement.objects.get().pk}/publish/")
    assert "No water" in visitor.get(address).content.decode()


def test_a_message_is_published_at_once_by_its_button(moderator: Client, visitor: Client, town: Town) -> None:
    moderator.post(NEW, said(publish="1"))
    assert "No water" in visitor.get("/horodok/news/").content.decode()


def test_times_are_those_of_the_citys_clocks(moderator: Client, town: Town) -> None:
    """Kyiv is two hours ahead of UTC in November."""
    moderator.post(NEW, said())
    assert Announcement.objects.get().starts_at.isoformat() == "2026-11-24T06:00:00+00:00"


def test_a_preview_shows_the_message_and_keeps_nothing(moderator: Client, town: Town) -> None:
    west = District.objects.get(code="west")
    page = moderator.post(NEW, said(preview="1", area_by="districts", districts=[west.pk]))
    assert page.status_code == 200
    assert "This is how everybody will see it" in page.content.decode()
    assert "<area-map" in page.content.decode()
    assert not Announcement.objects.exists()


def test_an_area_is_made_of_districts(moderator: Client, town: Town) -> None:
    west = District.objects.get(code="west")
    moderator.post(NEW, said(area_by="districts", districts=[west.pk]))
    assert Announcement.objects.get().area.equals(WEST)


def test_an_area_is_a_circle_around_a_place(moderator: Client, town: Town) -> None:
    moderator.post(NEW, said(area_by="circle", lon="30.305", lat="50.165", radius_m="300"))
    area = Announcement.objects.get().area
    assert area.covers(IN_THE_WEST)
    assert not area.covers(IN_THE_EAST)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"title_uk": ""}, "Write what it is about."),
        ({"starts_at": "учора"}, "Write the day and the time like"),
        ({"ends_at": "2026-11-24T07:00"}, "It ends before it begins"),
        ({"area_by": "districts"}, "Choose at least one district."),
        ({"area_by": "circle"}, "Write how many metres the circle reaches."),
        ({"area_by": "circle", "radius_m": "300"}, "Choose the middle of the circle on the map"),
        ({"area_by": "circle", "radius_m": "1", "lon": "30.305", "lat": "50.165"}, "20 to 50,000"),
        ({"area_by": "circle", "radius_m": "300", "lon": "30.33", "lat": "50.165"}, "This place is not in"),
        ({"area_by": "moon"}, "Select a valid choice"),
    ],
)
def test_a_message_that_is_refused_keeps_what_was_typed(
    moderator: Client, town: Town, wrong: dict[str, object], told: str
) -> None:
    answer = moderator.post(NEW, said(text_uk="Довгий текст") | wrong)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert "Довгий текст" in answer.content.decode()
    assert not Announcement.objects.exists()


def test_editing_keeps_the_area_unless_another_is_chosen(moderator: Client, town: Town) -> None:
    message = told(town, area=WEST)
    edit = f"/horodok/moderation/news/{message.pk}/"
    assert "The area it has now" in moderator.get(edit).content.decode()
    moderator.post(edit, said(area_by="kept", title_uk="Тепла не буде"))
    message.refresh_from_db()
    assert (message.title_uk, message.area.equals(WEST)) == ("Тепла не буде", True)
    moderator.post(edit, said(area_by="city"))
    message.refresh_from_db()
    assert message.area is None


def test_a_withdrawn_message_is_no_longer_read(moderator: Client, visitor: Client, town: Town) -> None:
    message = told(town)
    moderator.post(f"/horodok/moderation/news/{message.pk}/withdraw/")
    assert visitor.get(f"/horodok/news/{message.pk}/").status_code == 404


def test_the_list_tells_what_is_now_soon_and_before(visitor: Client, town: Town) -> None:
    now, day = timezone.now(), timedelta(days=1)
    told(town, title_uk="Тепер")
    told(town, title_uk="Скоро", starts_at=now + day)
    told(town, title_uk="Колись", starts_at=now - 2 * day, ends_at=now - day)
    page = visitor.get("/horodok/news/").content.decode()
    order = [
        page.index(words) for words in ("Now</h2>", "Тепер", "Soon</h2>", "Скоро", "Before</h2>", "Колись")
    ]
    assert order == sorted(order)


def test_an_empty_list_says_what_will_stand_there(visitor: Client, town: Town) -> None:
    assert "The city has told nothing yet" in visitor.get("/horodok/news/").content.decode()


def test_a_message_has_a_page_with_its_area_and_a_card(visitor: Client, town: Town) -> None:
    message = told(town, area=WEST)
    page = visitor.get(f"/horodok/news/{message.pk}/").content.decode()
    assert "<area-map" in page
    assert "coordinates" in page
    card = visitor.get(f"/horodok/news/{message.pk}/?fragment=card").content.decode()
    assert "Води не буде" in card
    assert "<html" not in card


def test_whoever_reports_inside_an_area_is_told(visitor: Client, town: Town) -> None:
    told(town, area=WEST)
    around = "/horodok/report/around/?lon={0.x}&lat={0.y}"
    assert "Води не буде" in visitor.get(around.format(IN_THE_WEST)).content.decode()
    assert "Води не буде" not in visitor.get(around.format(IN_THE_EAST)).content.decode()
