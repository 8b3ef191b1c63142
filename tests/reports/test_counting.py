"""The numbers beside the choices: alike from the kept sums and from the reports, and what each choice would leave."""

from datetime import UTC, datetime
from itertools import product

import pytest
from django.http import QueryDict

from reports.counting import Counted, counted, roughly
from reports.filters import ReportFilter
from reports.models import Report
from tests.town import IN_THE_EAST, IN_THE_WEST, Town, build_town

EVERYWHERE = "-180,-90,180,90"
"""A box is what the kept sums don't know."""


@pytest.fixture
def town(db: None) -> Town:
    """Reports of every kind: two services, two districts, six statuses, three months, disputed and late ones."""
    town = build_town()
    statuses = ("published", "in_progress", "planned", "resolved", "reopened", "declined")
    for at, (service, place, status) in enumerate(
        product((town.lamp, town.dump), (IN_THE_WEST, IN_THE_EAST), statuses)
    ):
        report = town.published(service=service, point=place)
        month = 1 + at % 3
        Report.objects.filter(pk=report.pk).update(
            status=status,
            published_at=datetime(2026, month, 28, 22, 30, tzinfo=UTC),
            due_at=datetime(2026, month + 1, 1, tzinfo=UTC) if at % 2 else None,
            disputed=at % 5 == 0,
        )
    return town


def numbers(query: str, **more: str) -> Counted:
    data = QueryDict(query, mutable=True)
    data.update({"city": "horodok", **more})
    asked = ReportFilter(data, queryset=Report.objects.public())
    assert asked.is_valid()
    return counted(asked)


def positive(found: Counted) -> dict[str, dict[str, int]]:
    return {name: {value: n for value, n in of.items() if n and value} for name, of in found.by.items()}


@pytest.mark.parametrize(
    "query",
    [
        "",
        "status=published,resolved",
        "service=lamp",
        "service=lamp,dump&status=in_work",
        "department=lamps&overdue=1",
        "district=wards:west",
        "district=west&service=dump&disputed=1",
        "from=2026-02&to=2026-02",
        "from=2026-02&status=reopened&overdue=1",
        "service=none",
    ],
)
def test_kept_sums_and_reports_tell_the_same(town: Town, query: str) -> None:
    kept, one_by_one = numbers(query), numbers(query, bbox=EVERYWHERE)
    assert kept.total == one_by_one.total
    assert positive(kept) == positive(one_by_one)


@pytest.mark.parametrize("name", ["service", "status", "district", "month"])
def test_a_choice_leaves_as_many_as_its_number_says(town: Town, name: str) -> None:
    found = numbers("disputed=1")
    for value, number in found.by[name].items():
        asked = f"from={value}&to={value}" if name == "month" else f"{name}={value}"
        assert numbers(f"disputed=1&{asked}").total == number


@pytest.mark.parametrize(
    ("number", "read"), [(0, 0), (7, 7), (50_001, 50_000), (123_456, 120_000), (996_000, 1_000_000)]
)
def test_an_estimate_is_read_to_two_digits(number: int, read: int) -> None:
    assert roughly(number) == read
