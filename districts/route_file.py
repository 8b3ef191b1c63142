"""A table of places and services, answered row by row."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from districts.directory import Directory, DistrictDirectory, UnknownNameError
from districts.models import Responsibility
from districts.routing import BATCH, Candidate, Decision, Question, route_many
from districts.wording import reason_among
from layers.geometry import is_position
from layers.importing.csv_rows import CsvRow, RowRefusedError, decimal, open_csv
from layers.models import AssetLayer, City

COLUMNS_IN = ("id", "lon", "lat", "service")
COLUMNS_OUT = ("id", "department", "district", "asset_layer", "asset_ref", "distance_m", "reason")

Progress = Callable[[Iterable[CsvRow]], Iterable[CsvRow]]
Answer = tuple[str, ...]


@dataclass(slots=True)
class Answers:
    """Answers rows for one city and day, in batches; a row that can't be asked gets its reason instead."""

    city: City
    on: date
    directory: Directory
    layers: dict[int, AssetLayer]
    districts: dict[int, str]
    unanswered: int = 0
    unasked: int = 0

    @classmethod
    def of(cls, city: City, on: date) -> "Answers":
        """With the city's asset layers and the districts of its rules read once."""
        layers = {layer.pk: layer for layer in AssetLayer.objects.filter(city=city)}
        return cls(city, on, Directory(city), layers, _districts_of_rules(city))

    def to(self, rows: Iterable[CsvRow]) -> Iterator[Answer]:
        """One answer for each row, in their order, as COLUMNS_OUT."""
        waiting = iter(rows)
        while batch := list(islice(waiting, BATCH)):
            yield from self._batch(batch)

    def _batch(self, batch: Sequence[CsvRow]) -> Iterator[Answer]:
        questions, wrong = [], {}
        for position, row in enumerate(batch):
            try:
                questions.append(self._question(position, row))
            except (RowRefusedError, UnknownNameError) as error:
                wrong[position] = str(error)
        decisions = dict(route_many(questions))
        self.unasked += len(wrong)
        for position, row in enumerate(batch):
            mark = row.cells.get("id", "")
            if position in wrong:
                yield (mark, "", "", "", "", "", wrong[position])
            else:
                yield (mark, *self._told(decisions[position]))

    def _question(self, position: int, row: CsvRow) -> Question:
        if row.spare:
            raise RowRefusedError(_("The row has more cells than the heading."))
        lon, lat = position_of(row.cells.get("lon", ""), row.cells.get("lat", ""))
        text = row.cells.get("service", "")
        if not text:
            raise RowRefusedError(_("The row names no service."))
        return Question(position, lon, lat, self.directory.service(text).pk, self.on)

    def _told(self, decision: Decision) -> Answer:
        reason = reason_among(self.layers, decision, public=False)
        best = decision.best
        if best is None:
            self.unanswered += 1
            return ("", "", "", "", "", reason)
        distance = "" if best.distance_m is None else f"{best.distance_m:.2f}"
        return (
            best.department_code,
            self._district(best),
            best.asset_layer,
            best.asset_reference,
            distance,
            reason,
        )

    def _district(self, best: Candidate) -> str:
        return self.districts.get(best.rule_id, best.district_code) if best.district_id is not None else ""


def position_of(lon: str, lat: str) -> tuple[float, float]:
    """Both as degrees; RowRefusedError where they are no position of this world."""
    try:
        position = decimal(lon), decimal(lat)
    except ValueError as error:
        raise RowRefusedError(_("The row has no coordinates in degrees.")) from error
    if not is_position(*position):
        raise RowRefusedError(_("The coordinates are not degrees of this world."))
    return position


def answer_file(source: Path, target: TextIO, answers: Answers, progress: Progress) -> int:
    """Write the answers to all rows of `source` to `target` as CSV and say how many there were.

    FileRefusedError where `source` is no CSV file with the columns id, lon, lat and service.
    """
    count = 0
    with open_csv(source, COLUMNS_IN) as rows:
        writer = csv.writer(target)
        writer.writerow(COLUMNS_OUT)
        for answer in answers.to(progress(rows)):
            writer.writerow(answer)
            count += 1
    return count


def _districts_of_rules(city: City) -> dict[int, str]:
    labels = DistrictDirectory(city).labels()
    rules = Responsibility.objects.filter(city=city, district__isnull=False)
    stated = rules.values_list("pk", "district__set_id", "district__code")
    return {pk: labels.get((set_id, code), code) for pk, set_id, code in stated}
