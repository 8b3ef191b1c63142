"""Districts from a file: matched with those of the set, changed in place or given a new version."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.contrib.gis.geos import MultiPolygon
from django.utils.translation import gettext as _

from districts.models import District, DistrictSet
from layers.importing.names import give_names, name_in


class UnmatchedError(Exception):
    """The district can't be taken; the message says why."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A district as a file states it; without a code of its own its name is its code."""

    code: str
    name: str
    geometry: MultiPolygon
    name_en: str = ""
    population: int | None = None
    has_own_code: bool = True


@dataclass(slots=True)
class Counted:
    """How many districts were added, changed in place, or continued by a new version."""

    added: int = 0
    changed: int = 0
    versioned: int = 0


@dataclass(slots=True)
class Versions:
    """The districts of one set, and how those of a file join them."""

    district_set: DistrictSet
    counted: Counted = field(default_factory=Counted)
    _current: dict[str, District] = field(default_factory=dict)
    _ended: dict[str, date] = field(default_factory=dict)
    _by_name: dict[str, list[District]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, district_set: DistrictSet) -> "Versions":
        """The versions that the database has now."""
        versions = cls(district_set)
        for district in district_set.districts.order_by("valid_from"):
            if district.valid_to is None:
                versions._current[district.code] = district
                versions._by_name[name_in("uk", district)].append(district)
            else:
                versions._ended[district.code] = district.valid_to
        return versions

    def codes(self) -> set[str]:
        """The codes of the districts that have no end."""
        return set(self._current)

    def take(self, incoming: Incoming, on: date | None) -> str:
        """Store the district and return the code it goes by.

        With a day `on`, a changed polygon becomes a version from then on; without, it is changed in place.
        UnmatchedError where it can't be told which district is meant, or the day is too early.
        """
        existing = self._match(incoming)
        if existing is None:
            return self._add(incoming, on)
        if on is None or existing.valid_from == on or existing.geometry.equals(incoming.geometry):
            return self._change(existing, incoming)
        if on < existing.valid_from:
            raise UnmatchedError(
                _("“%(code)s” has a version from %(day)s; --valid-from must be later")
                % {"code": existing.code, "day": existing.valid_from.isoformat()}
            )
        return self._continue(existing, incoming, on)

    def _match(self, incoming: Incoming) -> District | None:
        by_code = self._current.get(incoming.code)
        if by_code is not None:
            return by_code
        namesakes = self._by_name.get(incoming.name, [])
        if incoming.has_own_code:
            # Of the same name but another real code is another place: villages share names. A district
            # imported without codes, though, now gets its own.
            namesakes = [district for district in namesakes if district.code == name_in("uk", district)]
        if len(namesakes) > 1:
            codes = ", ".join(sorted(district.code for district in namesakes))
            raise UnmatchedError(
                _("several districts are called “%(name)s” (codes %(codes)s); say the field of codes")
                % {"name": incoming.name, "codes": codes}
            )
        return namesakes[0] if namesakes else None

    def _add(self, incoming: Incoming, on: date | None) -> str:
        ended = self._ended.get(incoming.code)
        begins = on or ended or District.BEGINNING
        if ended and begins < ended:
            raise UnmatchedError(
                _("“%(code)s” ended on %(day)s; --valid-from must not be earlier")
                % {"code": incoming.code, "day": ended.isoformat()}
            )
        district = District(
            set=self.district_set, city_id=self.district_set.city_id, code=incoming.code, valid_from=begins
        )
        self._store(district, incoming)
        self.counted.added += 1
        return district.code

    def _change(self, district: District, incoming: Incoming) -> str:
        if incoming.has_own_code and district.code != incoming.code:
            self.district_set.districts.filter(code=district.code).update(code=incoming.code)
            self._current.pop(district.code, None)
            district.code = incoming.code
        self._store(district, incoming)
        self.counted.changed += 1
        return district.code

    def _continue(self, district: District, incoming: Incoming, on: date) -> str:
        district.valid_to = on
        district.save(update_fields=["valid_to"])
        code = incoming.code if incoming.has_own_code else district.code
        if code != district.code:
            self.district_set.districts.filter(code=district.code).update(code=code)
        follower = District(
            set=self.district_set,
            city_id=self.district_set.city_id,
            code=code,
            valid_from=on,
            population=district.population,
        )
        give_names(follower, None, name_in("en", district))
        self._store(follower, incoming)
        self.counted.versioned += 1
        return code

    def _store(self, district: District, incoming: Incoming) -> None:
        give_names(district, incoming.name, incoming.name_en)
        district.population = incoming.population if incoming.population is not None else district.population
        district.geometry = incoming.geometry
        district.save()
        self._current[district.code] = district
