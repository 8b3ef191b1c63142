"""What the form tells before it is sent, and the photos it takes."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from districts.models import Service
from reports import actions
from reports.models import Photo, Report
from tests.town import AT_THE_NEIGHBOURS, IN_THE_WEST, Town

FORM = "/horodok/report/"
AROUND = "/horodok/report/around/"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def at(point: Any, **more: str) -> dict[str, str]:
    return {"lon": str(point.x), "lat": str(point.y), **more}


def picture(name: str = "photo.jpg", data: bytes | None = None) -> io.BytesIO:
    out = io.BytesIO(data or b"")
    if data is None:
        Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    out.seek(0)
    out.name = name
    return out


def filled(town: Town, **more: Any) -> dict[str, Any]:
    return {**at(IN_THE_WEST), "service": town.lamp.code, "text": "Не світить", **more}


def test_it_tells_who_would_get_it_and_why(visitor: Client, town: Town) -> None:
    page = visitor.get(AROUND, at(IN_THE_WEST, service=town.lamp.code)).content.decode()
    assert "Goes to" in page
    assert "answers for this" in page


def test_it_names_the_neighbour_of_a_place_outside(visitor: Client, town: Town) -> None:
    assert "please tell them" in visitor.get(AROUND, at(AT_THE_NEIGHBOURS)).content.decode()


def test_it_shows_what_is_reported_there_already(visitor: Client, town: Town) -> None:
    report = town.published()
    assert f"№ {report.pk}" in visitor.get(AROUND, at(IN_THE_WEST, service=town.lamp.code)).content.decode()


@pytest.mark.parametrize("hidden", ["received", "private", "resolved"])
def test_it_shows_nothing_that_is_not_public_or_is_solved(visitor: Client, town: Town, hidden: str) -> None:
    report = town.report("Секрет") if hidden == "received" else town.published("Секрет")
    if hidden == "private":
        actions.keep_private(report.pk, town.moderator, private=True)
    if hidden == "resolved":
        actions.resolve(report.pk, town.electrician, "Готово")
    assert "Секрет" not in visitor.get(AROUND, at(IN_THE_WEST)).content.decode()


def test_a_category_may_warn_first(visitor: Client, town: Town) -> None:
    Service.objects.filter(pk=town.lamp.pk).update(stopper_uk="Телефонуйте 104")
    assert "Телефонуйте 104" in visitor.get(AROUND, {"service": town.lamp.code}).content.decode()


@pytest.mark.parametrize(
    "said", [{}, {"lon": "x", "lat": "y"}, {"lon": "nan", "lat": "inf"}, {"service": "²"}]
)
def test_nonsense_tells_nothing(visitor: Client, town: Town, said: dict[str, str]) -> None:
    assert visitor.get(AROUND, said).status_code == 200


def test_without_javascript_a_button_tells_the_same_and_sends_nothing(visitor: Client, town: Town) -> None:
    page = visitor.post(FORM, filled(town, preview="1"))
    assert "Goes to" in page.content.decode()
    assert "Не світить" in page.content.decode()
    assert not Report.objects.exists()


def test_photos_come_with_the_report(visitor: Client, town: Town) -> None:
    visitor.post(FORM, filled(town, photos=[picture(), picture("two.jpg")]))
    assert Photo.objects.filter(report=Report.objects.get()).count() == 2


def test_the_same_form_sent_again_brings_no_photo_twice(visitor: Client, town: Town) -> None:
    key = "0b6c3b1e-6a1d-4d1a-9d43-0b5b6b1f7a11"
    for _ in range(2):
        visitor.post(FORM, filled(town, key=key, photos=[picture()]))
    assert (Report.objects.count(), Photo.objects.count()) == (1, 1)


def test_a_file_that_is_no_photo_is_explained_and_what_was_typed_stays(visitor: Client, town: Town) -> None:
    page = visitor.post(FORM, filled(town, photos=[picture("x.svg", b"<svg/>")]))
    assert page.status_code == 422
    assert "send a JPEG, PNG, WebP or HEIC" in page.content.decode()
    assert "Не світить" in page.content.decode()
    assert not Report.objects.exists()


def test_six_photos_are_too_many(visitor: Client, town: Town) -> None:
    page = visitor.post(FORM, filled(town, photos=[picture(f"{number}.jpg") for number in range(6)]))
    assert "at most 5 photos" in page.content.decode()
