"""A city's own look of the base map, in place of the portal's: checked, kept, and given out."""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from layers.models import City, OwnStyle

Style = dict[str, Any]

MOST_BYTES = 1024 * 1024
PARTS = frozenset(
    {
        "version",
        "name",
        "metadata",
        "center",
        "zoom",
        "bearing",
        "pitch",
        "light",
        "sky",
        "projection",
        "terrain",
    }
    | {"transition", "sources", "sprite", "glyphs", "layers"}
)
"""What of the specification is kept; other parts may hold addresses that nobody has looked at."""
SOURCES = frozenset({"vector", "raster", "raster-dem", "geojson"})
TAKEN = re.compile(r"(report|announcement|district|territory|asset|place|area)s?(-.*)?")
"""Names of layers and sources that the portal puts upon every base map."""
_OF_THE_PORTAL = re.compile(r"/(?![/\\])[^\\\s]*")
"""A path on the portal itself; `//` would be another host."""


def checked(text: bytes) -> Style:
    """The style in the file; raises ValidationError with everything that keeps it from being used."""
    if len(text) > MOST_BYTES:
        raise ValidationError(_("The file is larger than 1 MB."))
    try:
        style = json.loads(text)
    except (ValueError, RecursionError):
        raise ValidationError(_("The file is not JSON.")) from None
    if not isinstance(style, dict) or style.get("version") != 8:
        raise ValidationError(_("This is no style of version 8 of the MapLibre specification."))
    wrong = [*_wrong_sources(style), *_wrong_layers(style), *_wrong_addresses(style)]
    if wrong:
        raise ValidationError(wrong)
    return {part: value for part, value in style.items() if part in PARTS}


def keep(city: City, theme: str, style: Style) -> None:
    """Draw the city's base map so from now on, in this theme; `style` was checked."""
    OwnStyle.objects.update_or_create(city=city, theme=theme, defaults={"content": style})


def forget(city: City, theme: str) -> bool:
    """Draw it as the portal does again; whether it was drawn otherwise."""
    return bool(OwnStyle.objects.filter(city=city, theme=theme).delete()[0])


def own_style(city: City, theme: str, origin: str) -> Style | None:
    """The city's own style with whole addresses, as workers need them; `origin` ends with a slash. None without one."""
    kept = OwnStyle.objects.filter(city=city, theme=theme).first()
    return _whole(kept.content, origin.rstrip("/")) if kept else None


def _whole(style: Style, origin: str) -> Style:
    whole = {**style, "sources": {name: _whole_source(one, origin) for name, one in style["sources"].items()}}
    if "glyphs" in style:
        whole["glyphs"] = origin + style["glyphs"]
    if isinstance(style.get("sprite"), str):
        whole["sprite"] = origin + style["sprite"]
    elif "sprite" in style:
        whole["sprite"] = [{**one, "url": origin + one["url"]} for one in style["sprite"]]
    return whole


def _whole_source(source: Style, origin: str) -> Style:
    whole = dict(source)
    if "tiles" in source:
        whole["tiles"] = [origin + address for address in source["tiles"]]
    for name in ("url", "data"):
        if isinstance(source.get(name), str):
            whole[name] = origin + source[name]
    return whole


def _wrong_sources(style: Style) -> Iterator[str]:
    sources = style.get("sources")
    if not isinstance(sources, dict):
        yield _("The style has no sources.")
        return
    for name, source in sources.items():
        if not isinstance(source, dict) or source.get("type") not in SOURCES:
            yield _("The source “%s” is none of: vector, raster, raster-dem, geojson.") % name
        elif TAKEN.fullmatch(name):
            yield _("The name “%s” is one of the portal’s own; choose another one.") % name


def _wrong_layers(style: Style) -> Iterator[str]:
    layers = style.get("layers")
    if not isinstance(layers, list) or not layers:
        yield _("The style has no layers.")
        return
    names = [layer.get("id") if isinstance(layer, dict) else None for layer in layers]
    if not all(isinstance(name, str) and name for name in names):
        yield _("Each layer needs a name (id).")
        return
    if len(set(names)) < len(names):
        yield _("Two layers have the same name (id).")
    for name in names:
        if TAKEN.fullmatch(str(name)):
            yield _("The name “%s” is one of the portal’s own; choose another one.") % name


def _wrong_addresses(style: Style) -> Iterator[str]:
    for address in _addresses(style):
        if not isinstance(address, str) or not _OF_THE_PORTAL.fullmatch(address):
            yield _("“%s” is no address on the portal itself; write one that begins with a slash.") % address


def _addresses(style: Style) -> Iterator[Any]:
    sources = style.get("sources")
    for source in sources.values() if isinstance(sources, dict) else ():
        if isinstance(source, dict):
            yield from (source[name] for name in ("url",) if name in source)
            yield from (source["data"],) if isinstance(source.get("data"), str) else ()
            tiles = source.get("tiles", [])
            yield from tiles if isinstance(tiles, list) else [None]
    if "glyphs" in style:
        yield style["glyphs"]
    sprite = style.get("sprite", [])
    several = sprite if isinstance(sprite, list) else [{"url": sprite}]
    yield from (one.get("url") if isinstance(one, dict) else None for one in several)
