import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from reports import drafts, retention
from reports.errors import NotFinished, OutsideTheCity, TooManyPhotos
from reports.models import Draft, DraftPhoto, Photo, Report
from reports.personal import personal_data
from reports.photos import prepare
from tests.town import Town, build_town


@pytest.fixture
def town(db: None, settings: Any, tmp_path: Path) -> Town:
    settings.MEDIA_ROOT = tmp_path
    return build_town()


def begun(town: Town, **more: Any) -> Draft:
    said = {"lon": 30.305, "lat": 50.165, "service": "lamp", "text": "Темно"} | more
    return drafts.start(town.city, None, **said)


def picture() -> Any:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(out, "PNG")
    out.seek(0)
    return prepare(out)


def test_what_is_kept_later_joins_what_was_said_before(town: Town) -> None:
    draft = drafts.start(town.city, None, lon=30.305, lat=50.165)
    drafts.keep(draft, text="Темно")
    drafts.keep(Draft.objects.get(), service="lamp")
    assert Draft.objects.get().data == {"lon": 30.305, "lat": 50.165, "text": "Темно", "service": "lamp"}


def test_a_draft_sent_twice_is_one_report_and_holds_nothing_any_more(town: Town) -> None:
    draft = begun(town)
    first, second = drafts.submit(draft, None), drafts.submit(draft, None)
    assert first == second == Report.objects.get()
    assert (first.text, first.point and first.point.x) == ("Темно", 30.305)
    assert Draft.objects.get().data == {}


def test_photos_go_with_the_report_and_leave_the_draft(
    town: Town, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    draft = begun(town)
    drafts.add_photo(draft, picture())
    with django_capture_on_commit_callbacks(execute=True):
        report = drafts.submit(draft, None)
    assert Photo.objects.get().report == report
    assert list(tmp_path.glob("photos/drafts/*")) == []
    assert not DraftPhoto.objects.exists()


def test_a_sixth_photo_is_refused(town: Town) -> None:
    draft = begun(town)
    for _ in range(5):
        drafts.add_photo(draft, picture())
    with pytest.raises(TooManyPhotos):
        drafts.add_photo(draft, picture())


def test_a_draft_without_a_text_is_not_finished(town: Town) -> None:
    with pytest.raises(NotFinished):
        drafts.submit(begun(town, text=""), None)


def test_a_refused_draft_keeps_what_it_says(town: Town) -> None:
    with pytest.raises(OutsideTheCity):
        drafts.submit(begun(town, lon=30.33), None)
    assert Draft.objects.get().data["text"] == "Темно"


def test_staff_write_down_what_somebody_else_says(town: Town) -> None:
    report = drafts.submit(begun(town, on_behalf=True, contact_phone="+380 44 000"), town.moderator)
    assert (report.on_behalf, report.reporter, report.contact_phone) == (True, None, "+380 44 000")


def test_only_staff_of_the_city_write_for_somebody_else(town: Town) -> None:
    report = drafts.submit(begun(town, on_behalf=True), town.resident)
    assert (report.on_behalf, report.reporter) == (False, town.resident)


def test_a_draft_untouched_for_two_weeks_is_forgotten_with_its_photos(
    town: Town, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    old, young = begun(town), begun(town)
    drafts.add_photo(old, picture())
    now = timezone.now()
    Draft.objects.filter(pk=old.pk).update(updated_at=now - timedelta(days=15))
    with django_capture_on_commit_callbacks(execute=True):
        retention.forget_drafts(Draft.objects.untouched_since(now - retention.DRAFTS_KEPT_FOR))
    assert list(Draft.objects.all()) == [young]
    assert list(tmp_path.glob("photos/drafts/*")) == []


def test_whoever_leaves_takes_their_drafts_along(town: Town) -> None:
    draft = begun(town)
    drafts.claim(draft, town.resident)
    assert [row["data"]["text"] for row in personal_data(town.resident)["drafts"]] == ["Темно"]
    retention.forget_person(town.resident)
    assert not Draft.objects.exists()


def test_only_ones_own_drafts_that_say_something_are_worth_listing(town: Town) -> None:
    drafts.claim(begun(town), town.resident)
    drafts.start(town.city, town.resident, lon=30.305, lat=50.165)
    begun(town)
    mine = Draft.objects.visible_to(town.resident).unsent().begun()
    assert [draft.data["text"] for draft in mine] == ["Темно"]
