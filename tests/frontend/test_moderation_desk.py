"""The moderators' desk besides publishing: putting right, merging, masking, and the other lists."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from districts.models import CannedText, Membership, Role, User
from reports import actions
from reports.models import AbuseFlag, Comment, Photo, Report
from tests.town import Town

DESK = "/horodok/moderation/"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def again(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


def photo_of(report: Report) -> Photo:
    out = io.BytesIO()
    Image.effect_noise((100, 80), 90).convert("RGB").save(out, "PNG")
    return actions.attach(report, io.BytesIO(out.getvalue()))


def test_the_text_is_changed_and_what_came_in_is_shown_beside_it(moderator: Client, town: Town) -> None:
    report = town.report("Дзвоніть 044")
    moderator.post(f"{DESK}{report.pk}/edit/", {"text": "Не світить"})
    assert again(report).text == "Не світить"
    assert "Дзвоніть 044" in moderator.get(DESK, {"report": report.pk}).content.decode()


def test_the_category_is_changed(moderator: Client, town: Town) -> None:
    report = town.report()
    moderator.post(f"{DESK}{report.pk}/category/", {"service": town.dump.code})
    assert again(report).service == town.dump


def test_a_report_is_hidden_and_shown_again(moderator: Client, visitor: Client, town: Town) -> None:
    report = town.published()
    moderator.post(f"{DESK}{report.pk}/private/", {"private": "1"})
    assert visitor.get(f"/horodok/reports/{report.pk}/").status_code == 404
    moderator.post(f"{DESK}{report.pk}/private/", {"private": "0"})
    assert visitor.get(f"/horodok/reports/{report.pk}/").status_code == 200


def test_similar_reports_nearby_are_offered_for_a_merge(moderator: Client, town: Town) -> None:
    case, report = town.published(), town.report()
    assert moderator.get(DESK, {"report": report.pk}).context["similar"] == [case]
    moderator.post(f"{DESK}{report.pk}/merge/", {"into": case.pk})
    assert again(report).duplicate_of == case


def test_a_merge_is_undone_with_a_reason(moderator: Client, town: Town) -> None:
    case, report = town.published(), town.published()
    actions.merge(report.pk, case.pk, town.moderator)
    moderator.post(f"{DESK}{report.pk}/unmerge/", {"reason": ""})
    assert again(report).duplicate_of == case
    moderator.post(f"{DESK}{report.pk}/unmerge/", {"reason": "Інший стовп"})
    assert again(report).duplicate_of is None


@pytest.mark.parametrize("into", ["", "x", "0", "99999999"])
def test_a_number_that_is_no_report_changes_nothing(moderator: Client, town: Town, into: str) -> None:
    report = town.published()
    assert moderator.post(f"{DESK}{report.pk}/merge/", {"into": into}).status_code == 302
    assert again(report).status == "published"


def test_a_photo_is_masked_and_shown_whole_again(moderator: Client, town: Town) -> None:
    report = town.report()
    photo = photo_of(report)
    address = f"{DESK}{report.pk}/photos/{photo.pk}/mask/"
    moderator.post(address, {"x": 10, "y": 10, "width": 30, "height": 30})
    assert Photo.objects.get(pk=photo.pk).masks == [[10, 10, 30, 30]]
    moderator.post(address, {"clear": "1"})
    assert Photo.objects.get(pk=photo.pk).masks == []


def test_nonsense_masks_nothing(moderator: Client, town: Town) -> None:
    report = town.report()
    photo = photo_of(report)
    moderator.post(f"{DESK}{report.pk}/photos/{photo.pk}/mask/", {"x": "left", "y": -1, "width": 0})
    assert Photo.objects.get(pk=photo.pk).masks == []


def test_a_photo_is_hidden(moderator: Client, town: Town) -> None:
    report = town.report()
    photo = photo_of(report)
    moderator.post(f"{DESK}{report.pk}/photos/{photo.pk}/hide/", {"hidden": "1"})
    assert Photo.objects.get(pk=photo.pk).hidden


def test_a_photo_is_found_under_its_own_report_only(moderator: Client, town: Town) -> None:
    photo = photo_of(town.report())
    assert moderator.post(f"{DESK}{town.report().pk}/photos/{photo.pk}/hide/").status_code == 404


def test_a_claimed_report_says_who_holds_it(moderator: Client, town: Town) -> None:
    report = town.report()
    moderator.post(f"{DESK}{report.pk}/claim/")
    other = User.objects.create_user("other@town.example", name="Інша модераторка")
    Membership.objects.create(user=other, city=town.city, role=Role.MODERATOR)
    theirs = Client(headers={"accept-language": "en"})
    theirs.force_login(other)
    answer = theirs.post(f"{DESK}{report.pk}/publish/", {})
    assert "is looking at this report now" in answer.content.decode()
    assert again(report).status == "received"
    moderator.post(f"{DESK}{report.pk}/release/")
    theirs.post(f"{DESK}{report.pk}/publish/", {})
    assert again(report).status == "published"


def test_a_canned_reason_is_enough(moderator: Client, town: Town) -> None:
    canned = CannedText.objects.create(
        city=town.city, purpose="reject", title_uk="Реклама", text_uk="Це реклама."
    )
    report = town.report()
    moderator.post(f"{DESK}{report.pk}/reject/", {"canned": canned.pk, "reason": ""})
    assert again(report).changes.last().reason == "Це реклама."


def test_what_nobody_answers_for_is_sent_to_a_body_by_hand(moderator: Client, town: Town) -> None:
    report = actions.reroute(town.published().pk, town.electrician, None, "Не знаємо чиє")
    assert str(report.pk) in moderator.get(f"{DESK}unanswered/").content.decode()
    moderator.post(f"{DESK}unanswered/{report.pk}/assign/", {"to": town.roads.code, "reason": "Дорога"})
    assert again(report).department == town.roads
    assert again(report).changes.last().role == "moderator"


def test_sending_on_by_hand_needs_a_body_and_a_reason(moderator: Client, town: Town) -> None:
    report = actions.reroute(town.published().pk, town.electrician, None, "Не знаємо чиє")
    answer = moderator.post(f"{DESK}unanswered/{report.pk}/assign/", {}, follow=True)
    assert "Choose who should have it." in answer.content.decode()
    assert again(report).department is None


@pytest.mark.parametrize(("publish", "state"), [("1", "published"), ("0", "rejected")])
def test_comments_are_let_through_or_not(moderator: Client, town: Town, publish: str, state: str) -> None:
    said = actions.comment(town.published().pk, town.resident, "Мені теж темно")
    assert "Мені теж темно" in moderator.get(f"{DESK}comments/").content.decode()
    moderator.post(f"{DESK}comments/{said.pk}/judge/", {"publish": publish})
    assert Comment.objects.get().state == state


def test_a_flag_is_looked_at_once(moderator: Client, town: Town) -> None:
    flag = actions.flag(town.published().pk, None, "Номер телефону")
    assert "Номер телефону" in moderator.get(f"{DESK}flags/").content.decode()
    moderator.post(f"{DESK}flags/{flag.pk}/seen/")
    assert AbuseFlag.objects.get().seen_at is not None
    assert "Номер телефону" not in moderator.get(f"{DESK}flags/").content.decode()


LISTS = ["", "unanswered/", "comments/", "flags/"]


@pytest.mark.parametrize("address", LISTS)
def test_the_lists_are_for_the_citys_moderators_only(
    electrician: Client, resident: Client, town: Town, address: str
) -> None:
    assert electrician.get(DESK + address).status_code == 403
    assert resident.get(DESK + address).status_code == 403


@pytest.mark.parametrize("verb", ["claim", "release", "edit", "category", "private", "merge", "unmerge"])
def test_putting_right_is_for_the_citys_moderators_only(electrician: Client, town: Town, verb: str) -> None:
    assert electrician.post(f"{DESK}{town.published().pk}/{verb}/").status_code == 403
