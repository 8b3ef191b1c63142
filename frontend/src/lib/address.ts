/** Filters and the map's view as they stand in the address bar: the page's only state. */

export interface View {
  zoom: number;
  lat: number;
  lon: number;
}

/** The filters that the server knows, in its own words. */
export const ASKED = [
  "status", "service", "department", "district", "overdue", "disputed", "from", "to", "q", "mine", "near", "help",
] as const;
export type AskedName = (typeof ASKED)[number];
/** Of these several values may be asked for, repeated or separated by commas. */
const SEVERAL: readonly AskedName[] = ["status", "service", "department", "district"];

export interface Filters {
  /** What is asked of reports; an absent name asks nothing. */
  asked: Partial<Record<AskedName, string[]>>;
  /** The order of the list; empty for the usual one. */
  sort: string;
  heat: boolean;
  /** What stands on the map besides reports. */
  show: string[];
}

/** What the map shows besides reports where the address says nothing about it. */
const USUALLY_SHOWN = ["announcements"];
/** In the address: nothing at all. */
const NOTHING = "none";

/** West, south, east, north in degrees. */
export type Bounds = [number, number, number, number];

/** The filters of an address. */
export function readFilters(query: URLSearchParams): Filters {
  const asked: Filters["asked"] = {};
  for (const name of ASKED) {
    const values = SEVERAL.includes(name) ? listed(query, name) : [query.get(name)?.trim() ?? ""].filter(Boolean);
    if (values.length > 0) asked[name] = values;
  }
  return {
    asked,
    sort: query.get("sort") ?? "",
    heat: query.get("heat") === "1",
    show: query.has("show") ? listed(query, "show").filter((name) => /^[a-z-]+$/.test(name) && name !== NOTHING) : USUALLY_SHOWN,
  };
}

/** The number of the chosen report; null where none is chosen. */
export function readReport(query: URLSearchParams): string | null {
  const number = query.get("report") ?? "";
  return /^[0-9]+$/.test(number) ? number : null;
}

/** The same query with another report chosen, or none. */
export function withReport(query: URLSearchParams, report: string | null): URLSearchParams {
  const next = new URLSearchParams(query);
  if (report === null) next.delete("report");
  else next.set("report", report);
  return next;
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
  for (const name of [...ASKED, "sort", "heat", "show", "after"]) next.delete(name);
  for (const name of ASKED) for (const value of filters.asked[name] ?? []) next.append(name, value);
  if (filters.sort) next.set("sort", filters.sort);
  if (filters.heat) next.set("heat", "1");
  if (filters.show.join() !== USUALLY_SHOWN.join()) next.set("show", filters.show.join(",") || NOTHING);
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
  const query = withFilters(new URLSearchParams({ fragment: "1" }), { ...filters, heat: false, show: USUALLY_SHOWN });
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
