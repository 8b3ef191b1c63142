/** What our maps draw over the base map, as plain data for the map library. */

import type { LayerSpecification, Overlay, SourceSpecification } from "../map.ts";
import { GROUPS, HALO, HEAT_COLOURS, heatBounds, INK, NEWS_COLOURS, STATUS_COLOURS, type Theme } from "./palette.ts";

export const POINTS = "report-points";
export const CELLS = "report-cells";
export const CELL_COUNTS = "report-cell-counts";
export const HEAT = "report-heat";
export const HEAT_GLOW = "report-heat-glow";
export const PILES = "report-piles";
export const PILE_LABELS = "report-pile-labels";
export const PLACES = "place-points";
export const PLACE_NAMES = "place-names";
export const AREAS = "announcement-areas";
export const AREA_LINES = "announcement-lines";
export const PLACE_IMAGE = "place";

type Expression = unknown[];

const POINTS_OF_WEIGHT: Expression = ["/", ["get", "weight"], 100];
/** Half of a cell's side at a whole zoom, in pixels: a tile of 512 has 32 in a row. */
const CELL_PX = 8;
const HEAT_MAX_ZOOM = 16;

export interface ReportTiles {
  reports: string;
  heat?: string;
  piles?: string;
  /** What the label of a pile says after its number. */
  pileWords?: string;
  places?: string;
  announcements?: string;
  show?: readonly string[];
  territories?: string;
  showHeat?: boolean;
}

/** Useful places alone, as a list of them shows. */
export function placeOverlay(theme: Theme, tiles: string): Overlay {
  return { sources: { places: vector(tiles, 14) }, layers: placeMarks(theme, true) };
}

/** Sources and layers for reports, and for all else whose tiles are named. */
export function reportOverlay(theme: Theme, tiles: ReportTiles): Overlay {
  const sources: Record<string, SourceSpecification> = { reports: vector(tiles.reports, 22) };
  const layers: LayerSpecification[] = [];
  if (tiles.territories) {
    sources["territories"] = vector(tiles.territories, 14);
    layers.push(...territoryAreas(theme));
  }
  if (tiles.heat) {
    sources["heat"] = vector(tiles.heat, HEAT_MAX_ZOOM);
    layers.push(...heatCells(theme, tiles.showHeat ?? false));
  }
  if (tiles.announcements) {
    sources["announcements"] = vector(tiles.announcements, 14);
    layers.push(...announcementAreas(theme, tiles.show?.includes("announcements") ?? true));
  }
  layers.push(...reportMarks(theme, !tiles.showHeat));
  if (tiles.piles) {
    sources["piles"] = vector(tiles.piles, HEAT_MAX_ZOOM);
    layers.push(...pileMarks(theme, tiles.pileWords ?? "", tiles.showHeat ?? false));
  }
  if (tiles.places) {
    sources["places"] = vector(tiles.places, 14);
    layers.push(...placeMarks(theme, tiles.show?.includes("places") ?? true));
  }
  return { sources, layers };
}

/** One area, given as GeoJSON in degrees. */
export function areaOverlay(theme: Theme, geometry: object): Overlay {
  const data = { type: "Feature", properties: {}, geometry };
  return {
    sources: { area: { type: "geojson", data } as never },
    layers: [
      { id: "area", type: "fill", source: "area", paint: { "fill-color": INK[theme].accent, "fill-opacity": 0.18 } },
      { id: "area-line", type: "line", source: "area", paint: { "line-color": INK[theme].line, "line-width": 2 } },
    ],
  };
}

/** The colour of a heat cell by its weight, for the classes that begin at these points. */
export function heatColour(theme: Theme, bounds: number[]): Expression {
  const [lowest, ...higher] = HEAT_COLOURS[theme];
  return ["step", POINTS_OF_WEIGHT, lowest, ...higher.flatMap((colour, index) => [bounds[index + 1] ?? 0, colour])];
}

/** The radius of a heat cell in pixels: it grows with the class, and with the map until the next zoom's smaller cells. */
export function heatRadius(bounds: number[], times: number): Expression {
  const sizes = [0.7, 0.8, 0.9, 1, 1.1];
  const at = (px: number): Expression => ["step", POINTS_OF_WEIGHT, px * (sizes[0] ?? 1), ...sizes.slice(1).flatMap((size, index) => [bounds[index + 1] ?? 0, px * size])];
  const stops: unknown[] = [];
  // Tiles of a zoom are used until just before the next one; the last ones grow further.
  for (let zoom = 0; zoom < HEAT_MAX_ZOOM; zoom++) stops.push(zoom, at(times * CELL_PX), zoom + 0.999, at(times * CELL_PX * 2));
  stops.push(HEAT_MAX_ZOOM, at(times * CELL_PX), HEAT_MAX_ZOOM + 2, at(times * CELL_PX * 2.5));
  return ["interpolate", ["exponential", 2], ["zoom"], ...stops];
}

/** The picture of a group's shape; each theme has its own, so that one never shows in the other. */
export function imageName(group: string, theme: Theme): string {
  return `group-${group}-${theme}`;
}

function vector(address: string, maxzoom: number): SourceSpecification {
  return { type: "vector", tiles: [address], minzoom: 0, maxzoom };
}

function reportMarks(theme: Theme, visible: boolean): LayerSpecification[] {
  const { cell, text } = INK[theme];
  const visibility = visible ? "visible" : "none";
  const radius: Expression = ["interpolate", ["linear"], ["log10", ["get", "count"]], 0, 10, 1, 13, 2, 17, 3, 22, 4, 27];
  return [
    {
      id: CELLS, type: "circle", source: "reports", "source-layer": "reports", filter: ["has", "count"], layout: { visibility },
      paint: {
        "circle-color": cell, "circle-opacity": 0.88, "circle-radius": radius as never,
        "circle-stroke-width": 1.5, "circle-stroke-color": text,
      },
    },
    {
      id: CELL_COUNTS, type: "symbol", source: "reports", "source-layer": "reports", filter: ["has", "count"],
      layout: { visibility, "text-field": ["to-string", ["get", "count"]], "text-size": 12, "text-allow-overlap": true },
      paint: { "text-color": text },
    },
    {
      id: POINTS, type: "symbol", source: "reports", "source-layer": "reports", filter: ["!", ["has", "count"]],
      layout: {
        visibility, "icon-image": iconByGroup(theme) as never, "icon-allow-overlap": true, "icon-ignore-placement": true,
        "symbol-sort-key": drawnLater() as never,
        "icon-size": ["interpolate", ["linear"], ["zoom"], 9, 0.32, 12, 0.5, 14, 0.75, 16, 1] as never,
      },
    },
  ];
}

function iconByGroup(theme: Theme): Expression {
  const pairs = GROUPS.flatMap((group) => [group, imageName(group, theme)]);
  return ["match", ["get", "group"], ...pairs, imageName("closed", theme)];
}

/** What still waits is drawn over what is done. */
function drawnLater(): Expression {
  return ["match", ["get", "group"], "reopened", 4, "published", 3, "in_work", 2, "resolved", 1, 0];
}

function placeMarks(theme: Theme, visible: boolean): LayerSpecification[] {
  const from = { source: "places", "source-layer": "places" };
  const visibility = visible ? "visible" : "none";
  const name = document.documentElement.lang === "en" ? ["case", ["!=", ["coalesce", ["get", "name_en"], ""], ""], ["get", "name_en"], ["get", "name"]] : ["get", "name"];
  return [
    {
      id: PLACES, type: "symbol", ...from,
      layout: {
        visibility, "icon-image": `${PLACE_IMAGE}-${theme}`, "icon-allow-overlap": true, "icon-ignore-placement": true,
        "icon-size": ["interpolate", ["linear"], ["zoom"], 9, 0.5, 14, 0.9, 16, 1.1] as never,
      },
    },
    {
      id: PLACE_NAMES, type: "symbol", ...from, minzoom: 15,
      layout: { visibility, "text-field": name as never, "text-size": 12, "text-anchor": "top", "text-offset": [0, 0.9], "text-max-width": 9 },
      paint: { "text-color": INK[theme].accent, "text-halo-color": HALO[theme], "text-halo-width": 1.5 },
    },
  ];
}

function announcementAreas(theme: Theme, visible: boolean): LayerSpecification[] {
  const from = { source: "announcements", "source-layer": "announcements" };
  const colour = ["match", ["get", "kind"], "danger", NEWS_COLOURS[theme].danger, NEWS_COLOURS[theme].other] as never;
  const layout = { visibility: visible ? ("visible" as const) : ("none" as const) };
  return [
    { id: AREAS, type: "fill", ...from, layout, paint: { "fill-color": colour, "fill-opacity": ["interpolate", ["linear"], ["zoom"], 12, 0.2, 16, 0.07] } },
    { id: AREA_LINES, type: "line", ...from, layout, paint: { "line-color": colour, "line-width": 2, "line-dasharray": [3, 1.5] } },
  ];
}

function heatCells(theme: Theme, visible: boolean): LayerSpecification[] {
  const from = { source: "heat", "source-layer": "report-heat" };
  const layout = { visibility: visible ? ("visible" as const) : ("none" as const), "circle-sort-key": ["get", "weight"] as never };
  const bounds = heatBounds(50);
  // A cell with nothing but a pile weighs nothing; it is counted, and the pile's own mark stands there.
  const shown = (opacity: number): never => ["case", [">", ["get", "weight"], 0], opacity, 0] as never;
  const colour = heatColour(theme, bounds) as never;
  return [
    {
      id: HEAT_GLOW, type: "circle", ...from, layout,
      paint: { "circle-color": colour, "circle-radius": heatRadius(bounds, 2.4) as never, "circle-blur": 1, "circle-opacity": shown(theme === "light" ? 0.55 : 0.35) },
    },
    {
      id: HEAT, type: "circle", ...from, layout,
      paint: {
        "circle-color": colour, "circle-radius": heatRadius(bounds, 1) as never, "circle-opacity": shown(0.95),
        "circle-stroke-width": 1, "circle-stroke-color": theme === "light" ? STATUS_COLOURS.light.closed : HALO.dark, "circle-stroke-opacity": shown(theme === "light" ? 0.35 : 0.8),
      },
    },
  ];
}

/** A question mark where reports lie that nobody could place, with how many. */
function pileMarks(theme: Theme, words: string, visible: boolean): LayerSpecification[] {
  const from = { source: "piles", "source-layer": "report-piles" };
  const visibility = visible ? "visible" : "none";
  const ink = theme === "light" ? STATUS_COLOURS.light.closed : "#FFFFFF";
  return [
    {
      id: PILES, type: "circle", ...from, layout: { visibility },
      paint: { "circle-color": HALO[theme], "circle-radius": 12, "circle-stroke-width": 2.5, "circle-stroke-color": ink },
    },
    {
      id: PILE_LABELS, type: "symbol", ...from,
      layout: {
        visibility, "text-allow-overlap": true, "text-ignore-placement": true, "text-size": 14, "text-line-height": 1.5, "text-anchor": "top", "text-offset": [0, -0.75],
        "text-field": ["format", "?\n", { "font-scale": 1.25 }, ["concat", ["to-string", ["get", "count"]], " ", words], { "font-scale": 0.9 }] as never,
        "text-max-width": 30,
      },
      paint: { "text-color": ink, "text-halo-color": HALO[theme], "text-halo-width": 2 },
    },
  ];
}

function territoryAreas(theme: Theme): LayerSpecification[] {
  const shape = { source: "territories", "source-layer": "territories" };
  // One area a service: they lie upon each other, so each is faint.
  return [
    { id: "territory", type: "fill", ...shape, paint: { "fill-color": INK[theme].accent, "fill-opacity": 0.03 } },
    { id: "territory-line", type: "line", ...shape, paint: { "line-color": INK[theme].line, "line-width": 1.5, "line-opacity": 0.7 } },
  ];
}
