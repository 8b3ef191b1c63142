"""Reports from a foreign table into the city: routed as of their day, with their history, batch by batch."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from zoneinfo import ZoneInfo

import numpy as np
from django.utils.translation import gettext as _

from districts.directory import Directory, UnknownNameError
from districts.models import Service
from districts.routing import Decision, Question, route_many
from layers.geometry import looks_swapped
from layers.importing.account import Account
from layers.importing.csv_rows import CsvRow, RowRefusedError
from layers.models import City
from reports.importing.drafts import Draft, Reader
from reports.importing.history import steps
from reports.importing.mapping import ReportMapping
from reports.importing.places import Ground, Numbers, Placed, on_this_world, to_degrees
from reports.importing.writing import Ready, write
from reports.models import Report
from reports.workflow import PUBLIC

BATCH = 2000


@dataclass(slots=True)
class Loader:
    """Takes rows into one city; `present` counts those that an earlier import brought."""

    city: City
    mapping: ReportMapping
    directory: Directory
    account: Account
    present: int = 0
    unanswered: int = 0
    flags: Counter[str] = field(default_factory=Counter)
    _lines: dict[str, int] = field(default_factory=dict)

    def load(self, rows: Iterable[CsvRow]) -> None:
        """Write the rows that are good and new; the account refuses the others."""
        zone = self.mapping.timezone or ZoneInfo(self.city.time_zone)
        reader, ground = Reader(self.mapping, zone), Ground(self.city)
        waiting = iter(rows)
        while batch := list(islice(waiting, BATCH)):
            self.account.read += len(batch)
            drafts = self._new([draft for row in batch if (draft := self._draft(reader, row))])
            placed = self._placed(drafts, zone, ground)
            self._write(placed, ground)

    def _draft(self, reader: Reader, row: CsvRow) -> Draft | None:
        reference = ""
        try:
            reference = reader.reference(row)
            first = self._lines.setdefault(reference, row.line)
            if first != row.line:
                raise RowRefusedError(_("Line %(line)d has this reference already.") % {"line": first})
            return reader.draft(row)
        except RowRefusedError as error:
            self.account.refuse(row.line, reference, str(error))
            return None

    def _new(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Those that no earlier import brought: what staff did to them since stays."""
        references = [draft.reference for draft in drafts]
        known = Report.objects.filter(city=self.city, reference__in=references)
        present = set(known.values_list("reference", flat=True))
        self.present += len(present)
        return [draft for draft in drafts if draft.reference not in present]

    def _placed(self, drafts: Sequence[Draft], zone: ZoneInfo, ground: Ground) -> list[Placed]:
        x, y = np.array([d.x for d in drafts]), np.array([d.y for d in drafts])
        lon, lat = to_degrees(x, y, self.mapping.srid)
        fine, inside = on_this_world(lon, lat), ground.in_city(lon, lat)
        extent = self.city.extent
        placed = []
        for index, draft in enumerate(drafts):
            position = (float(lon[index]), float(lat[index]))
            try:
                if draft.has_place:
                    self._check_place(
                        draft, position, extent, fine=bool(fine[index]), inside=bool(inside[index])
                    )
                service = self._service(draft.service)
            except RowRefusedError as error:
                self.account.refuse(draft.line, draft.reference, str(error))
                continue
            day = draft.opened.astimezone(zone).date()
            placed.append(Placed(draft, service.pk, service.severity, *position, day))
        return placed

    def _check_place(
        self,
        draft: Draft,
        position: tuple[float, float],
        extent: tuple[float, float, float, float],
        *,
        fine: bool,
        inside: bool,
    ) -> None:
        if not inside and looks_swapped(position, extent):
            raise RowRefusedError(
                _("Its longitude and latitude are swapped: the other way round it is in the city.")
            )
        if not fine:
            raise RowRefusedError(_("Its coordinates are not on this world; check srid in the mapping."))
        if not inside:
            draft.flags.append("outside_city")

    def _service(self, word: str) -> Service:
        try:
            return self.directory.service(self.mapping.services.get(word, word))
        except UnknownNameError as error:
            if word in self.mapping.services:
                raise RowRefusedError(str(error)) from error
            raise RowRefusedError(
                _(
                    "The service “%(word)s” has no mapping; add it to [values.service] or use --create-services."
                )
                % {"word": word[:60]}
            ) from error

    def _write(self, placed: Sequence[Placed], ground: Ground) -> None:
        public = [one for one in placed if one.draft.status in PUBLIC]
        questions = (Question(one.draft.line, one.lon, one.lat, one.service_id, one.day) for one in public)
        decisions = dict(route_many(questions))
        held = ground.districts(
            _array(one.lon for one in public), _array(one.lat for one in public), [one.day for one in public]
        )
        found = dict(zip((one.draft.line for one in public), held, strict=True))
        write(
            self.city,
            [
                Ready(one, steps(one.draft), decisions.get(one.draft.line), found.get(one.draft.line, {}))
                for one in placed
            ],
        )
        self._count(placed, decisions.values())

    def _count(self, placed: Sequence[Placed], decisions: Iterable[Decision]) -> None:
        self.account.taken += len(placed)
        self.unanswered += sum(decision.best is None for decision in decisions)
        self.flags.update(flag for one in placed for flag in one.draft.flags)


def _array(numbers: Iterable[float]) -> Numbers:
    return np.fromiter(numbers, dtype=np.float64)
