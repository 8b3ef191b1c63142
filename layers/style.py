"""The base map's look, drawn from the city's own public layers; no glyphs: the device's fonts write the labels."""

from typing import Any

from layers.models import City

THEMES = {
    "light": {
        "ground": "#F4F1EA",
        "greenery": "#DCE6CC",
        "forest": "#CDDDB9",
        "water": "#B9D6E6",
        "building": "#E3DCD0",
        "outline": "#D3CABB",
        "road": "#FFFFFF",
        "casing": "#DAD2C4",
        "major": "#FBE7B5",
        "path": "#CFC4B2",
        "label": "#4A4A45",
        "halo": "#FFFFFF",
        "border": "#8A7FA3",
    },
    "dark": {
        "ground": "#20262D",
        "greenery": "#243329",
        "forest": "#22372B",
        "water": "#1F4459",
        "building": "#2B323A",
        "outline": "#363F48",
        "road": "#3B444E",
        "casing": "#1A1F25",
        "major": "#5A5138",
        "path": "#343C45",
        "label": "#C9CDD2",
        "halo": "#171B20",
        "border": "#9A8FC0",
    },
}
SOURCE = "city"
BASE_LAYERS = "greenery,waterbody,building,road,address,city"
MAJOR = ["motorway", "trunk", "primary", "secondary"]
PATHS = ["footway", "path", "cycleway", "steps", "pedestrian", "track"]


def style(theme: str, city: City | None, origin: str) -> dict[str, Any]:
    """A MapLibre style (specification v8) of the base map; `origin` is the portal's address with its last slash."""
    colour = THEMES[theme]
    query = f"?city={city.slug}" if city else ""
    tiles = f"{origin}tiles/{BASE_LAYERS}/{{z}}/{{x}}/{{y}}.mvt{query}"
    source = {
        "type": "vector",
        "tiles": [tiles],
        "minzoom": 6,
        "maxzoom": 17,
        "attribution": _attribution(city),
    }
    return {
        "version": 8,
        "name": f"Open City map, {theme}",
        "sources": {SOURCE: source},
        "layers": [
            {"id": "ground", "type": "background", "paint": {"background-color": colour["ground"]}},
            *_land(colour),
            *_roads(colour),
            *_labels(colour),
        ],
    }


def _attribution(city: City | None) -> str:
    return city.attribution if city else ""


def _layer(identity: str, source_layer: str, kind: str, **rest: Any) -> dict[str, Any]:
    return {"id": identity, "type": kind, "source": SOURCE, "source-layer": source_layer, **rest}


def _land(colour: dict[str, str]) -> list[dict[str, Any]]:
    forest = ["match", ["get", "subtype"], ["forest", "wood"], colour["forest"], colour["greenery"]]
    river = ["interpolate", ["exponential", 1.6], ["zoom"], 9, 0.8, 14, 3, 18, 14]
    area = ["==", ["geometry-type"], "Polygon"]
    return [
        _layer("greenery", "greenery", "fill", filter=area, paint={"fill-color": forest}),
        _layer("water", "waterbody", "fill", filter=area, paint={"fill-color": colour["water"]}),
        _layer(
            "river",
            "waterbody",
            "line",
            filter=["==", ["geometry-type"], "LineString"],
            paint={"line-color": colour["water"], "line-width": river},
        ),
        _layer(
            "building",
            "building",
            "fill",
            minzoom=14,
            paint={"fill-color": colour["building"], "fill-outline-color": colour["outline"]},
        ),
        _layer(
            "city-border",
            "city",
            "line",
            paint={"line-color": colour["border"], "line-width": 1.5, "line-dasharray": [4, 2]},
        ),
    ]


def _width(casing_px: float) -> list[Any]:
    """Pixels of a road's line by zoom and class, with its casing on both sides."""
    at = {
        8: (0.8, 0.3, 0.2),
        12: (2.2, 1.0, 0.5),
        14: (4.5, 2.4, 1.0),
        16: (10, 7, 2),
        18: (24, 18, 4),
        20: (60, 48, 9),
    }
    stops: list[Any] = []
    for zoom, (major, minor, path) in at.items():
        by_class = ["match", ["get", "subtype"], MAJOR, major + casing_px, PATHS, path, minor + casing_px]
        stops += [zoom, by_class]
    return ["interpolate", ["exponential", 1.5], ["zoom"], *stops]


def _roads(colour: dict[str, str]) -> list[dict[str, Any]]:
    rounded = {"line-cap": "round", "line-join": "round"}
    fill = ["match", ["get", "subtype"], MAJOR, colour["major"], PATHS, colour["path"], colour["road"]]
    not_a_path = ["!", ["in", ["get", "subtype"], ["literal", PATHS]]]
    return [
        _layer(
            "road-casing",
            "road",
            "line",
            minzoom=12,
            filter=not_a_path,
            layout=rounded,
            paint={"line-color": colour["casing"], "line-width": _width(1.6)},
        ),
        _layer("road", "road", "line", layout=rounded, paint={"line-color": fill, "line-width": _width(0)}),
    ]


def _labels(colour: dict[str, str]) -> list[dict[str, Any]]:
    ink = {"text-color": colour["label"], "text-halo-color": colour["halo"], "text-halo-width": 1.4}
    along = {"symbol-placement": "line", "text-field": ["get", "name"], "text-size": 12, "text-max-angle": 30}
    return [
        _layer(
            "road-name",
            "road",
            "symbol",
            minzoom=14.5,
            filter=["!=", ["get", "name"], ""],
            layout=along,
            paint=ink,
        ),
        _layer(
            "house-number",
            "address",
            "symbol",
            minzoom=17,
            layout={"text-field": ["get", "house_number"], "text-size": 10},
            paint=ink,
        ),
    ]
