"""Everything a department can do with a report, by its own people and by the link in its letter."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from districts.models import Service
from reports import actions, answer_links
from reports.models import Report
from tests.town import IN_THE_EAST, Town

DESK = "/horodok/work/"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def again(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


def picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    out.seek(0)
    out.name = "photo.png"
    return out


def test_it_plans_a_report_for_a_day(electrician: Client, town: Town) -> None:
    report, day = town.published(), timezone.localdate() + timedelta(days=3)
    electrician.post(f"{DESK}{report.pk}/plan/", {"day": day.isoformat()})
    assert (again(report).status, again(report).planned_for) == ("planned", day)


def test_a_day_that_is_over_is_explained_and_what_was_typed_stays(electrician: Client, town: Town) -> None:
    page = electrician.post(
        f"{DESK}{town.published().pk}/plan/", {"day": "2020-01-01", "reason": "Перед морозом"}
    )
    assert page.status_code == 422
    assert "today or later" in page.content.decode()
    assert "Перед морозом" in page.content.decode()


def test_it_passes_a_report_on(electrician: Client, town: Town) -> None:
    report = town.published()
    electrician.post(f"{DESK}{report.pk}/pass-on/", {"to": "Обленерго"})
    assert (again(report).status, again(report).passed_to) == ("passed_on", "Обленерго")


def test_it_declines_with_a_reason_only(electrician: Client, town: Town) -> None:
    report = town.published()
    assert electrician.post(f"{DESK}{report.pk}/decline/", {"reason": ""}).status_code == 422
    electrician.post(f"{DESK}{report.pk}/decline/", {"reason": "Приватна територія"})
    assert again(report).status == "declined"


def test_it_asks_the_sender_and_the_clock_stands_still(electrician: Client, town: Town) -> None:
    report = town.published()
    electrician.post(f"{DESK}{report.pk}/ask/", {"question": "Котрий стовп?"})
    assert again(report).asked_at is not None


def test_it_sends_on_what_is_not_its_own(electrician: Client, town: Town) -> None:
    report = town.published()
    electrician.post(f"{DESK}{report.pk}/reroute/", {"to": town.roads.code, "reason": "Яма, не ліхтар"})
    assert again(report).department == town.roads
    assert electrician.get(DESK).context["page"].paginator.count == 0


def test_it_moves_a_report_to_another_category(electrician: Client, town: Town) -> None:
    report = town.published()
    electrician.post(f"{DESK}{report.pk}/recategorise/", {"service": town.dump.code})
    assert again(report).service == town.dump


def test_it_merges_a_duplicate(electrician: Client, town: Town) -> None:
    case, report = town.published(), town.published()
    electrician.post(f"{DESK}{report.pk}/merge/", {"into": case.pk})
    assert again(report).duplicate_of == case


@pytest.mark.parametrize("into", ["999999999", "0", "x", ""])
def test_a_number_that_is_no_report_is_explained(electrician: Client, town: Town, into: str) -> None:
    assert electrician.post(f"{DESK}{town.published().pk}/merge/", {"into": into}).status_code == 422


def test_it_gives_a_report_to_one_of_its_people(electrician: Client, town: Town) -> None:
    report = town.published()
    electrician.post(f"{DESK}{report.pk}/assign/", {"to": town.electrician.pk})
    assert again(report).assignee == town.electrician


def test_somebody_of_another_body_is_not_offered(electrician: Client, town: Town) -> None:
    assert (
        electrician.post(f"{DESK}{town.published().pk}/assign/", {"to": town.moderator.pk}).status_code == 422
    )


def test_its_answer_is_marked_as_official(electrician: Client, visitor: Client, town: Town) -> None:
    report = town.published()
    electrician.post(f"{DESK}{report.pk}/comment/", {"text": "Бригада їде"})
    shown = visitor.get(f"/horodok/reports/{report.pk}/").content.decode()
    assert "official answer" in shown
    assert "Бригада їде" in shown


def test_it_resolves_with_a_photo_where_the_category_wants_one(electrician: Client, town: Town) -> None:
    Service.objects.filter(pk=town.lamp.pk).update(wants_photo=True)
    report = town.published()
    assert electrician.post(f"{DESK}{report.pk}/resolve/", {"reason": "Світить"}).status_code == 422
    electrician.post(f"{DESK}{report.pk}/resolve/", {"reason": "Світить", "photo": picture()})
    assert again(report).status == "resolved"


def test_a_photo_of_a_refused_step_is_not_kept(electrician: Client, town: Town) -> None:
    report = actions.resolve(town.published().pk, town.electrician, "Світить")
    electrician.post(f"{DESK}{report.pk}/resolve/", {"reason": "Ще раз", "photo": picture()})
    assert report.photos.count() == 0


def test_a_private_report_is_on_the_departments_screen_only(
    electrician: Client, visitor: Client, town: Town
) -> None:
    report = actions.keep_private(town.published().pk, town.moderator, private=True)
    assert electrician.get(DESK, {"report": report.pk}).context["report"] == report
    assert visitor.get(f"/horodok/reports/{report.pk}/").status_code == 404


def test_the_senders_address_is_on_the_staffs_screen_only(
    electrician: Client, visitor: Client, town: Town
) -> None:
    report = town.published(contact_email="olena@town.example")
    assert "olena@town.example" in electrician.get(DESK, {"report": report.pk}).content.decode()
    assert "olena@town.example" not in visitor.get(f"/horodok/reports/{report.pk}/").content.decode()


@pytest.mark.parametrize("verb", ["start", "plan", "decline", "reroute", "merge", "comment"])
def test_reports_of_other_bodies_are_not_found(electrician: Client, town: Town, verb: str) -> None:
    other = town.published(point=IN_THE_EAST)
    assert electrician.post(f"{DESK}{other.pk}/{verb}/", {"reason": "x"}).status_code == 404


# By the link


def link(report: Report) -> str:
    assert report.department is not None
    return f"/horodok/answer/{answer_links.answer_token(report, report.department)}/"


def test_the_link_answers_without_an_account(visitor: Client, town: Town) -> None:
    report = town.published()
    assert visitor.get(link(report)).status_code == 200
    visitor.post(link(report), {"verb": "resolve", "reason": "Замінили"})
    assert again(report).status == "resolved"
    assert again(report).changes.last().actor is None


def test_the_link_shows_no_contact_data(visitor: Client, town: Town) -> None:
    report = town.published(contact_email="olena@town.example", contact_name="Олена")
    page = visitor.get(link(report)).content.decode()
    assert "olena@town.example" not in page
    assert "Олена" not in page


@pytest.mark.parametrize(
    "verb", ["decline", "reroute", "merge", "recategorise", "comment", "ask", "", "nonsense"]
)
def test_the_link_does_nothing_else(visitor: Client, town: Town, verb: str) -> None:
    report = town.published()
    visitor.post(link(report), {"verb": verb, "reason": "x", "text": "x", "question": "x"})
    assert (again(report).status, again(report).changes.count()) == ("published", 2)


def test_a_forged_link_is_over(visitor: Client, town: Town) -> None:
    assert visitor.get("/horodok/answer/eyJyZXBvcnQiOjF9:x:y/").status_code == 410


def test_the_link_is_over_once_the_report_went_to_another_body(visitor: Client, town: Town) -> None:
    report = town.published()
    address = link(report)
    actions.reroute(report.pk, town.electrician, town.roads, "Не наше")
    assert visitor.post(address, {"verb": "start"}).status_code == 410


def test_the_link_is_kept_by_nobody_on_the_way(visitor: Client, town: Town) -> None:
    answer = visitor.get(link(town.published()))
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer.content.decode()
