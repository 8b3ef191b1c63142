/** Addresses of the portal's own tiles and styles. */

import type { Filters } from "./address.ts";
import type { Theme } from "./palette.ts";

/** A template of tile addresses (`{z}`, `{x}`, `{y}` stay to be filled in), absolute as workers need it. */
export function tileAddress(origin: string, layer: string, query: Record<string, string>): string {
  const named = Object.entries(query).filter(([, value]) => value !== "");
  const text = new URLSearchParams(named).toString().replaceAll("%2C", ",");
  return `${origin}/tiles/${encodeURIComponent(layer)}/{z}/{x}/{y}.mvt${text && `?${text}`}`;
}

/** The part of the filters that tiles understand. */
export function tileQuery(city: string, filters: Pick<Filters, "asked">): Record<string, string> {
  const asked = Object.entries(filters.asked).map(([name, values]) => [name, values.join(",")]);
  return { city, ...(Object.fromEntries(asked) as Record<string, string>) };
}

/** The base map's style, with names in that language. */
export function styleAddress(origin: string, city: string, theme: Theme, lang: string): string {
  const named = city ? { city, theme, lang } : { theme, lang };
  return `${origin}/style.json?${new URLSearchParams(named)}`;
}
