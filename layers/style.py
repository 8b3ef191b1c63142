"""The base map's look, drawn from the city's own public layers; no glyphs: the device's fonts write the labels."""

from typing import Any

from layers.basemap.archives import LAST_ZOOM, LAYERS
from layers.models import City
from layers.palette import THEMES

Expression = list[Any]
Drawn = dict[str, Any]
Colours = dict[str, str]

LANGUAGES = ("uk", "en")
SOURCE = "city"
FIRST_ZOOM = 6
MAJOR = ["motorway", "motorway_link", "trunk", "trunk_link", "primary", "primary_link"]
SECONDARY = ["secondary", "secondary_link", "tertiary", "tertiary_link"]
SERVICE = ["service", "track"]
PATHS = ["footway", "path", "cycleway", "steps", "pedestrian", "bridleway"]
FOREST = ["forest", "wood", "nature_reserve", "orchard"]
PARKS = ["park", "garden", "pitch", "dog_park", "recreation_ground", "village_green", "common", "flowerbed"]
QUIET = ["cemetery", "allotments"]
PUBLIC_BUILDINGS = ["civic", "school", "kindergarten", "hospital", "church", "transport", "retail", "public"]

# Pixels by zoom: major, secondary, other streets, service roads, paths.
WIDTHS = {
    8: (0.9, 0.5, 0.2, 0.1, 0.1),
    11: (2.0, 1.2, 0.5, 0.2, 0.1),
    13: (3.4, 2.4, 1.2, 0.5, 0.4),
    14: (5.0, 3.8, 2.4, 1.1, 0.8),
    16: (12.0, 10.0, 7.5, 3.6, 1.6),
    18: (27.0, 23.0, 18.0, 9.0, 3.0),
    20: (66.0, 56.0, 46.0, 24.0, 8.0),
}


def style(theme: str, city: City | None, origin: str, language: str = "uk") -> Drawn:
    """A MapLibre style (specification v8) of the base map; `origin` is the portal's address with its last slash."""
    colour = THEMES[theme]
    return {
        "version": 8,
        "name": f"Open City map, {theme}",
        "sources": {SOURCE: _source(city, origin)},
        "layers": [
            {"id": "ground", "type": "background", "paint": {"background-color": colour["ground"]}},
            *_land(colour),
            *_roads(colour),
            *_labels(colour, language),
        ],
    }


def _source(city: City | None, origin: str) -> Drawn:
    layers = f"base/{city.slug}" if city else ",".join(LAYERS)
    return {
        "type": "vector",
        "tiles": [f"{origin}tiles/{layers}/{{z}}/{{x}}/{{y}}.mvt"],
        "minzoom": FIRST_ZOOM,
        "maxzoom": LAST_ZOOM,
        "attribution": city.attribution if city else "",
    }


def _layer(identity: str, source_layer: str, kind: str, **rest: Any) -> Drawn:
    return {"id": identity, "type": kind, "source": SOURCE, "source-layer": source_layer, **rest}


def _is(names: list[str]) -> Expression:
    return ["in", ["get", "subtype"], ["literal", names]]


def _by_subtype(*cases: tuple[list[str], Any], otherwise: Any) -> Expression:
    return ["match", ["get", "subtype"], *[part for case in cases for part in case], otherwise]


def _land(colour: Colours) -> list[Drawn]:
    green = _by_subtype(
        (FOREST, colour["forest"]),
        (PARKS, colour["park"]),
        (QUIET, colour["quiet"]),
        otherwise=colour["meadow"],
    )
    building = _by_subtype((PUBLIC_BUILDINGS, colour["public_building"]), otherwise=colour["building"])
    area: Expression = ["==", ["geometry-type"], "Polygon"]
    line: Expression = ["==", ["geometry-type"], "LineString"]
    river = ["interpolate", ["exponential", 1.6], ["zoom"], 9, 0.8, 14, 3, 18, 14]
    return [
        _layer("greenery", "greenery", "fill", filter=area, paint={"fill-color": green}),
        _layer("water", "waterbody", "fill", filter=area, paint={"fill-color": colour["water"]}),
        _layer(
            "river",
            "waterbody",
            "line",
            filter=line,
            paint={"line-color": colour["water"], "line-width": river},
        ),
        _layer(
            "building",
            "building",
            "fill",
            minzoom=14,
            paint={
                "fill-color": building,
                "fill-outline-color": colour["outline"],
                "fill-opacity": ["interpolate", ["linear"], ["zoom"], 14, 0.4, 15, 1],
            },
        ),
        _layer(
            "city-border",
            "city",
            "line",
            paint={"line-color": colour["border"], "line-width": 1.5, "line-dasharray": [4, 2]},
        ),
    ]


def _width(casing_px: float) -> Expression:
    """Pixels of a road's line by zoom and class, with so much more for its casing."""
    stops: list[Any] = []
    for zoom, (major, secondary, minor, service, path) in WIDTHS.items():
        stops += [
            zoom,
            _by_subtype(
                (MAJOR, major + casing_px),
                (SECONDARY, secondary + casing_px),
                (SERVICE, service + casing_px),
                (PATHS, path),
                otherwise=minor + casing_px,
            ),
        ]
    return ["interpolate", ["exponential", 1.5], ["zoom"], *stops]


def _roads(colour: Colours) -> list[Drawn]:
    # The greater road is drawn over the lesser where they meet.
    order = _by_subtype((MAJOR, 3), (SECONDARY, 2), (SERVICE, 0), otherwise=1)
    rounded = {"line-cap": "round", "line-join": "round", "line-sort-key": order}
    fill = _by_subtype((MAJOR, colour["major"]), (SECONDARY, colour["secondary"]), otherwise=colour["minor"])
    casing = _by_subtype(
        (MAJOR, colour["major_casing"]),
        (SECONDARY, colour["secondary_casing"]),
        otherwise=colour["minor_casing"],
    )
    path = {"line-color": colour["path"], "line-width": _width(0), "line-dasharray": [2, 1.4]}
    return [
        _layer("path", "road", "line", minzoom=14, filter=_is(PATHS), paint=path),
        _layer(
            "road-casing",
            "road",
            "line",
            minzoom=11,
            filter=["!", _is(PATHS)],
            layout=rounded,
            paint={"line-color": casing, "line-width": _width(1.6)},
        ),
        _layer(
            "road",
            "road",
            "line",
            filter=["!", _is(PATHS)],
            layout=rounded,
            paint={"line-color": fill, "line-width": _width(0)},
        ),
    ]


def _labels(colour: Colours, language: str) -> list[Drawn]:
    """Names, the less important first: a name that finds no room is left out, and later ones choose before."""
    name: Expression = ["get", "name"]
    if language == "en":
        name = ["coalesce", ["get", "name_en"], name]
    return [*_numbers(colour), *_area_names(colour, name), *_street_names(colour, name), _place(colour, name)]


def _ink(colour: Colours, text: str = "label", halo_px: float = 1.4) -> Drawn:
    return {"text-color": colour[text], "text-halo-color": colour["halo"], "text-halo-width": halo_px}


def _numbers(colour: Colours) -> list[Drawn]:
    layout = {"text-field": ["get", "house_number"], "text-size": 10.5, "text-padding": 1}
    return [_layer("house-number", "address", "symbol", minzoom=17, layout=layout, paint=_ink(colour))]


def _area_names(colour: Colours, name: Expression) -> list[Drawn]:
    of_kind: Expression = ["get", "kind"]
    text = ["match", of_kind, "building", colour["label"], "waterbody", colour["water_label"]]
    ink = _ink(colour) | {"text-color": [*text, colour["green_label"]]}
    layout = {"text-field": name, "text-size": 11, "text-max-width": 8, "text-padding": 6}
    shown: Expression = ["step", ["zoom"], _is_kind("waterbody"), 14, ["!", _is_kind("building")], 16, True]
    along = {"text-field": name, "text-size": 11, "symbol-placement": "line", "symbol-spacing": 400}
    flowing: Expression = ["all", _has_name(name), ["==", ["geometry-type"], "LineString"]]
    river = _ink(colour, "water_label")
    return [
        _layer("area-name", "area-name", "symbol", minzoom=13, filter=shown, layout=layout, paint=ink),
        _layer("river-name", "waterbody", "symbol", minzoom=13, filter=flowing, layout=along, paint=river),
    ]


def _is_kind(kind: str) -> Expression:
    return ["==", ["get", "kind"], kind]


def _has_name(name: Expression) -> Expression:
    return ["!=", ["coalesce", name, ""], ""]


def _street_names(colour: Colours, name: Expression) -> list[Drawn]:
    along = {
        "symbol-placement": "line",
        "symbol-spacing": 320,
        "text-field": name,
        "text-size": ["interpolate", ["linear"], ["zoom"], 13, 10.5, 16, 12, 18, 14],
        "text-max-angle": 30,
        "text-padding": 4,
    }
    named = _has_name(name)
    wide: Expression = ["all", named, _is([*MAJOR, *SECONDARY])]
    others: Expression = ["all", named, ["!", _is([*MAJOR, *SECONDARY])]]
    return [
        _layer(
            "street-name", "road", "symbol", minzoom=14.5, filter=others, layout=along, paint=_ink(colour)
        ),
        _layer(
            "road-name",
            "road",
            "symbol",
            minzoom=13,
            filter=wide,
            layout=along,
            paint=_ink(colour, halo_px=1.6),
        ),
    ]


def _place(colour: Colours, name: Expression) -> Drawn:
    return _layer(
        "place-name",
        "place-name",
        "symbol",
        maxzoom=15.5,
        layout={
            "text-field": name,
            "text-size": ["interpolate", ["linear"], ["zoom"], 9, 11, 13, 14, 15, 16],
            "text-max-width": 7,
            "text-padding": 8,
            "text-font": ["Noto Sans Bold"],
        },
        paint=_ink(colour, "place", 1.8),
    )
