/** `<territory-map>`: reports of a department where it answers, or those of a query; a click on one opens its page. */

import { CELLS, POINTS, reportOverlay } from "../lib/overlays.ts";
import { tileAddress } from "../lib/tiles.ts";
import type { MapPick } from "../map.ts";
import { common, openMap } from "./opening.ts";

class TerritoryMap extends HTMLElement {
  async connectedCallback(): Promise<void> {
    const container = this.querySelector<HTMLElement>("[data-map]");
    if (!container) return;
    this.hidden = false;
    const { city = "", department = "", query = "" } = this.dataset;
    const asked = { city, department, ...Object.fromEntries(new URLSearchParams(query)) };
    const tiles = (layer: string): string => tileAddress(location.origin, layer, asked);
    const territories = department ? { territories: tiles("territories") } : {};
    const map = await openMap(container, {
      ...common(this),
      pickable: [POINTS, CELLS],
      overlay: (theme) => reportOverlay(theme, { reports: tiles("reports"), ...territories }),
    });
    container.addEventListener("map:pick", (event) => this.#open((event as CustomEvent<MapPick>).detail));
    if (!map) this.#withdraw(container);
  }

  #open({ feature }: MapPick): void {
    const id = feature?.properties["id"];
    if (id !== undefined) location.assign((this.dataset["reportUrl"] ?? "").replace(/\/0\/$/, `/${id}/`));
  }

  #withdraw(container: HTMLElement): void {
    container.hidden = true;
    const status = this.querySelector<HTMLElement>("[data-status]");
    if (status) status.textContent = this.dataset["unavailable"] ?? "";
  }
}

customElements.define("territory-map", TerritoryMap);
