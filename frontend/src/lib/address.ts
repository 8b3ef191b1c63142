/** Filters and the map's view as they stand in the address bar: the page's only state. */

import { GROUPS, isGroup, type Group } from "./palette.ts";

export interface View {
  zoom: number;
  lat: number;
  lon: number;
}

export interface Filters {
  /** Empty means every group. */
  status: Group[];
  service: string[];
  department: string;
  heat: boolean;
  /** Only what welcomes help. */
  help: boolean;
  /** What stands on the map besides reports. */
  show: Shown[];
}

export const SHOWN = ["places", "announcements"] as const;
export type Shown = (typeof SHOWN)[number];

/** West, south, east, north in degrees. */
export type Bounds = [number, number, number, number];

/** The filters of an address; words it doesn't know are dropped, so that an old link still opens. */
export function readFilters(query: URLSearchParams): Filters {
  const named = new Set(listed(query, "status"));
  return {
    status: GROUPS.filter((group) => named.has(group) && isGroup(group)),
    service: listed(query, "service"),
    department: query.get("department") ?? "",
    heat: query.get("heat") === "1",
    help: query.get("help") === "1",
    show: SHOWN.filter((name) => listed(query, "show").includes(name)),
  };
}

/** The view of an address as `map=zoom/lat/lon`; null where there is none or it names no place on Earth. */
export function readView(query: URLSearchParams): View | null {
  const parts = (query.get("map") ?? "").split("/").map(Number);
  const [zoom, lat, lon] = parts;
  if (parts.length !== 3 || zoom === undefined || lat === undefined || lon === undefined) return null;
  const sane = zoom >= 0 && zoom <= 22 && Math.abs(lat) <= 85.06 && Math.abs(lon) <= 180;
  return sane ? { zoom, lat, lon } : null;
}

/** The address of a view: five decimals of a degree are about a metre. */
export function writeView(view: View): string {
  return [Number(view.zoom.toFixed(2)), view.lat.toFixed(5), view.lon.toFixed(5)].join("/");
}

/** The same query with other filters; everything it doesn't know stays, paging starts anew. */
export function withFilters(query: URLSearchParams, filters: Filters): URLSearchParams {
  const next = new URLSearchParams(query);
  for (const name of ["status", "service", "department", "heat", "help", "show", "after"]) next.delete(name);
  for (const group of filters.status) next.append("status", group);
  for (const code of filters.service) next.append("service", code);
  if (filters.department) next.set("department", filters.department);
  if (filters.heat) next.set("heat", "1");
  if (filters.help) next.set("help", "1");
  if (filters.show.length > 0) next.set("show", filters.show.join(","));
  return next;
}

/** The same query looking elsewhere; paging starts anew. */
export function withView(query: URLSearchParams, view: View): URLSearchParams {
  const next = new URLSearchParams(query);
  next.delete("after");
  next.set("map", writeView(view));
  return next;
}

/** What the list asks the server for: the filters that reports know, and the map's box rounded outwards to a metre or so. */
export function listQuery(filters: Filters, bounds: Bounds | null): URLSearchParams {
  const query = withFilters(new URLSearchParams({ fragment: "1" }), { ...filters, heat: false, show: [] });
  if (bounds) query.set("bbox", writeBounds(bounds));
  return query;
}

/** A box as `west,south,east,north`, never smaller than the original and never beyond the world. */
export function writeBounds([west, south, east, north]: Bounds): string {
  const down = (value: number, least: number): number => Math.max(Math.floor(value * 1e5) / 1e5, least);
  const up = (value: number, most: number): number => Math.min(Math.ceil(value * 1e5) / 1e5, most);
  return [down(west, -180), down(south, -90), up(east, 180), up(north, 90)].join(",");
}

/** A box from `west,south,east,north`; null where it isn't four numbers. */
export function readBounds(text: string | null | undefined): Bounds | null {
  const numbers = (text ?? "").split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const [west, south, east, north] = numbers;
  if (numbers.length !== 4 || numbers.some((value) => !Number.isFinite(value))) return null;
  return [west ?? 0, south ?? 0, east ?? 0, north ?? 0];
}

/** A query as people read it: commas and slashes stay themselves. Empty for an empty query, else with its `?`. */
export function queryText(query: URLSearchParams): string {
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
  return text && `?${text}`;
}

function listed(query: URLSearchParams, name: string): string[] {
  return query.getAll(name).flatMap((value) => value.split(",")).filter(Boolean);
}
