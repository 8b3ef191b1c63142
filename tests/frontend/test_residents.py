"""What residents do with a report: support, follow, comment, confirm, object, answer, flag, stop letters."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from districts.models import Policy, Reporters
from reports import actions
from reports.models import AbuseFlag, Comment, Report
from tests.town import IN_THE_WEST, Town


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def page(report: Report, verb: str = "") -> str:
    return f"/{report.city.slug}/reports/{report.pk}/{verb and verb + '/'}"


def track(report: Report, verb: str = "") -> str:
    return f"/{report.city.slug}/track/{report.token}/{verb and verb + '/'}"


def resolved(town: Town, **fields: object) -> Report:
    return actions.resolve(town.published(**fields).pk, by=town.electrician, reason="Готово")  # type: ignore[arg-type]


def picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    out.seek(0)
    out.name = "photo.jpg"
    return out


def test_support_is_counted_and_withdrawn(resident: Client, town: Town) -> None:
    report = town.published()
    resident.post(page(report, "support"))
    assert "1 more person has this problem" in resident.get(page(report)).content.decode()
    resident.post(page(report, "unsupport"))
    assert Report.objects.get(pk=report.pk).supporters == 0


@pytest.mark.parametrize(
    "verb", ["support", "unsupport", "follow", "unfollow", "comment", "object", "confirm", "answer"]
)
def test_a_visitor_is_asked_to_sign_in_first(visitor: Client, town: Town, verb: str) -> None:
    answer = visitor.post(page(town.published(), verb))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("verb", ["support", "follow", "comment", "object", "flag"])
def test_nothing_can_be_done_with_a_report_that_is_not_public(
    resident: Client, town: Town, verb: str
) -> None:
    assert (
        resident.post(page(town.report(), verb), {"comment-text": "x", "flag-reason": "x"}).status_code == 404
    )


def test_following_can_be_stopped_on_the_page_and_from_the_letter(
    resident: Client, visitor: Client, town: Town
) -> None:
    report = town.published()
    resident.post(page(report, "follow"))
    resident.post(page(report, "unfollow"))
    assert report.followers.count() == 0
    resident.post(page(report, "follow"))
    token = report.followers.get().token
    visitor.get(f"/stop/{token}/")
    assert report.followers.count() == 1
    visitor.post(f"/stop/{token}/", {"List-Unsubscribe": "One-Click"})
    assert report.followers.count() == 0


def test_stopping_twice_is_no_mistake(visitor: Client, db: None) -> None:
    assert visitor.post("/stop/gone/").status_code == 200


def test_a_comment_is_shown_once_a_moderator_let_it_through(
    resident: Client, visitor: Client, town: Town
) -> None:
    report = town.published()
    resident.post(page(report, "comment"), {"comment-text": "Мені теж темно"})
    assert "Мені теж темно" not in visitor.get(page(report)).content.decode()
    actions.judge_comment(Comment.objects.get().pk, publish=True)
    assert "Мені теж темно" in visitor.get(page(report)).content.decode()


def test_an_empty_comment_is_explained(resident: Client, town: Town) -> None:
    answer = resident.post(page(town.published(), "comment"), {"comment-text": " "})
    assert answer.status_code == 422
    assert "Write your comment." in answer.content.decode()
    assert not Comment.objects.exists()


def test_a_comment_that_is_too_long_stays_in_its_field(resident: Client, town: Town) -> None:
    long = "Мені теж темно. " * 200
    answer = resident.post(page(town.published(), "comment"), {"comment-text": long})
    assert answer.status_code == 422
    assert "Мені теж темно. Мені теж темно." in answer.content.decode()
    assert not Comment.objects.exists()


def test_a_flag_without_a_reason_opens_its_form_again(visitor: Client, town: Town) -> None:
    answer = visitor.post(page(town.published(), "flag"), {"flag-reason": ""})
    assert answer.status_code == 422
    assert "Write what is wrong with it." in answer.content.decode()
    assert '<details class="govuk-details" open>' in answer.content.decode()


def test_a_refused_objection_keeps_its_words_and_says_beside_the_photo_what_is_missing(
    resident: Client, town: Town
) -> None:
    answer = resident.post(page(resolved(town), "object"), {"objection-reason": "Досі темно"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Досі темно</textarea>" in shown
    assert 'id="id_objection-photo_error"' in shown
    assert 'href="#id_objection-photo"' in shown


def test_an_objection_to_what_was_opened_meanwhile_keeps_its_words(resident: Client, town: Town) -> None:
    said = {"objection-reason": "Досі темно", "objection-photo": picture()}
    answer = resident.post(page(town.published(), "object"), said)
    assert answer.status_code == 422
    assert "Досі темно</textarea>" in answer.content.decode()
    assert 'href="#refused"' in answer.content.decode()


@pytest.mark.parametrize("by", ["page", "track"])
def test_an_answer_nobody_waits_for_any_more_keeps_its_words(resident: Client, town: Town, by: str) -> None:
    report = town.published(reporter=town.resident)
    where = page(report, "answer") if by == "page" else track(report, "answer")
    answer = resident.post(where, {"answer-text": "Другий двір"})
    assert answer.status_code == 422
    assert "Другий двір</textarea>" in answer.content.decode()
    assert "Nobody is waiting for an answer here." in answer.content.decode()


@pytest.mark.parametrize("by", ["page", "track"])
def test_a_report_that_can_not_be_opened_again_keeps_what_was_said(
    resident: Client, town: Town, by: str
) -> None:
    report = town.published(reporter=town.resident)
    where = page(report, "reopen") if by == "page" else track(report, "reopen")
    answer = resident.post(where, {"reason": "Досі темно", "photo": picture()})
    assert answer.status_code == 422
    assert "Досі темно</textarea>" in answer.content.decode()
    assert report.photos.count() == 0


def test_who_signs_in_to_comment_comes_back_to_the_report(visitor: Client, town: Town) -> None:
    report = town.published()
    answer = visitor.post(page(report, "comment"), {"comment-text": "Мені теж темно"})
    assert answer["Location"] == f"/accounts/login/?next={page(report)}"


def test_a_visitor_flags_a_report_for_the_moderators(visitor: Client, town: Town) -> None:
    report = town.published()
    visitor.post(page(report, "flag"), {"flag-reason": "A telephone number"})
    assert AbuseFlag.objects.get().report == report


def test_its_sender_confirms_by_the_secret_address(visitor: Client, town: Town) -> None:
    report = resolved(town)
    visitor.post(track(report, "confirm"))
    assert Report.objects.get(pk=report.pk).status == "confirmed"


def test_nobody_else_confirms(resident: Client, town: Town) -> None:
    assert resident.post(page(resolved(town), "confirm")).status_code == 404


def test_a_neighbour_objects_with_a_photo_and_the_report_is_disputed(resident: Client, town: Town) -> None:
    report = resolved(town)
    said = {"objection-reason": "Досі темно", "objection-photo": picture()}
    answer = resident.post(page(report, "object"), said, follow=True)
    assert "Disputed" in answer.content.decode()
    assert report.photos.count() == 1


def test_a_neighbour_objects_from_nearby(resident: Client, town: Town) -> None:
    report = resolved(town)
    place = {"objection-lon": str(IN_THE_WEST.x), "objection-lat": str(IN_THE_WEST.y)}
    resident.post(page(report, "object"), {"objection-reason": "Досі темно", **place})
    assert Report.objects.get(pk=report.pk).disputed


def test_an_objection_from_nowhere_is_explained_and_keeps_no_photo(resident: Client, town: Town) -> None:
    report = resolved(town)
    answer = resident.post(page(report, "object"), {"objection-reason": "Досі темно"}, follow=True)
    assert "Please add a photo" in answer.content.decode()
    open_one = town.published()
    resident.post(page(open_one, "object"), {"objection-reason": "x", "objection-photo": picture()})
    assert open_one.photos.count() == 0


def test_a_file_that_is_no_photo_is_explained(resident: Client, town: Town) -> None:
    file = io.BytesIO(b"hello")
    file.name = "x.jpg"
    said = {"objection-reason": "Досі темно", "objection-photo": file}
    answer = resident.post(page(resolved(town), "object"), said, follow=True)
    assert "can’t be read as a photo" in answer.content.decode().replace("&#x27;", "’")


def test_the_reporter_opens_it_again_with_a_photo(visitor: Client, town: Town) -> None:
    report = resolved(town)
    visitor.post(track(report, "reopen"), {"reason": "Досі темно", "photo": picture()})
    assert Report.objects.get(pk=report.pk).status == "reopened"
    assert report.photos.get().role == "outcome"


def test_the_reporter_answers_what_was_asked(visitor: Client, town: Town) -> None:
    report = actions.ask(town.published().pk, town.electrician, "Котрий двір?")
    assert "asks you something" in visitor.get(track(report)).content.decode()
    visitor.post(track(report, "answer"), {"answer-text": "Другий"})
    assert Report.objects.get(pk=report.pk).asked_at is None


def test_an_address_is_confirmed_by_a_button_not_by_opening_the_page(visitor: Client, town: Town) -> None:
    Policy.objects.create(city=town.city, reporters=Reporters.CONFIRMED)
    report = town.report(contact_email="olena@town.example")
    visitor.get(track(report))
    assert Report.objects.get(pk=report.pk).confirmed_at is None
    visitor.post(track(report, "address"))
    assert Report.objects.get(pk=report.pk).confirmed_at is not None


def test_the_timeline_tells_what_was_planned_and_merged(visitor: Client, town: Town) -> None:
    case, duplicate = town.published(), town.published()
    actions.merge(duplicate.pk, case.pk, town.moderator)
    actions.pass_on(case.pk, town.electrician, "Обленерго")
    shown = visitor.get(page(case)).content.decode()
    assert f"Report № {duplicate.pk} was merged into this one." in shown
    assert "Passed on to: Обленерго." in shown
    assert f"Goes on in report № {case.pk}" in visitor.get(page(duplicate)).content.decode()
