/** `<report-results>` around the list: asks the server for the reports that the filters and the map's box leave. */

import { listQuery, queryText, type Bounds } from "../lib/address.ts";
import type { MapMove } from "../map.ts";
import { FILTERS_CHANGE, filtersNow } from "./state.ts";

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
    this.addEventListener("click", (event) => this.#page(event));
    for (const name of ["pointerover", "focusin"]) this.addEventListener(name, (event) => this.#point(event.target));
    for (const name of ["pointerleave", "focusout"]) this.addEventListener(name, () => this.#point(null));
  }

  #reloadSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#load(listQuery(filtersNow(), this.#bounds)), REST_MS);
  }

  /** Follows «Older» and «Newest» inside the list, keeping the map where it is. */
  #page(event: Event): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-page]") : null;
    if (!link || (event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey))) return;
    event.preventDefault();
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
      if (answer.ok) this.#show(await answer.text());
    } catch (error) {
      if (!asking.signal.aborted) console.warn(error);
    } finally {
      if (this.#asked === asking) this.removeAttribute("aria-busy");
    }
  }

  #show(html: string): void {
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    const counts = fresh.content.querySelector<HTMLElement>("[data-counts]")?.dataset ?? {};
    document.dispatchEvent(new CustomEvent("results:counts", { detail: { ...counts } }));
    if (fresh.innerHTML.trim() === this.#target().innerHTML.trim()) return;
    this.#target().replaceChildren(fresh.content);
    this.#announce();
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
