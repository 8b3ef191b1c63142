"""The demo city's departments and services, from the tables of the fixtures."""

import csv
from collections.abc import Container
from pathlib import Path
from typing import Any

from districts.directory import problems_section
from districts.models import Department, Service
from layers.models import City

SERVICE_TEXTS = (
    "name_uk", "name_en", "description_uk", "description_en", "keywords_uk", "keywords_en", "group_uk", "group_en",
)  # fmt: skip


def rows_of(table: Path) -> list[dict[str, str]]:
    """The rows of a UTF-8 table by column."""
    with table.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def make_departments(city: City, table: Path, wanted: Container[str] | None = None) -> int:
    """Make the departments, or those of the `wanted` codes; who is not the city's own serves every city."""
    rows = [row for row in rows_of(table) if wanted is None or row["code"] in wanted]
    for row in rows:
        owner = city if row["citywide"] == "true" else None
        about: dict[str, Any] = {name: row[name] for name in ("name_uk", "name_en", "email", "phone")}
        Department.objects.update_or_create(city=owner, code=row["code"], defaults=about)
    return len(rows)


def make_services(city: City, table: Path) -> int:
    """Make the services, all of them problems, with their names and groups in both languages."""
    section = problems_section(city)
    rows = rows_of(table)
    for row in rows:
        about: dict[str, Any] = {name: row[name] for name in SERVICE_TEXTS}
        about |= {"section": section, "severity": int(row["severity"])}
        Service.objects.update_or_create(city=city, code=row["code"], defaults=about)
    return len(rows)
