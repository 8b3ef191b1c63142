"""The moderators' desk besides publishing: putting right, merging, masking, and the other lists."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from districts.models import CannedText, Membership, Role, Service, User
from layers.models import City
from reports import actions
from reports.models import AbuseFlag, Comment, Photo, Report
from tests.town import IN_THE_EAST, Town, box

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


def test_similar_reports_are_those_of_the_same_category_then_of_its_group_then_the_rest(
    moderator: Client, town: Town
) -> None:
    Service.objects.filter(pk=town.pothole.pk).update(group_uk="Освітлення")
    rest = town.published(service=town.dump)
    group = actions.publish(town.report(service=town.pothole).pk, town.moderator)
    same = town.published()
    report = town.report()
    assert moderator.get(DESK, {"report": report.pk}).context["similar"] == [same, group, rest]


def test_a_similar_report_is_shown_with_its_photo_and_how_far_it_is(moderator: Client, town: Town) -> None:
    photo = photo_of(town.published())
    page = moderator.get(DESK, {"report": town.report().pk}).content.decode()
    similar = page[page.index("Similar reports nearby") :]
    assert photo.token in similar[: similar.index("It is the same")]
    assert "0 m away" in similar


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
    assert moderator.post(f"{DESK}{report.pk}/merge/", {"into": into}).status_code == 422
    assert again(report).status == "published"


def test_a_photo_is_masked_and_shown_whole_again(moderator: Client, town: Town) -> None:
    report = town.report()
    photo = photo_of(report)
    address = f"{DESK}{report.pk}/photos/{photo.pk}/mask/"
    moderator.post(address, {"x": 10, "y": 10, "width": 30, "height": 30})
    assert Photo.objects.get(pk=photo.pk).masks == [[10, 10, 30, 30]]
    moderator.post(address, {"clear": "1"})
    assert Photo.objects.get(pk=photo.pk).masks == []


def test_nonsense_masks_nothing_and_is_shown_again_beside_its_own_photo(
    moderator: Client, town: Town
) -> None:
    report = town.report()
    other, photo = photo_of(report), photo_of(report)
    page = moderator.post(
        f"{DESK}{report.pk}/photos/{photo.pk}/mask/", {"x": "left", "y": -1, "width": 0, "height": "33"}
    )
    body = page.content.decode()
    assert page.status_code == 422
    assert Photo.objects.get(pk=photo.pk).masks == []
    assert "Write a whole number of pixels, from 0 to 10000." in body
    assert re.search(rf'value="left"[^>]*id="x-{photo.pk}"', body)
    assert re.search(rf'value="33"[^>]*id="height-{photo.pk}"', body)
    assert not re.search(rf'value="[^"]+"[^>]*id="x-{other.pk}"', body)


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


CANNED = {
    "purpose": "reject",
    "title_uk": "Реклама",
    "text_uk": "Це реклама.",
    "text_en": "An advertisement.",
}


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "An advertisement."), ("uk", "Це реклама."), (None, "Це реклама.\n\nAn advertisement.")],
)
def test_a_canned_reason_speaks_the_reporters_language_or_both(
    moderator: Client, town: Town, language: str | None, words: str
) -> None:
    canned = CannedText.objects.create(city=town.city, **CANNED)
    town.resident.language = language or "uk"
    town.resident.save()
    report = town.report(reporter=town.resident if language else None)
    moderator.post(f"{DESK}{report.pk}/reject/", {"canned": canned.pk})
    assert again(report).changes.last().reason == words


def test_the_desk_opens_a_public_report_that_is_asked_for_by_number(moderator: Client, town: Town) -> None:
    town.report("Чекає")
    public = town.published("Видно всім")
    assert moderator.get(DESK, {"report": public.pk}).context["report"] == public


def test_another_citys_report_is_not_opened_here(moderator: Client, town: Town) -> None:
    theirs = town.report("Чуже")
    other = City.objects.create(
        slug="sad", name_uk="Сад", name_en="Sad", boundary=box(31.0, 50.0, 31.1, 50.1), live=True
    )
    User.objects.filter(pk=town.moderator.pk).update(is_superuser=True)
    assert moderator.get(f"/{other.slug}/moderation/", {"report": theirs.pk}).context["report"] is None


@pytest.mark.parametrize(("verb", "said"), [("publish", {}), ("reject", {"reason": "Реклама"})])
def test_after_a_report_the_next_one_that_waits_is_opened(
    moderator: Client, town: Town, verb: str, said: dict[str, str]
) -> None:
    _, second, third = town.report("Перше"), town.report("Друге"), town.report("Третє")
    answer = moderator.post(f"{DESK}{second.pk}/{verb}/", said, follow=True)
    assert answer.context["report"] == third


def test_after_a_merge_the_next_one_that_waits_is_opened(moderator: Client, town: Town) -> None:
    case, first, second = town.published(), town.report(), town.report()
    answer = moderator.post(f"{DESK}{first.pk}/merge/", {"into": case.pk}, follow=True)
    assert answer.context["report"] == second


def test_after_the_last_of_the_queue_its_first_one_is_opened(moderator: Client, town: Town) -> None:
    first, last = town.report("Перше"), town.report("Друге")
    answer = moderator.post(f"{DESK}{last.pk}/publish/", follow=True)
    assert answer.context["report"] == first


def test_another_citys_report_is_not_published_from_here(moderator: Client, town: Town) -> None:
    theirs = town.report("Чуже")
    other = City.objects.create(
        slug="sad", name_uk="Сад", name_en="Sad", boundary=box(31.0, 50.0, 31.1, 50.1), live=True
    )
    User.objects.filter(pk=town.moderator.pk).update(is_superuser=True)
    answer = moderator.post(f"/{other.slug}/moderation/{theirs.pk}/publish/")
    theirs.refresh_from_db()
    assert (answer.status_code, theirs.status) == (404, "received")


def test_a_report_that_is_only_put_right_stays_open(moderator: Client, town: Town) -> None:
    report, _ = town.report("Перше"), town.report("Друге")
    answer = moderator.post(f"{DESK}{report.pk}/edit/", {"text": "Краще"}, follow=True)
    assert answer.context["report"] == report


def test_a_text_that_is_refused_stays_in_its_field(moderator: Client, town: Town) -> None:
    report, words = town.report("Не світить"), "я" * 4001
    page = moderator.post(f"{DESK}{report.pk}/edit/", {"text": words})
    assert (page.status_code, words in page.content.decode()) == (422, True)
    assert again(report).text == "Не світить"


def test_what_this_moderator_handled_today_is_counted(moderator: Client, town: Town) -> None:
    town.published()
    moderator.post(f"{DESK}{town.report().pk}/reject/", {"reason": "Реклама"})
    report = town.report()
    moderator.post(f"{DESK}{report.pk}/edit/", {"text": "Краще"})
    assert moderator.get(DESK).context["handled_today"] == 2


def test_the_queue_shows_the_first_photo_of_a_report(moderator: Client, town: Town) -> None:
    report = town.report()
    first, _ = photo_of(report), photo_of(report)
    page = moderator.get(DESK).content.decode()
    assert f'class="queue__photo" src="/horodok/photos/{first.token}/small.webp"' in page


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("edit", {"text": "Інші слова"}),
        ("category", {"service": "dump"}),
        ("place", {"lon": "30.315", "lat": "50.165"}),
        ("merge", {"into": "1"}),
        ("publish", {}),
        ("reject", {"reason": "Реклама"}),
    ],
)
def test_what_somebody_else_holds_is_not_changed_and_what_was_typed_stays(
    moderator: Client, town: Town, verb: str, said: dict[str, str]
) -> None:
    case, report = town.published(), town.report()
    said = {name: str(case.pk) if name == "into" else value for name, value in said.items()}
    actions.claim(report.pk, User.objects.create_user("other@town.example", name="Інша модераторка"))
    page = moderator.post(f"{DESK}{report.pk}/{verb}/", said)
    body = page.content.decode()
    assert page.status_code == 422
    assert "Інша модераторка is looking at this report now" in body
    assert all(value in body for value in said.values())
    now = again(report)
    assert (now.text, now.service, now.status) == (report.text, report.service, "received")
    assert now.point == report.point


def test_the_pages_script_is_told_in_words_who_holds_a_report(moderator: Client, town: Town) -> None:
    report = town.report()
    other = User.objects.create_user("other@town.example", name="Інша модераторка")
    actions.claim(report.pk, other)
    answer = moderator.post(f"{DESK}{report.pk}/claim/", {"quiet": "1"})
    assert (answer.status_code, "Інша модераторка" in answer.content.decode()) == (409, True)


def test_the_pages_script_claims_and_releases_without_a_word(moderator: Client, town: Town) -> None:
    report = town.report()
    assert moderator.post(f"{DESK}{report.pk}/claim/", {"quiet": "1"}).status_code == 204
    assert again(report).claimed_by == town.moderator
    assert moderator.post(f"{DESK}{report.pk}/release/", {"quiet": "1"}).status_code == 204
    assert again(report).claimed_by is None


def test_a_public_report_is_moved_on_the_map_and_routed_again(moderator: Client, town: Town) -> None:
    report = town.published()
    moderator.post(f"{DESK}{report.pk}/place/", {"lon": IN_THE_EAST.x, "lat": IN_THE_EAST.y})
    assert again(report).department == town.cleaners


def test_a_flagged_comment_is_hidden_from_the_list_of_flags(moderator: Client, town: Town) -> None:
    said = actions.comment(town.published().pk, town.resident, "Погане слово")
    actions.judge_comment(said.pk, publish=True)
    actions.flag(said.report_id, None, "Лайка", said)
    assert "Hide the comment" in moderator.get(f"{DESK}flags/").content.decode()
    answer = moderator.post(f"{DESK}comments/{said.pk}/judge/", {"publish": "0", "back": "flags"})
    assert answer.headers["Location"] == f"{DESK}flags/"
    assert Comment.objects.get().state == "rejected"


def test_a_reason_typed_for_no_body_is_kept(moderator: Client, town: Town) -> None:
    report = actions.reroute(town.published().pk, town.electrician, None, "Не знаємо чиє")
    page = moderator.post(f"{DESK}unanswered/{report.pk}/assign/", {"reason": "Їхня вулиця"})
    assert (page.status_code, 'value="Їхня вулиця"' in page.content.decode()) == (422, True)


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
