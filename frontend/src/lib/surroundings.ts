/** What may stand on the map around reports: districts, the territory of a department, things of the city; as plain data. */

import type { LayerSpecification, Overlay, SourceSpecification } from "../map.ts";
import { HALO, INK, type Theme } from "./palette.ts";

export const DISTRICTS = "districts";
export const TERRITORY = "territory";

export interface Wanted {
  districts: string;
  names: string;
  territories: string;
  /** The address of tiles of each kind of asset that the city shows. */
  assets: Record<string, string>;
  /** Names of what is switched on. */
  show: readonly string[];
  /** The colour of a kind, as the legend has it. */
  colour: (kind: string) => string;
}

/** Layers that a switch of this name turns on and off. */
export function switchedBy(name: string): string[] {
  if (name === DISTRICTS) return ["district-lines", "district-names"];
  if (name === TERRITORY) return ["territory", "territory-line"];
  return [`asset-${name}-area`, `asset-${name}-line`, `asset-${name}-point`];
}

/** Sources and layers; nothing of what is switched off is fetched. */
export function surroundings(theme: Theme, around: Wanted): Overlay {
  const sources: Record<string, SourceSpecification> = {
    districts: vector(around.districts),
    "district-names": vector(around.names),
    territories: vector(around.territories),
  };
  const layers = [...territory(theme, around.show), ...districts(theme, around.show)];
  for (const [kind, tiles] of Object.entries(around.assets)) {
    sources[`asset-${kind}`] = vector(tiles);
    layers.push(...assets(theme, kind, around));
  }
  return { sources, layers };
}

function vector(address: string): SourceSpecification {
  return { type: "vector", tiles: [address], minzoom: 0, maxzoom: 14 };
}

function seen(show: readonly string[], name: string): { visibility: "visible" | "none" } {
  return { visibility: show.includes(name) ? "visible" : "none" };
}

function districts(theme: Theme, show: readonly string[]): LayerSpecification[] {
  const layout = seen(show, DISTRICTS);
  const name = document.documentElement.lang === "en" ? ["coalesce", ["get", "name_en"], ["get", "name"]] : ["get", "name"];
  return [
    {
      id: "district-lines", type: "line", source: "districts", "source-layer": "districts", layout,
      filter: ["!=", ["get", "set"], "neighbours"],
      paint: { "line-color": INK[theme].line, "line-width": 2, "line-opacity": 0.8, "line-dasharray": [3, 2] },
    },
    {
      id: "district-names", type: "symbol", source: "district-names", "source-layer": "place-name",
      layout: { ...layout, "text-field": name as never, "text-size": 13, "text-max-width": 7, "text-padding": 4 },
      paint: { "text-color": INK[theme].line, "text-halo-color": HALO[theme], "text-halo-width": 2 },
    },
  ];
}

function territory(theme: Theme, show: readonly string[]): LayerSpecification[] {
  const shape = { source: "territories", "source-layer": "territories", layout: seen(show, TERRITORY) };
  // One area a service: they lie upon each other, so each is faint.
  return [
    { id: "territory", type: "fill", ...shape, paint: { "fill-color": INK[theme].accent, "fill-opacity": 0.05 } },
    { id: "territory-line", type: "line", ...shape, paint: { "line-color": INK[theme].line, "line-width": 2, "line-opacity": 0.7 } },
  ];
}

function assets(theme: Theme, kind: string, { show, colour }: Wanted): LayerSpecification[] {
  const from = { source: `asset-${kind}`, "source-layer": kind, layout: seen(show, kind) };
  const shape = (name: string): never => ["==", ["geometry-type"], name] as never;
  const own = colour(kind);
  const wide = (from: number, to: number): never => ["interpolate", ["linear"], ["zoom"], 13, from, 18, to] as never;
  return [
    { id: `asset-${kind}-area`, type: "fill", ...from, filter: shape("Polygon"), paint: { "fill-color": own, "fill-opacity": 0.3, "fill-outline-color": own } },
    { id: `asset-${kind}-line`, type: "line", ...from, filter: shape("LineString"), paint: { "line-color": own, "line-width": wide(1.5, 4) } },
    {
      id: `asset-${kind}-point`, type: "circle", ...from, filter: shape("Point"),
      paint: { "circle-color": own, "circle-radius": wide(2, 6), "circle-stroke-color": HALO[theme], "circle-stroke-width": wide(0.5, 1.5) },
    },
  ];
}
