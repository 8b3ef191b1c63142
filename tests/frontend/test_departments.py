"""Who answers for what, for everybody."""

from django.test import Client

from districts.models import Department, Responsibility
from layers.models import AssetLayer, Kind, Visibility
from reports import actions
from tests.town import Town


def page(visitor: Client, code: str) -> str:
    return visitor.get(f"/horodok/departments/{code}/").content.decode()


def test_the_list_names_every_body_that_answers_with_its_figures(visitor: Client, town: Town) -> None:
    town.published()
    said = visitor.get("/horodok/departments/").content.decode()
    assert all(name in said for name in ("City Lights", "Roads", "Cleaners"))
    assert "/horodok/departments/lamps/" in said


def test_a_department_says_for_what_and_where_it_answers(visitor: Client, town: Town) -> None:
    assert "Street lamp is out" in page(visitor, "lamps")
    assert "West" in page(visitor, "lamps")
    assert "at: Roads" in page(visitor, "roads")
    assert "everywhere in the city" in page(visitor, "cleaners")


def test_a_network_that_is_not_public_is_not_named(visitor: Client, town: Town) -> None:
    pipes = AssetLayer.objects.create(
        city=town.city,
        slug="pipes",
        name_uk="Магістраль",
        kind=Kind.WATER,
        visibility=Visibility.ROUTING,
        reach_m=9,
    )
    Responsibility.objects.create(city=town.city, service=town.dump, department=town.roads, asset_layer=pipes)
    assert "Магістраль" not in page(visitor, "roads")
    assert "at: its own networks" in page(visitor, "roads")


def test_the_reopen_rate_is_told_with_what_it_is_out_of(visitor: Client, town: Town) -> None:
    first, second = (town.published(reporter=town.resident) for _ in range(2))
    actions.resolve(first.pk, town.electrician, "Готово")
    actions.resolve(second.pk, town.electrician, "Готово")
    actions.reopen(first.pk, town.resident, "Темно")
    assert "1 of 2 resolved or declined (50.0 %)" in page(visitor, "lamps")


def test_a_department_of_another_city_is_not_found(visitor: Client, town: Town) -> None:
    assert visitor.get("/horodok/departments/nobody/").status_code == 404


def test_a_code_may_hold_what_a_file_said(visitor: Client, town: Town) -> None:
    Department.objects.create(city=town.city, code="ЖЕК 1/2", name_uk="ЖЕК", name_en="Housing office")
    assert "Housing office" in page(visitor, "ЖЕК 1/2")


def test_a_report_names_its_author_only_where_they_want_it(visitor: Client, town: Town) -> None:
    named = town.published(reporter=town.resident, shows_name=True)
    quiet = town.published(reporter=town.resident)
    assert "Reported by Олена" in visitor.get(f"/horodok/reports/{named.pk}/").content.decode()
    assert "Олена" not in visitor.get(f"/horodok/reports/{quiet.pk}/").content.decode()
