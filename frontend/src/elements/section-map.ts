/** `<section-map>`: places, or ideas, of the list beside it; a click on one opens its page. */

import { CELLS, placeOverlay, PLACES, POINTS, reportOverlay } from "../lib/overlays.ts";
import { tileAddress } from "../lib/tiles.ts";
import type { MapPick, OpenMap } from "../map.ts";
import { common, openMap, withdraw } from "./opening.ts";

/** How much nearer a click on a cell looks. */
const CELL_STEP = 2;

class SectionMap extends HTMLElement {
  #map: OpenMap | null = null;

  async connectedCallback(): Promise<void> {
    const container = this.querySelector<HTMLElement>("[data-map]");
    if (!container) return;
    this.hidden = false;
    const { city = "", layer = "" } = this.dataset;
    const asked = Object.fromEntries(new URLSearchParams(this.dataset["query"]));
    const tiles = tileAddress(location.origin, layer, { ...asked, city });
    this.#map = await openMap(container, {
      ...common(this),
      pickable: [PLACES, POINTS, CELLS],
      overlay: (theme) => (layer === "places" ? placeOverlay(theme, tiles) : reportOverlay(theme, { reports: tiles })),
    });
    container.addEventListener("map:pick", (event) => this.#picked((event as CustomEvent<MapPick>).detail));
    if (!this.#map) withdraw(this);
  }

  #picked({ feature }: MapPick): void {
    const id = feature?.properties["id"];
    if (feature?.properties["count"] !== undefined) {
      this.#map?.look({ lon: feature.lon, lat: feature.lat, zoom: this.#map.state().view.zoom + CELL_STEP });
    } else if (id !== undefined) location.assign((this.dataset["pageUrl"] ?? "").replace(/\/0\/$/, `/${id}/`));
  }
}

customElements.define("section-map", SectionMap);
