"""A city's services, departments, districts and asset layers, by what people's files call them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from districts.models import Department, District, NamedQuerySet, Section, Service
from layers.models import AssetLayer, City

CODE_LIMIT = 120
"""Characters of a code."""
SECTION_NAMES = {"name_uk": "Проблеми й рішення", "name_en": "Problems and solutions"}

Named = TypeVar("Named", Service, Department)


class UnknownNameError(LookupError):
    """Nothing, or several things, are called that; the message says so and how to go on."""


def problems_section(city: City) -> Section:
    """The city's section for problems, made where it has none yet."""
    return Section.objects.get_or_create(city=city, code=Section.PROBLEMS, defaults=SECTION_NAMES)[0]


@dataclass(slots=True)
class Directory:
    """Looks each name up once; with `create`, makes unknown services and departments, coded by name."""

    city: City
    create: bool = False
    created: Counter[str] = field(default_factory=Counter)
    _services: dict[str, Service] = field(default_factory=dict)
    _departments: dict[str, Department] = field(default_factory=dict)
    _unknown: dict[tuple[str, str], str] = field(default_factory=dict)

    def service(self, text: str) -> Service:
        """The city's service with this code or this only name."""
        if text not in self._services:
            own = [Service.objects.filter(city=self.city)]
            self._services[text] = self._find_or_make(own, text, _("service"), self._new_service)
        return self._services[text]

    def department(self, text: str) -> Department:
        """The city's own department with this code or only name, else one that serves every city."""
        if text not in self._departments:
            circles = [Department.objects.filter(city=self.city), Department.objects.filter(city=None)]
            self._departments[text] = self._find_or_make(circles, text, _("department"), self._new_department)
        return self._departments[text]

    def asset_layer(self, text: str) -> AssetLayer:
        """The city's asset layer with this slug, or with this only name."""
        layers = AssetLayer.objects.filter(city=self.city)
        found = list(layers.filter(slug=text)) or list(
            layers.filter(Q(name_uk__iexact=text) | Q(name_en__iexact=text))
        )
        if len(found) == 1:
            return found[0]
        known = ", ".join(layers.values_list("slug", flat=True)) or "—"
        raise UnknownNameError(
            _("There is no one asset layer “%(text)s”. Known layers: %(known)s.")
            % {"text": text, "known": known}
        )

    def _find_or_make(
        self, circles: Sequence[NamedQuerySet[Named]], text: str, sort: str, new: Callable[[str], Named]
    ) -> Named:
        if (sort, text) in self._unknown:
            raise UnknownNameError(self._unknown[sort, text])
        try:
            return self._found(circles, text) or self._make(text, sort, new)
        except UnknownNameError as error:
            self._unknown[sort, text] = str(error)
            raise

    def _found(self, circles: Sequence[NamedQuerySet[Named]], text: str) -> Named | None:
        for circle in circles:
            found = circle.called(text)
            if found is not None:
                return found
            if circle.filter(Q(name_uk__iexact=text) | Q(name_en__iexact=text)).exists():
                raise UnknownNameError(
                    _("Several are called “%(text)s”; write the code instead.") % {"text": text}
                )
        return None

    def _make(self, text: str, sort: str, new: Callable[[str], Named]) -> Named:
        if not self.create:
            raise UnknownNameError(_("There is no %(sort)s “%(text)s”.") % {"sort": sort, "text": text})
        if not text.isprintable():
            raise UnknownNameError(
                _("A new %(sort)s can't be called that: the name holds control characters.") % {"sort": sort}
            )
        if not 0 < len(text) <= CODE_LIMIT:
            raise UnknownNameError(
                _("“%(text)s…” is too long for a new %(sort)s (at most %(limit)d characters).")
                % {"text": text[:30], "sort": sort, "limit": CODE_LIMIT}
            )
        self.created[sort] += 1
        return new(text)

    def _new_service(self, text: str) -> Service:
        names: dict[str, Any] = {"name_uk": text}
        section = problems_section(self.city)
        return Service.objects.create(city=self.city, section=section, code=text, **names)

    def _new_department(self, text: str) -> Department:
        names: dict[str, Any] = {"name_uk": text}
        return Department.objects.create(city=self.city, code=text, **names)


@dataclass(frozen=True, slots=True)
class _Known:
    pk: int
    set_id: int
    set_code: str
    code: str
    name_uk: str | None
    name_en: str | None

    def is_named(self, folded: str) -> bool:
        return folded in {name.casefold() for name in (self.name_uk, self.name_en) if name}


class DistrictDirectory:
    """The city's districts of today, by code or by only name, within one set or across all of them."""

    def __init__(self, city: City) -> None:
        today = District.objects.filter(city=city).on(timezone.localdate())
        fields = ("pk", "set_id", "set__code", "code", "name_uk", "name_en")
        self._districts = [_Known(*values) for values in today.values_list(*fields)]

    def find(self, set_code: str, text: str) -> District:
        """The district called `text` in the set, or in any set where none is named, without its geometry.

        UnknownNameError where there is none or several.
        """
        among = [d for d in self._districts if set_code in ("", d.set_code)]
        if not among:
            raise UnknownNameError(_("There is no set of districts “%(set)s”.") % {"set": set_code or "—"})
        folded = text.casefold()
        found = [d for d in among if d.code == text] or [d for d in among if d.is_named(folded)]
        if len(found) == 1:
            return District.objects.only("pk", "code", "set", "city").get(pk=found[0].pk)
        if not found:
            raise UnknownNameError(_("There is no district “%(text)s”.") % {"text": text})
        which = ", ".join(sorted(f"{d.set_code}/{d.code}" for d in found))
        raise UnknownNameError(
            _("“%(text)s” may be any of %(which)s; name the set and the code.")
            % {"text": text, "which": which}
        )

    def labels(self) -> dict[tuple[int, str], str]:
        """How to print each (set id, code): its name where that is the only one in its set, else its code."""
        times = Counter((d.set_id, d.name_uk) for d in self._districts)
        return {
            (d.set_id, d.code): (d.name_uk if d.name_uk and times[d.set_id, d.name_uk] == 1 else d.code)
            for d in self._districts
        }
