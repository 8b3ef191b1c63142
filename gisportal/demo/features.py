"""One thing of the city as it is written to a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry

from gisportal.demo.names import in_english


@dataclass(frozen=True, slots=True)
class Feature:
    """A geometry in metres of the plane with the columns the importers read; `more` holds a layer's own columns."""

    ref: str
    geometry: BaseGeometry
    name: str = ""
    name_en: str = ""
    subtype: str = ""
    owner: str = ""
    more: Mapping[str, str | int] = field(default_factory=dict)

    def properties(self) -> dict[str, str | int]:
        """The attributes as they are written; a street's English name follows from its Ukrainian one."""
        named = {"name": self.name, "name_en": self.name_en or in_english(self.name)} if self.name else {}
        rest = {"subtype": self.subtype, "owner": self.owner}
        return {"ref": self.ref, **named, **{key: value for key, value in rest.items() if value}, **self.more}
