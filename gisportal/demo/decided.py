"""What the demo city decided about its settings: pages, warnings, extra questions and ready texts."""

import tomllib
from pathlib import Path
from typing import Any

from districts.models import CannedText, Question, Service
from districts.pages import make_usual_pages
from layers.models import City


def decide(city: City, table: Path) -> None:
    """Write them into the city that has its services already; what is there stays as it is."""
    said: dict[str, Any] = tomllib.loads(table.read_text(encoding="utf-8"))
    services = {service.code: service for service in Service.objects.filter(city=city)}
    _warn(services, said["stoppers"])
    _ask(services, said["questions"])
    for text in said["texts"]:
        known = CannedText.objects.filter(city=city, purpose=text["purpose"])
        if text["title_uk"] not in known.values_list("title_uk", flat=True):  # type: ignore[misc]  # the stubs know no translations
            CannedText.objects.create(city=city, **text)
    make_usual_pages(city)


def _warn(services: dict[str, Service], stoppers: dict[str, dict[str, str]]) -> None:
    for code, words in stoppers.items():
        service = services[code]
        service.stopper_uk, service.stopper_en = words["uk"], words["en"]  # type: ignore[attr-defined]
        service.save()


def _ask(services: dict[str, Service], questions: list[dict[str, Any]]) -> None:
    asked: dict[str, int] = {}
    for about in questions:
        service = services[about["service"]]
        asked[service.code] = order = asked.get(service.code, 0) + 1
        fields = {name: value for name, value in about.items() if name not in ("service", "code")}
        Question.objects.get_or_create(
            service=service, code=about["code"], defaults={**fields, "order": order}
        )
