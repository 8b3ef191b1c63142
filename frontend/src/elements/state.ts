/** The page's state, kept in the address bar. Who changes it tells the document: `filters:change`, `report:change`. */

import {
  queryText, readFilters, readReport, readView, withFilters, withReport, withView, type AskedName, type Filters, type View,
} from "../lib/address.ts";

export const FILTERS_CHANGE = "filters:change";
export const REPORT_CHANGE = "report:change";
/** The browser went back or forward: the map looks where it looked then. */
export const VIEW_CHANGE = "view:change";

export function filtersNow(): Filters {
  return readFilters(query());
}

export function viewNow(): View | null {
  return readView(query());
}

export function reportNow(): string | null {
  return readReport(query());
}

/** Writes the changed filters into the address and tells everybody who shows reports. */
export function changeFilters(change: Partial<Filters>): void {
  push(withFilters(query(), { ...filtersNow(), ...change }));
  tell(FILTERS_CHANGE, filtersNow());
}

/** The same for some of what is asked of reports. */
export function ask(change: Partial<Record<AskedName, string[]>>): void {
  changeFilters({ asked: { ...filtersNow().asked, ...change } });
}

/** Takes what is asked from a link of this page, and leaves all else as it is. */
export function askAs(link: HTMLAnchorElement): void {
  changeFilters({ asked: readFilters(new URL(link.href).searchParams).asked });
}

/** Chooses a report, or none, for map and list alike. */
export function choose(report: string | null): void {
  if (report !== reportNow()) push(withReport(query(), report));
  tell(REPORT_CHANGE, report);
}

/** Writes where the map looks into the address. */
export function rememberView(view: View): void {
  history.replaceState(history.state, "", address(withView(query(), view)));
}

window.addEventListener("popstate", () => {
  tell(FILTERS_CHANGE, filtersNow());
  tell(VIEW_CHANGE, viewNow());
  tell(REPORT_CHANGE, reportNow());
});

function tell(name: string, detail: unknown): void {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}

function query(): URLSearchParams {
  return new URLSearchParams(location.search);
}

function push(next: URLSearchParams): void {
  const to = address(next);
  if (to !== location.pathname + location.search + location.hash) history.pushState(null, "", to);
}

function address(next: URLSearchParams): string {
  return location.pathname + queryText(next) + location.hash;
}
