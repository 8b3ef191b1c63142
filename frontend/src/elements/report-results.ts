/** `<report-results>` around the list: asks the server for the reports that the filters and the map's box leave. */

import { listQuery, queryText, type Bounds } from "../lib/address.ts";
import type { MapMove } from "../map.ts";
import { askAs, choose, FILTERS_CHANGE, filtersNow, REPORT_CHANGE, reportNow } from "./state.ts";

/** How long a moving map must rest before the list follows, in milliseconds. */
const REST_MS = 250;

class ReportResults extends HTMLElement {
  #bounds: Bounds | null = null;
  #timer = 0;
  #asked = new AbortController();

  connectedCallback(): void {
    document.addEventListener(FILTERS_CHANGE, () => this.#reloadSoon());
    document.addEventListener("map:move", (event) => {
      this.#bounds = (event as CustomEvent<MapMove>).detail.bounds;
      this.#reloadSoon();
    });
    document.addEventListener(REPORT_CHANGE, () => this.#mark());
    document.addEventListener("map:styled", () => this.#offer());
    this.addEventListener("click", (event) => this.#click(event));
    for (const name of ["pointerover", "focusin"]) this.addEventListener(name, (event) => this.#point(event.target));
    for (const name of ["pointerleave", "focusout"]) this.addEventListener(name, () => this.#point(null));
  }

  #reloadSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#load(listQuery(filtersNow(), this.#bounds)), REST_MS);
  }

  #click(event: MouseEvent): void {
    if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest<HTMLAnchorElement>("a[data-page], a[data-filter-link]");
    const shown = event.target.closest<HTMLElement>("[data-select]");
    if (shown) choose(shown.dataset["select"] ?? null);
    if (!link) return;
    event.preventDefault();
    if (link.dataset["page"] === undefined) askAs(link);
    else this.#page(link);
  }

  /** Follows «Next page» and «First page» inside the list, keeping the map where it is. */
  #page(link: HTMLAnchorElement): void {
    const query = listQuery(filtersNow(), this.#bounds);
    const after = new URL(link.href).searchParams.get("after");
    if (after) query.set("after", after);
    void this.#load(query).then(() => this.querySelector<HTMLElement>("[data-first]")?.focus());
  }

  async #load(query: URLSearchParams): Promise<void> {
    this.#asked.abort();
    const asking = (this.#asked = new AbortController());
    this.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch((this.dataset["url"] ?? "") + queryText(query), { signal: asking.signal });
      // 400 says what in the filters makes no sense.
      if (answer.ok || answer.status === 400) this.#show(await answer.text());
    } catch (error) {
      if (!asking.signal.aborted) console.warn(error);
    } finally {
      if (this.#asked === asking) this.removeAttribute("aria-busy");
    }
  }

  #show(html: string): void {
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    const live = fresh.content.querySelector<HTMLElement>("[data-live]")?.dataset["live"];
    if (live) this.#tell("results:counts", JSON.parse(live));
    const bars = fresh.content.querySelector<HTMLTemplateElement>("template[data-fresh-bars]");
    if (bars) this.#tell("results:bars", bars.content.cloneNode(true));
    bars?.remove();
    if (fresh.innerHTML.trim() === this.#target().innerHTML.trim()) return;
    const focused = document.activeElement instanceof HTMLElement && this.contains(document.activeElement);
    this.#target().replaceChildren(fresh.content);
    this.#mark();
    this.#offer();
    this.#announce();
    if (focused) this.querySelector<HTMLElement>("[data-first]")?.focus();
  }

  /** Marks the row of the chosen report. */
  #mark(): void {
    const chosen = reportNow();
    for (const row of this.querySelectorAll<HTMLElement>("[data-report]")) {
      if (row.dataset["report"] === chosen) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
  }

  /** Where a map is drawn, each row can show its report there. */
  #offer(): void {
    const drawn = document.querySelector("city-map .maplibregl-canvas") !== null;
    for (const button of this.querySelectorAll<HTMLElement>("[data-select]")) button.hidden = !drawn;
  }

  #tell(name: string, detail: unknown): void {
    document.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** Says the new count to screen readers, in a place that stays when the list is replaced. */
  #announce(): void {
    const status = this.querySelector("[data-announce]");
    if (status) status.textContent = this.querySelector("[data-first]")?.textContent.trim() ?? "";
  }

  #target(): HTMLElement {
    return this.querySelector<HTMLElement>("[data-results]") ?? this;
  }

  #point(target: EventTarget | null): void {
    const row = target instanceof Element ? target.closest<HTMLElement>("[data-lon][data-lat]") : null;
    const place = row && { lon: Number(row.dataset["lon"]), lat: Number(row.dataset["lat"]) };
    document.dispatchEvent(new CustomEvent("results:point", { detail: place }));
  }
}

customElements.define("report-results", ReportResults);
