"""`demo_city`: a city to look at, loaded whole, once, and never over a real one."""

import csv
import io
import json
import tomllib
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings as real_settings
from django.contrib.auth import authenticate
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.core.management import CommandError, call_command
from django.utils import timezone

from districts.ideas import takes_ideas
from districts.models import Department, District, Responsibility, Role, Section, Service, Territory, User
from gisportal.demo import accounts
from gisportal.demo.files import shift_to, shifted
from gisportal.demo.generator import FIXTURES
from gisportal.demo.helsinki import load_helsinki
from gisportal.demo.load import load_vasylkiv
from layers.models import Address, Asset, City, Visibility
from reports.models import Announcement, Place, Report, ReportDistrict

KEPT = Path(real_settings.LOCAL_DIR) / "demo"
"""Drawing takes seconds, so tests use the checkout's own drawing, made anew where the generator changed."""


def city_of(slug: str, *, synthetic: bool) -> City:
    boundary = MultiPolygon(Polygon.from_bbox((30.3, 50.1, 30.4, 50.2)), srid=4326)
    return City.objects.create(slug=slug, name_uk="Місто", boundary=boundary, live=True, synthetic=synthetic)


def said(**options: object) -> str:
    printed = io.StringIO()
    call_command("demo_city", stdout=printed, **options)
    return printed.getvalue()


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_synthetic_city_holds_all_that_its_files_hold(db):
    """One test, as loading takes seconds: each paragraph compares a part of the city with its file."""
    city = load_vasylkiv(KEPT, lambda line: None, with_accounts=True)
    [folder] = [path for path in KEPT.iterdir() if path.name.isdigit()]
    assert city.synthetic
    assert city.live

    sets = Counter(District.objects.values_list("set__code", flat=True))
    drawn = json.loads((folder / "microdistricts.geojson").read_text(encoding="utf-8"))["features"]
    assert sets == {"settlements": 20, "neighbours": 8, "microdistricts": len(drawn)}
    assert District.objects.filter(name_uk="Червоне").count() == 2

    for layer in city.asset_layers.all():
        features = json.loads((folder / f"{layer.slug}.geojson").read_text(encoding="utf-8"))["features"]
        assert Asset.objects.filter(layer=layer).count() == len(features), layer.slug
    hidden = city.asset_layers.filter(
        kind__in=["water", "sewer", "heating", "gas", "power", "hydrant", "manhole"]
    )
    assert set(hidden.values_list("visibility", flat=True)) == {Visibility.ROUTING}
    assert Address.objects.exists()

    problems = Service.objects.filter(section__code=Section.PROBLEMS)
    assert problems.count() == len(table(FIXTURES / "services.csv"))
    assert not Service.objects.filter(name_en="").exists()
    assert Department.objects.count() == len(table(FIXTURES / "departments.csv"))
    assert Responsibility.objects.count() == len(table(FIXTURES / "rules.csv"))
    assert set(Territory.objects.values_list("service__code", flat=True)) == {s.code for s in problems}

    told = tomllib.loads((FIXTURES / "sections.toml").read_text(encoding="utf-8"))
    assert Place.objects.public().count() == sum(kind["count"] for kind in told["kind"]) > 50
    assert not Place.objects.exclude(point__coveredby=city.boundary).exists()
    assert Announcement.objects.public().count() == len(told["announcement"])
    assert Announcement.objects.public().current().count() == 4
    ideas = Report.objects.public().filter(service__section__code=Section.IDEAS)
    assert ideas.count() == len(told["idea"])
    assert takes_ideas(city)

    rows = table(folder / "reports.csv")
    brought = Report.objects.exclude(reference="")
    assert Counter(brought.values_list("status", flat=True)) == Counter(row["status"] for row in rows)
    assert not brought.filter(department=None).exists()
    assert brought.order_by("-published_at").first().published_at.date() < timezone.localdate()
    assert ReportDistrict.objects.filter(report__in=brought).exists()

    sent = Report.objects.awaiting_moderation(city)
    assert 5 <= sent.count() <= 8
    assert {report.point is None for report in sent} == {True, False}

    listed = accounts.how_to_sign_in(city)
    assert [one["email"].split("@")[0] for one in listed] == [account.local for account in accounts.PEOPLE]
    lamps = authenticate(username="svitlo@vasylkiv.example", password=accounts.PASSWORD)
    assert [body.code for body in lamps.departments_in(city)] == ["misksvitlo"]
    assert authenticate(username="moderator@vasylkiv.example", password=accounts.PASSWORD).moderates(city)


def test_helsinki_is_a_real_map_with_a_synthetic_grid(db, tmp_path):
    city = load_helsinki(tmp_path, lambda line: None, with_accounts=False)
    assert city.synthetic
    assert "OpenStreetMap" in city.attribution
    assert District.objects.filter(city=city, set__code="grid").count() == 20
    # As another reader of the same extract counted: 586 lamps and 37 hydrants in all, a few beyond its edge.
    lamps, hydrants = (Asset.objects.filter(layer__kind=kind).count() for kind in ("lighting", "hydrant"))
    assert 500 <= lamps <= 586
    assert 30 <= hydrants <= 37
    assert Report.objects.filter(city=city).exclude(reference="").count() == 3000
    assert not User.objects.exists()


def test_a_city_that_is_there_is_left_alone(db, settings, tmp_path):
    settings.LOCAL_DIR, settings.DEMO = tmp_path, True
    city_of("vasylkiv", synthetic=True)
    assert "already there" in said()
    assert City.objects.count() == 1


def test_a_real_city_of_that_slug_is_never_touched(db):
    city_of("vasylkiv", synthetic=False)
    with pytest.raises(CommandError, match="real data"):
        said()


def test_accounts_are_listed_for_whoever_prints_them(db, settings, tmp_path):
    settings.LOCAL_DIR, settings.DEMO = tmp_path, True
    city = city_of("vasylkiv", synthetic=True)
    accounts.make_accounts(city)
    printed = said()
    kept = json.loads((tmp_path / "demo-accounts.json").read_text(encoding="utf-8"))
    assert {"email": "planner@vasylkiv.example", "password": "vidkryte-misto", "role": "planner"} in kept
    assert all(one["email"] in printed for one in kept)
    # Its bodies are not made yet, so nobody works for one.
    assert not any(one["role"].startswith(Role.DEPARTMENT) for one in kept)


def test_without_demo_no_password_is_told(db, settings, tmp_path):
    settings.LOCAL_DIR, settings.DEMO = tmp_path, False
    city_of("vasylkiv", synthetic=True)
    assert accounts.PASSWORD not in said()
    assert not (tmp_path / "demo-accounts.json").exists()


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2026, 11, 21), 0),
        (date(2026, 11, 27), 0),
        (date(2026, 11, 28), 7),
        (date(2026, 11, 20), -7),
        (date(2027, 11, 20), 364),
    ],
)
def test_reports_move_by_whole_weeks_and_end_before_today(today, days):
    assert shift_to(today) == timedelta(days=days)


def test_moving_the_reports_moves_every_date_and_nothing_else(tmp_path):
    source = tmp_path / "reports.csv"
    source.write_text("ref,opened,started,closed,reopened\n1,2026-03-01T10:05,,2026-03-02T00:00,\n")
    moved = shifted(source, tmp_path / "moved.csv", timedelta(days=7))
    assert table(moved) == [
        {
            "ref": "1",
            "opened": "2026-03-08T10:05",
            "started": "",
            "closed": "2026-03-09T00:00",
            "reopened": "",
        }
    ]


def test_nothing_is_written_where_nothing_moves(tmp_path):
    source = tmp_path / "reports.csv"
    assert shifted(source, tmp_path / "moved.csv", timedelta()) == source
