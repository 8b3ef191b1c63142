"""What the search of a city finds: names and addresses, and reports by their numbers."""

import re

from django.contrib.gis.geos import Point

from layers.gazetteer import Found, suggest
from layers.models import City
from reports.models import Report

REPORT = "report"
"""The kind of what is found as a report; its key is the report's number."""
_NUMBER = re.compile(r"\s*(?:№|#|no\.?)?\s*(\d{1,18})\s*\Z", re.IGNORECASE)


def search(city: City, words: str, near: Point | None = None) -> list[Found]:
    """The public report of that number, where the words are one; else what they may name, the likeliest first."""
    number = _NUMBER.match(words)
    if number is None:
        return suggest(city, words, near)
    reports = Report.objects.public().filter(city=city, pk=int(number[1])).select_related("service")
    return [
        Found(f"№ {report.pk}: {report.service.name}", report.point, kind=REPORT, key=str(report.pk))
        for report in reports
        if report.point
    ]
