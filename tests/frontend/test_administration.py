import pytest
from django.contrib import admin
from django.test import Client

from districts.models import Responsibility, Territory, User
from reports.models import Report
from tests.town import Town

OURS = [
    model for model in admin.site._registry if model._meta.app_label in ("layers", "districts", "reports")
]


@pytest.fixture
def administrator(town: Town) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root@example.org", "тихе місто на річці"))
    return client


def at(model: type, page: str = "") -> str:
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/{page}"  # type: ignore[attr-defined]


@pytest.mark.parametrize("model", OURS)
def test_every_table_opens_and_is_searched(administrator: Client, town: Town, model: type) -> None:
    town.published()
    assert administrator.get(at(model)).status_code == 200
    assert administrator.get(at(model), {"q": "а"}).status_code == 200


@pytest.mark.parametrize("model", OURS)
def test_every_form_opens_without_a_map_from_elsewhere(
    administrator: Client, town: Town, model: type
) -> None:
    town.published()
    row = model._default_manager.first()  # type: ignore[attr-defined]
    if row is None:
        pytest.skip("the town has none")
    page = administrator.get(at(model, f"{row.pk}/change/"))
    assert page.status_code == 200
    assert b"://cdn" not in page.content
    assert b"openlayers" not in page.content.lower()


def test_a_changed_rule_changes_the_territory(administrator: Client, town: Town) -> None:
    rule = Responsibility.objects.get(service=town.dump)
    administrator.post(at(Responsibility, f"{rule.pk}/delete/"), {"post": "yes"})
    assert not Territory.objects.filter(service=town.dump).exists()


def test_a_report_is_not_edited_by_hand(administrator: Client, town: Town) -> None:
    report = town.published()
    assert administrator.post(at(Report, f"{report.pk}/change/"), {"text": "інше"}).status_code == 403
    assert administrator.post(at(Report, f"{report.pk}/delete/"), {"post": "yes"}).status_code == 403
