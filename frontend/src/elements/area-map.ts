/** `<area-map>`: one area, drawn over the base map; what it means stands in words beside it. */

import { areaOverlay } from "../lib/overlays.ts";
import { common, openMap, withdraw } from "./opening.ts";

class AreaMap extends HTMLElement {
  async connectedCallback(): Promise<void> {
    const container = this.querySelector<HTMLElement>("[data-map]");
    if (!container) return;
    this.hidden = false;
    const { area = "" } = this.dataset;
    const map = await openMap(container, {
      ...common(this),
      pickable: [],
      overlay: (theme) => areaOverlay(theme, JSON.parse(area) as object),
    });
    if (!map) withdraw(this);
  }
}

customElements.define("area-map", AreaMap);
