/** `<cities-map>`: the cities of the list beside it, each as a named pin that opens its map. */

import { readBounds } from "../lib/address.ts";
import { common, openMap, withdraw } from "./opening.ts";

class CitiesMap extends HTMLElement {
  async connectedCallback(): Promise<void> {
    const container = this.querySelector<HTMLElement>("[data-map]");
    if (!container) return;
    this.hidden = false;
    const map = await openMap(container, {
      ...common(this),
      pickable: [],
      overlay: () => ({ sources: {}, layers: [] }),
    });
    if (!map) withdraw(this);
    for (const card of document.querySelectorAll<HTMLElement>(".city-card")) {
      const box = readBounds(card.dataset["bounds"]);
      const name = card.querySelector("a");
      if (box && name) map?.pin(name.href, { lon: (box[0] + box[2]) / 2, lat: (box[1] + box[3]) / 2 }, namedPin(name));
    }
  }
}

/** Pointers may use it; the keyboard has the same link in the list. */
function namedPin(link: HTMLAnchorElement): HTMLElement {
  const pin = document.createElement("a");
  pin.className = "city-pin";
  pin.href = link.href;
  pin.tabIndex = -1;
  pin.setAttribute("aria-hidden", "true");
  pin.textContent = link.textContent;
  return pin;
}

customElements.define("cities-map", CitiesMap);
