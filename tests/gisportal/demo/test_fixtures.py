"""The hand-written files agree with one another and with what the generator makes."""

import csv
import tomllib
from typing import Any

import pytest

from districts.models import CannedText, Datatype, Page, Purpose, Question, Service
from districts.rules_file import RuleRow, read_rules
from districts.suggesting import suggest
from gisportal.demo import bodies, layout
from gisportal.demo.decided import decide
from gisportal.demo.generator import FIXTURES
from gisportal.demo.report_plan import PATTERNS
from layers.models import City, Kind, Visibility
from tests.gisportal.demo.conftest import Written
from tests.town import box


def _table(name: str) -> list[dict[str, str]]:
    with (FIXTURES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((FIXTURES / name).read_text(encoding="utf-8"))


def _rules() -> list[RuleRow]:
    rules = list(read_rules(FIXTURES / "rules.csv"))
    refused = [rule for rule in rules if not isinstance(rule, RuleRow)]
    assert refused == []
    return [rule for rule in rules if isinstance(rule, RuleRow)]


SERVICES = {row["code"] for row in _table("services.csv")}


def test_rules_name_only_services_and_departments_that_exist() -> None:
    departments = {row["code"] for row in _table("departments.csv")}
    assert {rule.service for rule in _rules()} <= SERVICES
    assert {rule.department for rule in _rules()} <= departments


def test_every_service_has_one_answer_for_the_whole_city() -> None:
    fallback = [rule.service for rule in _rules() if not rule.district and not rule.asset_layer]
    assert sorted(fallback) == sorted(SERVICES)


def test_rules_name_only_districts_that_are_drawn() -> None:
    drawn = {
        "settlements": {village.code for village in layout.VILLAGES},
        "microdistricts": {code for code, *_ in layout.DISTRICTS},
    }
    named = {(rule.district_set, rule.district) for rule in _rules() if rule.district_set}
    assert all(code in drawn[district_set] for district_set, code in named)


def test_rules_name_only_asset_layers_that_are_described() -> None:
    assert {rule.asset_layer for rule in _rules() if rule.asset_layer} <= set(_toml("layers.toml"))


def test_no_rule_is_stated_twice() -> None:
    keys = [(r.service, r.department, r.district_set, r.district, r.asset_layer) for r in _rules()]
    assert len(set(keys)) == len(keys)


def test_every_described_layer_is_generated_with_known_words(written: Written) -> None:
    for slug, layer in _toml("layers.toml").items():
        assert (written.folder / f"{slug}.geojson").exists()
        assert layer["kind"] in Kind.values
        assert layer["visibility"] in Visibility.values
        assert layer["reach_m"] > 0


def test_networks_that_may_be_attacked_are_for_routing_only() -> None:
    layers = _toml("layers.toml").values()
    hidden = {layer["kind"] for layer in layers if layer["visibility"] == Visibility.ROUTING}
    assert hidden == {"water", "sewer", "heating", "power", "gas", "hydrant", "manhole"}


def test_every_service_is_reported_and_has_texts() -> None:
    texts = _toml("texts.toml")["services"]
    assert set(PATTERNS) == set(texts) == SERVICES
    assert all(len(text["templates"]) >= 6 and len(text["details"]) >= 4 for text in texts.values())


def test_departments_can_be_written_to_only_at_the_reserved_domain() -> None:
    assert all(row["email"].endswith("@example.org") for row in _table("departments.csv"))


def test_the_citys_settings_name_only_services_purposes_and_datatypes_that_exist() -> None:
    said = _toml("settings.toml")
    assert {*said["stoppers"], *(question["service"] for question in said["questions"])} <= SERVICES
    assert {question["datatype"] for question in said["questions"]} <= set(Datatype.values)
    assert {text["purpose"] for text in said["texts"]} == set(Purpose.values)


def test_whatever_the_city_wrote_is_there_in_both_languages() -> None:
    said = _toml("settings.toml")
    for row in said["questions"]:
        assert row["label_uk"]
        assert row["label_en"]
    for row in said["texts"]:
        assert row["title_uk"] and row["title_en"] and row["text_uk"] and row["text_en"]  # noqa: PT018


@pytest.mark.django_db
def test_the_demo_city_warns_asks_and_has_its_texts_and_pages_once_however_often_it_is_told() -> None:
    city = City.objects.create(slug="v", name_uk="В", boundary=box(30, 50, 31, 51), live=True)
    bodies.make_services(city, FIXTURES / "services.csv")
    for _ in range(2):
        decide(city, FIXTURES / "settings.toml")
    assert Service.objects.get(code="gas-smell").stopper_uk == "Запах газу: телефонуйте 104"
    assert list(Question.objects.filter(service__code="pothole").values_list("code", "order")) == [
        ("where", 1),
        ("depth_cm", 2),
    ]
    assert CannedText.objects.count() == 11
    assert Page.objects.count() == 5


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("На Соборній пробив колесо, вибоїна на всю смугу", "pothole"),
        ("Третій вечір темно, лампа блимає", "lamp-dark"),
        ("Смердить, нечистоти течуть двором", "sewer-blocked"),
        ("батареї холодні в усьому під'їзді", "no-heating"),
        ("Дикий пес покусав дитину біля школи", "stray-dogs"),
        ("маршрутка знову не приїхала", "bus-service"),
        ("Fly-tipping in the woods", "stray-dump"),
        ("There is a burst pipe under the road", "water-leak"),
    ],
)
def test_words_that_people_use_bring_the_category(db, text: str, code: str) -> None:
    city = City.objects.create(slug="misto", name_uk="Місто", boundary=box(30, 50, 31, 51), live=True)
    bodies.make_services(city, FIXTURES / "services.csv")
    suggested = [service.code for service in suggest(Service.objects.offered_in(city), text)]
    assert code in suggested
