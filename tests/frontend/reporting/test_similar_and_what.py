"""What is reported nearby already; what it is about, its questions and warnings."""

from typing import Any

import pytest
from django.test import Client

from districts.models import Question, Service
from reports.models import Draft, Report, Support
from tests.frontend.reporting.steps import CLICK, FORM, SAID, begun, leads_to, page
from tests.town import Town


def test_what_is_reported_nearby_is_a_page_of_its_own(visitor: Client, town: Town) -> None:
    report = town.published("Ліхтар не горить")
    assert leads_to(visitor.post(FORM, CLICK)) == "similar"
    shown = visitor.get(page("similar")).content.decode()
    assert "Ліхтар не горить" in shown
    assert f"№ {report.pk}" in shown
    assert "0 m away" in shown


def test_who_is_signed_in_supports_the_same_report_instead(resident: Client, town: Town) -> None:
    report = town.published()
    resident.post(FORM, CLICK)
    answer = resident.post(page("similar"), {"support": report.pk})
    assert answer.headers["Location"] == f"/horodok/reports/{report.pk}/"
    assert Support.objects.get().report == report
    assert not Draft.objects.exists()


def test_ones_own_report_is_not_supported_and_the_draft_stays(resident: Client, town: Town) -> None:
    report = town.published(reporter=town.resident)
    resident.post(FORM, CLICK)
    answer = resident.post(page("similar"), {"support": report.pk}, follow=True)
    assert "This is your own report" in answer.content.decode()
    assert Draft.objects.exists()


@pytest.mark.parametrize("number", ["", "x", "²", "9" * 30, "0"])
def test_supporting_what_is_not_there_changes_nothing(resident: Client, town: Town, number: str) -> None:
    town.published()
    resident.post(FORM, CLICK)
    assert leads_to(resident.post(page("similar"), {"support": number})) == "similar"


def test_a_text_without_a_category_brings_suggestions_and_stays(visitor: Client, town: Town) -> None:
    draft = begun(town, service="", text="")
    answer = visitor.post(f"{FORM}{draft.token}/what/", {"text": "Величезна яма"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Величезна яма" in shown
    assert 'name="service" value="pothole">' in shown.split("data-search", 1)[0]


def test_searching_the_categories_keeps_the_text(visitor: Client, town: Town) -> None:
    draft = begun(town, service="", text="")
    answer = visitor.post(
        f"{FORM}{draft.token}/what/", {"text": "Яма", "q": "pothole", "search": "1"}, follow=True
    )
    shown = answer.content.decode()
    assert answer.request["QUERY_STRING"] == "q=pothole"
    assert "Яма</textarea>" in shown
    assert ('value="pothole"' in shown, 'value="dump"' in shown) == (True, False)


def test_the_description_suggests_categories(visitor: Client, town: Town) -> None:
    answer = visitor.get(f"{FORM}suggest/", {"text": "Не світять ліхтарі"})
    assert answer.json() == {"services": ["lamp"]}


def test_a_warning_must_be_passed_knowingly(visitor: Client, town: Town) -> None:
    Service.objects.filter(pk=town.lamp.pk).update(
        stopper_uk="Дріт на землі? 101", stopper_en="Wire down? 101"
    )
    draft = begun(town, service="", text="")
    assert leads_to(visitor.post(f"{FORM}{draft.token}/what/", SAID)) == "details"
    refused = visitor.post(f"{FORM}{draft.token}/details/", {})
    assert refused.status_code == 422
    assert "Wire down? 101" in refused.content.decode()
    assert leads_to(visitor.get(f"{FORM}{draft.token}/check/")) == "details"
    box = refused.content.decode().split('name="understood_')[1].split('"')[0]
    assert leads_to(visitor.post(f"{FORM}{draft.token}/details/", {f"understood_{box}": "on"})) == "photos"


def question(town: Town, code: str, datatype: str, **more: Any) -> Question:
    named = {"label_uk": code, "label_en": f"The {code}"}
    return Question.objects.create(service=town.lamp, code=code, datatype=datatype, **named, **more)


KINDS = [{"key": "led", "uk": "світлодіод", "en": "diode"}, {"key": "gas", "uk": "газ", "en": "gas"}]


@pytest.mark.parametrize(
    ("datatype", "sent", "kept"),
    [
        ("string", "  7-1 ", "7-1"),
        ("text", "Довго", "Довго"),
        ("number", "2.5", "2.5"),
        ("datetime", "2026-11-24", "2026-11-24"),
        ("singlevaluelist", "led", "led"),
        ("multivaluelist", ["led", "gas"], ["led", "gas"]),
    ],
)
def test_answers_to_a_categorys_questions_go_with_the_report(
    visitor: Client, town: Town, datatype: str, sent: Any, kept: Any
) -> None:
    question(town, "kind", datatype, choices=KINDS, required=True)
    draft = begun(town)
    assert leads_to(visitor.get(f"{FORM}{draft.token}/check/")) == "details"
    assert visitor.get(f"{FORM}{draft.token}/details/").status_code == 200
    visitor.post(f"{FORM}{draft.token}/details/", {"q_kind": sent})
    assert "The kind" in visitor.get(f"{FORM}{draft.token}/check/").content.decode()
    visitor.post(f"{FORM}{draft.token}/check/")
    assert Report.objects.get().answers == {"kind": kept}


@pytest.mark.parametrize(
    ("datatype", "sent"), [("number", "NaN"), ("datetime", "31.02.2026"), ("string", "")]
)
def test_an_answer_of_another_kind_is_refused(visitor: Client, town: Town, datatype: str, sent: str) -> None:
    question(town, "kind", datatype, required=True)
    assert visitor.post(f"{FORM}{begun(town).token}/details/", {"q_kind": sent}).status_code == 422


def test_an_answer_may_stop_with_a_warning_of_its_own(visitor: Client, town: Town) -> None:
    stops = [{"key": "gas", "uk": "газ", "en": "gas", "stop_uk": "Телефонуйте 104", "stop_en": "Call 104"}]
    question(town, "kind", "singlevaluelist", choices=stops)
    details = f"{FORM}{begun(town).token}/details/"
    assert "Call 104" not in visitor.get(details).content.decode()
    refused = visitor.post(details, {"q_kind": "gas"}).content.decode()
    assert "Call 104" in refused
    box = "understood_" + refused.split('name="understood_')[1].split('"')[0]
    assert leads_to(visitor.post(details, {"q_kind": "gas", box: "on"})) == "photos"
