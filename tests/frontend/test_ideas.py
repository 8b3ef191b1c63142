"""Ideas: proposed, published, supported, answered; counted nowhere among problems."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from districts.models import Policy, Section, Service
from layers.geometry import Tile
from reports import abuse, actions
from reports.figures import figures_of
from reports.models import Comment, Report
from tests.town import AT_THE_NEIGHBOURS, IN_THE_WEST, Town

NEW = "/horodok/ideas/new/"
LIST = "/horodok/ideas/"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def topic(town: Town) -> Service:
    """The city takes ideas, of one topic."""
    Policy.objects.create(city=town.city, takes_ideas=True)
    town.city.refresh_from_db()
    section = Section.objects.create(city=town.city, code=Section.IDEAS, name_uk="Ідеї")
    return Service.objects.create(
        city=town.city, section=section, code="parks", name_uk="Парки", name_en="Parks"
    )


@pytest.fixture
def idea(town: Town, topic: Service) -> Report:
    """A published one."""
    return town.published("Лавки над річкою\n\nСісти ніде.", service=topic)


def said(**more: object) -> dict[str, object]:
    return {"title": "Лавки над річкою", "details": "Сісти ніде.", "lon": "30.305", "lat": "50.165"} | more


def picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(out, "PNG")
    return SimpleUploadedFile("p.png", out.getvalue())


def test_a_city_that_takes_no_ideas_has_no_pages_of_them(resident: Client, town: Town) -> None:
    assert resident.get(LIST).status_code == 404
    assert resident.post(NEW, said()).status_code == 404


def test_too_many_ideas_in_an_hour_keep_what_was_typed(
    resident: Client, topic: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.abuse.LIMITS", {"suggest": 0})
    answer = resident.post(NEW, said())
    assert answer.status_code == 429
    assert "Лавки над річкою" in answer.content.decode()


def test_a_proposed_idea_is_seen_by_its_author_and_waits_in_the_moderators_queue(
    resident: Client, visitor: Client, moderator: Client, topic: Service
) -> None:
    page = resident.post(NEW, said(photos=[picture()]), follow=True).content.decode()
    assert "A moderator reads your idea" in page
    assert "Лавки над річкою" in page
    report = Report.objects.get()
    assert (report.service, report.photos.count()) == (topic, 1)
    assert "Лавки над річкою" not in visitor.get(LIST).content.decode()
    assert "Лавки над річкою" in moderator.get("/horodok/moderation/").content.decode()
    moderator.post(f"/horodok/moderation/{report.pk}/publish/")
    assert "Лавки над річкою" in visitor.get(LIST).content.decode()


def test_a_visitor_is_asked_to_sign_in_before_proposing(visitor: Client, topic: Service) -> None:
    assert visitor.get(NEW)["Location"].startswith("/accounts/login/")


def test_the_first_idea_of_a_city_without_topics_makes_one(resident: Client, town: Town) -> None:
    Policy.objects.create(city=town.city, takes_ideas=True)
    resident.post(NEW, said())
    resident.post(NEW, said())
    assert list(Report.objects.values_list("service__section__code", flat=True)) == ["ideas", "ideas"]
    assert Service.objects.filter(section__code="ideas").count() == 1


def test_among_several_topics_one_is_chosen(resident: Client, topic: Service) -> None:
    other = Service.objects.create(city=topic.city, section=topic.section, code="roads", name_uk="Дороги")
    assert resident.post(NEW, said()).status_code == 422
    resident.post(NEW, said(topic="roads"))
    assert Report.objects.get().service == other


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"title": " "}, "Write your idea in one sentence."),
        ({"lon": "", "lat": ""}, "Show the place on the map, or write an address"),
        ({"lon": str(AT_THE_NEIGHBOURS.x)}, "This place is not in"),
    ],
)
def test_an_idea_that_is_refused_keeps_what_was_typed(
    resident: Client, topic: Service, wrong: dict[str, object], told: str
) -> None:
    answer = resident.post(NEW, said(details="Багато слів") | wrong)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert "Багато слів" in answer.content.decode()
    assert not Report.objects.exists()


def test_an_idea_with_an_address_only_is_taken_in(resident: Client, topic: Service) -> None:
    resident.post(NEW, said(lon="", lat="", address="Берег річки"))
    assert Report.objects.get().address == "Берег річки"


def test_the_most_supported_idea_comes_first_unless_the_newest_are_asked_for(
    visitor: Client, town: Town, topic: Service, idea: Report
) -> None:
    newer = town.published("Дерева біля школи", service=topic)
    actions.support(idea.pk, town.resident)
    page = visitor.get(LIST).content.decode()
    assert page.index("Лавки") < page.index("Дерева")
    page = visitor.get(f"{LIST}?order=new").content.decode()
    assert page.index("Дерева") < page.index("Лавки")
    assert newer.supporters == 0


def test_ideas_are_filtered_by_status(visitor: Client, idea: Report) -> None:
    assert "Лавки" in visitor.get(f"{LIST}?status=published").content.decode()
    assert "Лавки" not in visitor.get(f"{LIST}?status=resolved").content.decode()
    assert visitor.get(f"{LIST}?status=moon").status_code == 400


def test_problems_are_not_among_ideas(visitor: Client, town: Town, topic: Service) -> None:
    town.published("Темно")
    assert "Темно" not in visitor.get(LIST).content.decode()
    assert "Темно" not in visitor.get(f"{LIST}?section=problems").content.decode()


def test_the_page_of_an_idea_speaks_of_an_idea(resident: Client, idea: Report) -> None:
    page = resident.get(f"/horodok/reports/{idea.pk}/").content.decode()
    assert "I support it" in page
    assert "All ideas" in page
    assert "I have this problem too" not in page
    assert "It isn’t solved" not in page


def test_a_department_answers_an_idea_in_its_name(
    electrician: Client, visitor: Client, town: Town, idea: Report
) -> None:
    assert (
        f"/horodok/ideas/{idea.pk}/answer/"
        in electrician.get(f"/horodok/reports/{idea.pk}/").content.decode()
    )
    electrician.post(f"/horodok/ideas/{idea.pk}/answer/", {"text": "Поставимо навесні"})
    said = Comment.objects.get()
    assert (said.department, said.state) == (town.lamps, "published")
    assert "Поставимо навесні" in visitor.get(f"/horodok/reports/{idea.pk}/").content.decode()


def test_an_official_answer_needs_words(electrician: Client, idea: Report) -> None:
    assert electrician.post(f"/horodok/ideas/{idea.pk}/answer/", {"text": ""}).status_code == 422
    assert not Comment.objects.exists()


def test_a_problem_is_not_answered_by_any_department(electrician: Client, town: Town, topic: Service) -> None:
    problem = town.published()
    assert electrician.get(f"/horodok/ideas/{problem.pk}/answer/").status_code == 404


def test_the_form_for_problems_offers_no_topics_of_ideas(visitor: Client, town: Town, topic: Service) -> None:
    assert [service.code for service in Service.objects.offered_in(town.city)] == ["dump", "lamp", "pothole"]
    assert "parks" not in visitor.get("/horodok/").content.decode()


def test_no_idea_is_offered_as_a_similar_problem(visitor: Client, idea: Report) -> None:
    around = f"/horodok/report/around/?lon={IN_THE_WEST.x}&lat={IN_THE_WEST.y}"
    assert "Reported here already" not in visitor.get(around).content.decode()


@pytest.mark.parametrize("layer", ["reports", "report-heat"])
def test_tiles_and_heat_hold_ideas_only_when_they_are_asked_for(
    visitor: Client, idea: Report, layer: str
) -> None:
    place = Tile.covering(IN_THE_WEST.x, IN_THE_WEST.y, 14)
    tile = f"/tiles/{layer}/{place.z}/{place.x}/{place.y}.mvt?city=horodok"
    assert visitor.get(tile).content == b""
    assert visitor.get(f"{tile}&section=ideas").content != b""


@pytest.mark.parametrize("address", ["/horodok/", "/horodok/reports/", "/horodok/reports/?fragment=1"])
def test_neither_map_nor_list_counts_ideas(visitor: Client, idea: Report, address: str) -> None:
    page = visitor.get(address)
    assert "Лавки" not in page.content.decode()
    assert page.context["listing"].counted.total == 0


def test_the_interface_counts_ideas_only_when_they_are_asked_for(visitor: Client, idea: Report) -> None:
    address = "/api/v1/reports/?city=horodok"
    assert visitor.get(address).json()["features"] == []
    [feature] = visitor.get(f"{address}&section=ideas").json()["features"]
    assert feature["id"] == idea.pk


def test_the_interface_takes_no_idea_where_the_city_takes_none(
    visitor: Client, town: Town, topic: Service
) -> None:
    Policy.objects.update(takes_ideas=False)
    sent = {"city": "horodok", "service": "parks", "text": "Лавки", "lon": 30.305, "lat": 50.165}
    answer = visitor.post("/api/v1/reports/", sent, content_type="application/json")
    assert 400 <= answer.status_code < 500
    assert not Report.objects.exists()


def test_no_departments_figures_hold_ideas(town: Town, idea: Report) -> None:
    assert figures_of(town.city) == {}


def test_nobody_has_to_answer_an_idea(moderator: Client, idea: Report) -> None:
    assert "Лавки" not in moderator.get("/horodok/moderation/unanswered/").content.decode()


def test_the_same_form_sent_twice_makes_one_idea(resident: Client, topic: Service) -> None:
    once = said(key="6f0c1a52-9d0e-4d5f-8a70-0f2f3f9b8a11")
    assert resident.post(NEW, once)["Location"] == resident.post(NEW, once)["Location"]
    assert Report.objects.count() == 1


def test_another_idea_under_a_used_key_is_kept_in_the_form_with_a_fresh_one(
    resident: Client, topic: Service
) -> None:
    key = "6f0c1a52-9d0e-4d5f-8a70-0f2f3f9b8a11"
    resident.post(NEW, said(key=key))
    page = resident.post(NEW, said(key=key, title="Дерева біля школи"))
    assert page.status_code == 422
    assert "Дерева біля школи" in page.content.decode()
    assert key not in page.content.decode()


def test_moderators_are_not_told_whom_an_idea_would_go_to(
    moderator: Client, town: Town, topic: Service
) -> None:
    waiting = town.report("Лавки", service=topic)
    page = moderator.get(f"/horodok/moderation/?report={waiting.pk}").content.decode()
    assert "Лавки" in page
    assert "Will go to" not in page


def test_whoever_proposes_too_many_ideas_in_an_hour_waits_and_loses_no_word(
    resident: Client, topic: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(abuse, "LIMITS", {**abuse.LIMITS, abuse.Act.SUGGEST: 1})
    resident.post(NEW, said())
    answer = resident.post(NEW, said(title="Ще одна"))
    assert "Ще одна" in answer.content.decode()
    assert Report.objects.count() == 1
