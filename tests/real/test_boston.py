"""Boston's neighbourhoods and 6,000 of its reports of 2011, as the city published them."""

import csv
import io
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Count

from districts.models import District, Service, Territory
from layers.models import City
from reports.models import Pile, Report, ReportDistrict, StatusChange
from reports.weighing import weigh

MAPPING = Path(__file__).with_name("boston.toml")
PILE = ("42.3594", "-71.0587")
"""City Hall: where reports lie that nobody could place."""
POTHOLES = ("Pothole Repair (Internal)", "Request for Pothole Repair")
LIGHTS = ("Street Light Outages", "Street Light Outages (Internal)", "Street Light Knock Downs")


def run(command: str, path: Path, **options: object) -> str:
    printed = io.StringIO()
    call_command(command, path, verbosity=0, stdout=printed, **options)
    return printed.getvalue()


@pytest.fixture(scope="module")
def sample(real_data) -> list[dict[str, str]]:
    path = real_data / "boston_sample" / "boston_dev_sample_6000.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def ours(row: dict[str, str]) -> str:
    return "Pothole" if row["type"] in POTHOLES else "Street light" if row["type"] in LIGHTS else row["type"]


def bodies(sample: list[dict[str, str]]) -> dict[str, str]:
    """The department that most reports went to, for each of the ten commonest services."""
    went = Counter((ours(row), row["department"]) for row in sample)
    services = [service for service, _count in Counter(ours(row) for row in sample).most_common(10)]
    return {
        service: max((n, body) for (s, body), n in went.items() if s == service)[1] for service in services
    }


@pytest.fixture
def boston(db, real_data, sample, tmp_path, settings):
    """The city, its neighbourhoods, and rules for the ten commonest services: the department most reports went to.

    Potholes in Dorchester have a crew of their own. Answers what each import printed.
    """
    settings.IMPORT_ACCOUNTS_DIR = tmp_path / "accounts"
    areas = real_data / "boston_sample" / "Boston_Neighborhoods.geojson"
    rules = tmp_path / "rules.csv"
    with rules.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(
            ["service", "department", "district_set", "district", "asset_layer", "due_days", "rank"]
        )
        writer.writerow(["Pothole", "Dorchester crew", "neighborhoods", "Dorchester", "", 3, 10])
        for service, body in bodies(sample).items():
            writer.writerow([service, body, "", "", "", 7, ""])
    city = {"city": "boston"}
    return {
        "city": run(
            "import_city", areas, slug="boston", name="Бостон", name_en="Boston", timezone="America/New_York"
        ),
        "districts": run(
            "import_districts",
            areas,
            set="neighborhoods",
            name_field="Name",
            code_field="Neighborhood_ID",
            **city,
        ),
        "rules": run("import_rules", rules, create=True, **city),
        "reports": run(
            "import_reports",
            real_data / "boston_sample" / "boston_dev_sample_6000.csv",
            mapping=MAPPING,
            create_services=True,
            **city,
        ),
    }


def test_boston_arrives_whole_and_every_figure_is_the_files_own(boston, sample, real_data):
    """One test, as loading takes seconds: each paragraph checks one import against the file counted by hand."""
    assert "read 26, taken 26, repaired 1, refused 0" in boston["city"]
    assert City.objects.get().boundary.valid

    assert "read 26, taken 26, repaired 1, refused 0" in boston["districts"]
    assert "line 20 (10): invalid" in boston["districts"]  # Hyde Park
    assert all(district.geometry.valid for district in District.objects.all())

    services = {ours(row) for row in sample}
    assert len(services) == 113  # 116 types; two are potholes, three are street lights
    assert "read 11, taken 11, repaired 0, refused 0" in boston["rules"]
    assert Service.objects.count() == len(services)
    crew = Territory.objects.get(department__code="Dorchester crew")
    assert crew.geometry.area == pytest.approx(District.objects.get(name_uk="Dorchester").geometry.area)

    assert "read 6000, taken 6000, repaired 0, refused 0" in boston["reports"]
    statuses = Counter(row["case_status"] for row in sample)
    kept = dict(Report.objects.values_list("status").annotate(Count("pk")))
    assert kept == {"resolved": statuses["Closed"], "published": statuses["Open"]}
    assert StatusChange.objects.count() == 2 * 6000 + statuses["Closed"]
    by_service = dict(Report.objects.values_list("service__code").annotate(Count("pk")))
    assert by_service == Counter(ours(row) for row in sample)

    first = Report.objects.get(reference="101000295622")
    assert first.created_at == datetime(2011, 7, 1, 10, 44, 50, tzinfo=UTC)  # 06:44:50, four hours behind
    assert first.closed_at == datetime(2011, 7, 1, 10, 44, 55, tzinfo=UTC)
    assert (first.point.x, first.point.y) == (-71.0519, 42.302)

    pile = Report.objects.filter(point__equals=Report.objects.get(reference=_on_pile(sample)).point)
    assert pile.count() == sum((row["latitude"], row["longitude"]) == PILE for row in sample) == 533

    _check_routing(sample)
    _check_pile()
    _check_rerun(real_data)


def _on_pile(sample: list[dict[str, str]]) -> str:
    return next(row["case_enquiry_id"] for row in sample if (row["latitude"], row["longitude"]) == PILE)


def _check_routing(sample: list[dict[str, str]]) -> None:
    placed = dict(ReportDistrict.objects.values_list("report__reference", "district__name_uk"))
    outside = set(Report.objects.filter(flags__contains=["outside_city"]).values_list("reference", flat=True))
    assert outside == {row["case_enquiry_id"] for row in sample} - placed.keys()
    answering = bodies(sample)
    expected = {}
    for row in sample:
        reference, service = row["case_enquiry_id"], ours(row)
        crew = service == "Pothole" and placed.get(reference) == "Dorchester"
        expected[reference] = (
            None if reference in outside else "Dorchester crew" if crew else answering.get(service)
        )
    assert dict(Report.objects.values_list("reference", "department__code")) == expected


def _check_pile() -> None:
    """City Hall is recognised, and nothing else is; its reports weigh nothing, and all others do."""
    city = City.objects.get()
    weigh(city, datetime(2012, 1, 1, tzinfo=UTC))
    (pile,) = Pile.objects.all()
    assert (f"{pile.point.y:.4f}", f"{pile.point.x:.4f}", pile.reports) == (*PILE, 533)
    assert Report.objects.public().piled().count() == 533


def _check_rerun(real_data: Path) -> None:
    path = real_data / "boston_sample" / "boston_dev_sample_6000.csv"
    printed = run("import_reports", path, city="boston", mapping=MAPPING, create_services=True)
    assert "read 6000, taken 0, repaired 0, refused 0" in printed
    assert "already there: 6000" in printed
    assert Report.objects.count() == 6000
