"""What a foreign table of reports calls things, as a TOML file says it. Pure: nothing is looked up."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pyproj
from django.utils.translation import gettext as _

from layers.geometry import WGS84
from layers.importing.account import FileRefusedError
from reports.workflow import Status

REQUIRED = ("ref", "lon", "lat", "service", "opened")
OPTIONAL = ("closed", "status", "text", "address", "started", "reopened")
TOP = ("columns", "values", "srid", "timezone", "default_status")
SIZE_LIMIT = 1_000_000
"""Bytes of a mapping; a city has hundreds of services, not more."""


@dataclass(frozen=True, slots=True)
class ReportMapping:
    """Their column for each of ours, our status and service for each of their words."""

    columns: Mapping[str, str]
    statuses: Mapping[str, Status]
    services: Mapping[str, str]
    srid: int = WGS84
    timezone: ZoneInfo | None = None
    default_status: Status | None = None


def read_mapping(path: Path) -> ReportMapping:
    """The mapping in the file; FileRefusedError, naming the file and the entry, where it isn't one."""
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise _refused(path, _("it is too large for a mapping"))
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _refused(path, _("it can't be opened: %(why)s") % {"why": error.strerror}) from error
    except UnicodeDecodeError as error:
        raise _refused(path, _("it is not in UTF-8")) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _refused(path, _("it is not TOML: %(why)s") % {"why": error}) from error
    try:
        return mapping_of(data)
    except ValueError as error:
        raise _refused(path, str(error)) from error


def mapping_of(data: dict[str, Any]) -> ReportMapping:
    """The mapping that TOML data state; ValueError names the entry that is wrong."""
    _only(data, TOP, "")
    columns = _texts(data, "columns")
    _only(columns, (*REQUIRED, *OPTIONAL), "columns.")
    values = _table(data, "values")
    _only(values, ("status", "service"), "values.")
    default = data.get("default_status")
    missing = [name for name in REQUIRED if name not in columns]
    if default is None and "status" not in columns:
        missing.append(_("status (or default_status)"))
    if missing:
        raise ValueError(_("[columns] lacks %(missing)s") % {"missing": ", ".join(missing)})
    return ReportMapping(
        columns=columns,
        statuses={theirs: _status(ours) for theirs, ours in _texts(values, "status").items()},
        services=_texts(values, "service"),
        srid=_srid(data.get("srid", WGS84)),
        timezone=_zone(data.get("timezone")),
        default_status=None if default is None else _status(default),
    )


def _only(table: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for name in table:
        if name not in known:
            raise ValueError(
                _("“%(name)s” is unknown; known are %(known)s")
                % {"name": f"{where}{name}", "known": ", ".join(known)}
            )


def _table(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = data.get(name, {})
    if not isinstance(table, dict):
        raise ValueError(_("“%(name)s” must be a table: [%(name)s]") % {"name": name})
    return table


def _texts(data: Mapping[str, Any], name: str) -> dict[str, str]:
    table = _table(data, name)
    for key, value in table.items():
        if not (isinstance(value, str) and value.strip()):
            raise ValueError(_("“%(name)s” must be a text in quotes") % {"name": f"{name}.{key}"})
    return {key.strip(): value.strip() for key, value in table.items()}


def _status(word: object) -> Status:
    if word not in Status.values:
        raise ValueError(
            _("“%(word)s” is no status; known are %(known)s")
            % {"word": word, "known": ", ".join(Status.values)}
        )
    return Status(word)


def _srid(number: object) -> int:
    try:
        if isinstance(number, bool) or not isinstance(number, int):
            raise ValueError(_("srid must be a number such as 2249"))
        pyproj.CRS.from_epsg(number)
    except pyproj.exceptions.CRSError as error:
        raise ValueError(_("EPSG knows no system %(number)s") % {"number": number}) from error
    return number


def _zone(name: object) -> ZoneInfo | None:
    if name is None:
        return None
    if not isinstance(name, str) or name not in available_timezones():
        raise ValueError(_("“%(name)s” is not a time zone; write one like Europe/Kyiv") % {"name": name})
    return ZoneInfo(name)


def _refused(path: Path, why: str) -> FileRefusedError:
    return FileRefusedError(
        _("The mapping %(file)s can't be used: %(why)s.") % {"file": path.name, "why": why}
    )
