/** The page's state, kept in the address bar. Who changes it tells the document: `filters:change`. */

import {
  queryText, readFilters, readView, withFilters, withView, type Filters, type View,
} from "../lib/address.ts";

export const FILTERS_CHANGE = "filters:change";

export function filtersNow(): Filters {
  return readFilters(query());
}

export function viewNow(): View | null {
  return readView(query());
}

/** Writes the changed filters into the address and tells everybody who shows reports. */
export function changeFilters(change: Partial<Filters>): void {
  const filters = { ...filtersNow(), ...change };
  replace(withFilters(query(), filters));
  document.dispatchEvent(new CustomEvent<Filters>(FILTERS_CHANGE, { detail: filters }));
}

/** Writes where the map looks into the address. */
export function rememberView(view: View): void {
  replace(withView(query(), view));
}

function query(): URLSearchParams {
  return new URLSearchParams(location.search);
}

function replace(next: URLSearchParams): void {
  history.replaceState(history.state, "", location.pathname + queryText(next) + location.hash);
}
